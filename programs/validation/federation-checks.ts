/** The checks of the whole federation, over what its units put out. Pure. */
import { type CloudName } from '../../contract/words.ts'
import { healthCheckInterval, servingClusters } from '../federation/dns-service.ts'
import {
  type Check,
  type CloudNetworking,
  type CloudPrerequisites,
  type Failover,
  type FederationDns,
  type FederationMesh,
  type FederationMonitoring,
  type FederationPrerequisites,
  type LinkNetworking,
  type PairRecovery,
  type ValidationReport
} from '../outputs.ts'
import { clusterOf, linkName } from '../scopes.ts'
import { type Area } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { overlap } from './addresses.ts'
import { capacityChecks } from './capacity.ts'
import { issuerProblem } from './certificates.ts'
import { check, missing, unless } from './check.ts'
import { type Observations } from './observing-job.ts'
import { peerProbes } from './peer-probes.ts'
import { type LedgerFacts, recoveryChecks } from './recovery-checks.ts'
import { roundTripChecks, type RoundTrips } from './round-trips.ts'

/**
 * The federation as it was deployed, by cloud, link, pair and cluster name where there are several.
 */
export interface FederationFacts {
  readonly clouds: Readonly<Partial<Record<CloudName, CloudPrerequisites>>>
  readonly zone: FederationPrerequisites
  readonly peerings: Readonly<Partial<Record<CloudName, CloudNetworking>>>
  readonly links: Readonly<Record<string, LinkNetworking>>
  readonly mesh: Pick<FederationMesh, 'rootCertificate'>
  readonly dns: FederationDns
  readonly monitoring: Omit<FederationMonitoring, 'remoteWritePassword'>
  readonly pairs: Readonly<Record<string, PairRecovery>>
  /** By the pairs' primaries. */
  readonly failovers: Readonly<Record<string, Failover>>
  /** By the pairs' primaries. */
  readonly ledgers: Readonly<Record<string, LedgerFacts>>
  readonly reports: Readonly<Record<string, ValidationReport>>
  readonly trips: RoundTrips
  /** Calls that workloads cannot make, by cluster; undefined where nobody can say. */
  readonly unmet: Readonly<Record<string, readonly string[] | undefined>>
  /** Calls that clouds refuse to workloads, nodes and services; undefined where nobody can say. */
  readonly refused: readonly string[] | undefined
  /** Answers of each cluster's Prometheus to `peerQuestions`, by cluster. */
  readonly peers: Readonly<Record<string, Observations>>
  /** Clusters, by caller, the ways to which nothing tells all about. */
  readonly untold: Readonly<Record<string, readonly string[]>>
  /** Milliseconds in which public names answered a pod; null is no answer. */
  readonly answers: {
    readonly checks: Readonly<Record<string, number | null>>
    readonly clients: Readonly<Record<string, number | null>>
    /** Of clients that trust public authorities alone. */
    readonly trusting: Readonly<Record<string, number | null>>
    /** Of clients that speak an older version of TLS than the federation's minimum. */
    readonly outdated: Readonly<Record<string, number | null>>
    /** Of checkers that speak what no listener takes any more. */
    readonly ancient: Readonly<Record<string, number | null>>
  }
}

const dashboards = ['federation', 'cluster', 'mesh', 'trading', 'disaster-recovery']

/** Ranges of the federation that share addresses, as problems. */
export function overlappingRanges (federation: Federation): string[] {
  const ranges = federation.clusters.flatMap(({ name, cidr, podCidr, serviceCidr, controlPlaneCidr }) => [
    { owner: `${name} network`, cidr },
    { owner: `${name} pods`, cidr: podCidr },
    { owner: `${name} services`, cidr: serviceCidr },
    { owner: `${name} control plane`, cidr: controlPlaneCidr }
  ])
  return ranges.flatMap((one, index) =>
    ranges.slice(index + 1).filter((other) => overlap(one.cidr, other.cidr)).map((other) =>
      `${one.owner} ${one.cidr} and ${other.owner} ${other.cidr}`
    )
  )
}

function quotas ({ clouds }: FederationFacts): Check {
  const short = Object.entries(clouds).flatMap(([cloud, facts]) =>
    facts.quotas.filter(({ needed, available }) => needed > available)
      .map(({ name, region, needed, available }) =>
        `${cloud} ${region} ${name}: ${needed} needed, ${available} available`
      )
  )
  return check('quotas', short, `${Object.keys(clouds).length} clouds have what is needed`)
}

function connections (federation: Federation, facts: FederationFacts): Check[] {
  const links = federation.links.filter(({ kind }) => kind === 'vpn')
  const problems = links.flatMap(({ from, to }) => {
    const name = linkName(from, to)
    const link = facts.links[name]
    if (!link) return [`${name} is not deployed`]
    const [a, b] = [clusterOf(federation, from).asn, clusterOf(federation, to).asn]
    return [
      ...unless(link.tunnels.length >= 2, `${name} has ${link.tunnels.length} tunnels, two are wanted`),
      ...unless(
        link.bgp.from === a && link.bgp.to === b,
        `${name} speaks BGP as ${link.bgp.from} and ${link.bgp.to}, not ${a} and ${b}`
      )
    ]
  })
  const unpeered = Object.entries(facts.peerings).filter(([cloud, { peerings }]) =>
    peerings.length === 0 && federation.clusters.filter((cluster) => cluster.cloud === cloud).length > 1
  )
  return [
    check(
      'address-ranges',
      overlappingRanges(federation),
      `${4 * federation.clusters.length} ranges lie apart`
    ),
    check('links', problems, `${links.length} links have two tunnels each`),
    check(
      'peerings',
      unpeered.map(([cloud]) => `clusters in ${cloud} are not peered`),
      'clusters in one cloud are peered'
    )
  ]
}

function dns (federation: Federation, { dns: facts, zone }: FederationFacts): Check[] {
  const { provider, healthCheckIntervalSeconds, strategies, zone: zoneName } = federation.dns
  const used = [...new Set(facts.records.map(({ strategy }) => strategy))]
  const needed = provider === 'azure'
    ? []
    : servingClusters(federation).filter((cluster) => provider === 'aws' || cluster.cloud !== 'aws').map((
      { name }
    ) => name)
  return [
    check(
      'dns-zone',
      unless(
        zone.zoneName.replace(/\.$/, '') === zoneName && zone.nameServers.length > 0,
        `zone ${zone.zoneName} with ${zone.nameServers.length} name servers`
      ),
      `${zone.nameServers.length} name servers`
    ),
    check(
      'dns-strategies',
      missing(strategies, used).map((strategy) => `no record answers by ${strategy}`),
      strategies.join(', ')
    ),
    check('dns-health-checks', [
      ...missing(needed, Object.keys(facts.healthChecks)).map((name) => `${name} is not checked`),
      ...unless(
        facts.healthCheckIntervalSeconds <= healthCheckInterval(provider, healthCheckIntervalSeconds),
        `checked every ${facts.healthCheckIntervalSeconds} s`
      )
    ], `every ${facts.healthCheckIntervalSeconds} s`)
  ]
}

/** Checks of what public names answered, as DNS services' checkers and clients ask them. */
function publicNames (federation: Federation, { answers }: FederationFacts): Check[] {
  const silent = (asked: Readonly<Record<string, number | null>>): string[] =>
    Object.entries(asked).filter(([, milliseconds]) => milliseconds === null).map(([name]) => name)
  const answered = (asked: Readonly<Record<string, number | null>>): string[] =>
    Object.entries(asked).filter(([, milliseconds]) => milliseconds !== null).map(([name]) => name)
  return [
    check(
      'health-listeners',
      silent(answers.checks).map((name) => `${name} does not answer a checker`),
      `${Object.keys(answers.checks).length} clusters answer`
    ),
    {
      ...check(
        'public-certificate',
        silent(answers.trusting).map((name) =>
          `${name} shows a certificate that public clients do not trust`
        ),
        'public clients trust the ingress'
      ),
      // Without a certificate of the file's it is known, and said at every up.
      required: federation.dns.certificate !== undefined
    },
    check(
      'main-host',
      silent(answers.clients).map(() => `${federation.dns.host} does not answer a client`),
      `${federation.dns.host} answers`
    ),
    check(
      'tls-minimum-enforced',
      [
        ...answered(answers.outdated).map((name) => `${name} answers a client that speaks TLS 1.2`),
        ...answered(answers.ancient).map((name) => `${name} answers a checker that speaks TLS 1.1`)
      ],
      'older clients get no answer'
    )
  ]
}

function latency (federation: Federation): Check {
  const areas = [...new Set(federation.clusters.map(({ area }) => area))]
  const has = (a: Area, b: Area): boolean =>
    federation.latencyTargets.some(({ from, to }) => (from === a && to === b) || (from === b && to === a))
  const problems = areas.flatMap((a, index) =>
    areas.slice(index + 1).filter((b) => !has(a, b)).map((b) => `no target between ${a} and ${b}`)
  )
  return check('latency-targets', problems, `${federation.latencyTargets.length} targets`)
}

function whole (federation: Federation, { mesh, monitoring, reports }: FederationFacts): Check[] {
  const silent = missing(federation.clusters.map(({ name }) => name), Object.keys(reports))
  const failed = Object.entries(reports).flatMap((
    [name, { checks }]
  ) => [
    ...unless(checks.length > 0, `${name} was not checked`),
    ...checks.filter(({ passed, required }) => required && !passed).map((failure) =>
      `${name}: ${failure.name}`
    )
  ])
  const problem = issuerProblem(mesh.rootCertificate, mesh.rootCertificate)
  return [
    check(
      'mesh-root',
      problem === undefined ? [] : [`root: ${problem}`],
      'the root signs itself and may sign others'
    ),
    check(
      'dashboards',
      missing(dashboards, monitoring.dashboards).map((name) => `${name} is absent`),
      `${monitoring.dashboards.length} dashboards`
    ),
    check(
      'clusters',
      [...silent.map((name) => `${name} has no report`), ...failed],
      `${federation.clusters.length} clusters passed`
    )
  ]
}

/** The check that workloads reach what they have to call, where that is known: in rehearsals. */
function reachedDuties ({ unmet }: FederationFacts): Check[] {
  const known = Object.entries(unmet).filter(([, calls]) => calls !== undefined)
  const refused = known.flatMap(([name, calls = []]) => calls.map((call) => `${name}: ${call}`))
  return known.length === 0
    ? []
    : [check('duties', refused, `workloads of ${known.length} clusters reach what they have to call`)]
}

/** The check that clouds take the calls of workloads, nodes and services: in rehearsals. */
function takenCalls ({ refused }: FederationFacts): Check[] {
  return refused === undefined
    ? []
    : [check('cloud-calls', refused, 'clouds take the calls of workloads, nodes and services')]
}

/** The count of ways between clusters that a rehearsal could not judge, and took as open. */
export function unknownWays ({ unmet, untold }: Pick<FederationFacts, 'unmet' | 'untold'>): Check[] {
  const rehearsed = Object.values(unmet).some((calls) => calls !== undefined)
  const ways = Object.entries(untold).flatMap(([from, targets]) =>
    targets.map((to) => `nothing tells whether ${from} reaches ${to}`)
  )
  return rehearsed ? [check('unknown-ways', ways, 'every way between clusters is known')] : []
}

/** All checks of the federation. */
export function federationChecks (federation: Federation, facts: FederationFacts): Check[] {
  return [
    quotas(facts),
    ...connections(federation, facts),
    ...dns(federation, facts),
    ...publicNames(federation, facts),
    latency(federation),
    ...roundTripChecks(federation, facts.trips),
    ...reachedDuties(facts),
    ...takenCalls(facts),
    peerProbes(federation, facts.peers),
    ...unknownWays(facts),
    ...recoveryChecks(federation, facts),
    ...capacityChecks(federation),
    ...whole(federation, facts)
  ]
}
