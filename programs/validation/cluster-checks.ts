/** The checks of one cluster, over what its units put out. Pure. */
import { operatorRanges } from '../components/operators.ts'
import { backupTarget, otherClouds } from '../disaster-recovery/recovery.ts'
import { peersOf, serviceNamespaces } from '../federation/topology.ts'
import { meshId } from '../mesh/settings.ts'
import { alertsOf } from '../monitoring/alerts.ts'
import { canHold } from '../networking/baselines.ts'
import {
  type Check,
  type ClusterBackups,
  type ClusterFederation,
  type ClusterInfrastructure,
  type ClusterMesh,
  type ClusterMonitoring,
  type ClusterNetworking,
  type ClusterPrerequisites
} from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { isPublicAddress } from './addresses.ts'
import { issuerProblem, yearsBetween } from './certificates.ts'
import { check, measurement, missing, unless } from './check.ts'
import { type Observations, type Question } from './observing-job.ts'

/** A cluster as it was deployed. Of a secret only its presence is known: people read the report. */
export interface ClusterFacts {
  readonly prerequisites: ClusterPrerequisites
  readonly infrastructure: Omit<ClusterInfrastructure, 'kubeconfig'> & { readonly hasKubeconfig: boolean }
  readonly networking: ClusterNetworking
  readonly mesh: Omit<ClusterMesh, 'readerToken' | 'apiServerCa'> & { readonly hasReaderToken: boolean }
  readonly federation: ClusterFederation
  readonly monitoring: ClusterMonitoring
  readonly backups: ClusterBackups
  /**
   * Milliseconds in which the cluster's responder answered pods of the cluster itself: one that is
   * admitted, one outside the mesh, one that no policy admits. Null is no answer.
   */
  readonly probes: {
    readonly admitted: number | null
    readonly plaintext: number | null
    readonly denied: number | null
  }
  /** Answers of the cluster's Prometheus to `clusterQuestions`. */
  readonly observed: Observations
}

/** Alerts that the federation counts on when its file does not say how many. */
const minimumAlerts = 12

function foundation (cluster: Cluster, { prerequisites }: ClusterFacts): Check[] {
  const { kmsKey, logBucket, backupBucket, resourceGroup } = prerequisites
  return [
    check(
      'encryption-key',
      unless(kmsKey !== '', 'the cluster has no key of its own'),
      "secrets, disks and buckets have a key of the cluster's own"
    ),
    check('buckets', [
      ...unless(logBucket !== '', 'no log bucket'),
      ...unless(backupBucket !== '', 'no backup bucket'),
      ...unless(logBucket !== backupBucket, 'logs and backups share a bucket')
    ], 'logs and backups are kept apart'),
    check(
      'resource-group',
      unless(
        (resourceGroup !== '') === (cluster.cloud === 'azure'),
        cluster.cloud === 'azure' ? 'no resource group' : 'a resource group outside Azure'
      ),
      'placed as its cloud wants'
    )
  ]
}

function infrastructure (
  federation: Federation,
  cluster: Cluster,
  { infrastructure: { endpoint, hasKubeconfig, nodeGroups, oidcIssuer, privateSubnets } }: ClusterFacts
): Check[] {
  const host = endpoint.replace(/^https:\/\//, '').replace(/[:/].*$/, '')
  return [
    check('kubeconfig', unless(hasKubeconfig, 'the kubeconfig is empty or names no server'), 'present'),
    check('endpoint-private', [
      ...unless(host !== '', 'there is no endpoint'),
      ...unless(
        operatorRanges(federation).internet.length > 0 || !isPublicAddress(host),
        `${host} is an address of the internet; it must be private`
      )
    ], 'present, and on the internet for operators there alone'),
    check(
      'private-subnets',
      unless(privateSubnets.length > 0, 'nodes have no private subnet'),
      `${privateSubnets.length} private subnets`
    ),
    check(
      'node-groups',
      unless(
        nodeGroups.length >= cluster.nodePools.length,
        `${nodeGroups.length} node groups for ${cluster.nodePools.length} pools`
      ),
      `${nodeGroups.length} node groups`
    ),
    check(
      'workload-identity',
      unless(oidcIssuer.startsWith('https://'), `the issuer is "${oidcIssuer}", not an https URL`),
      'workloads have an issuer of identities'
    )
  ]
}

/** Namespace and name of the DaemonSet that tunes nodes. */
const tuner = 'node-tuning'

/** Questions to a cluster's Prometheus about what was deployed in it. */
export function clusterQuestions (cluster: Cluster): Readonly<Record<string, Question>> {
  return {
    istio: { query: 'istio_build{component="pilot"}', label: 'tag', until: 'any' },
    alerts: { until: 'any' },
    unread: { query: 'up == 0', label: 'job', until: 'none' },
    ...(cluster.tuning.length > 0 && {
      tuned: {
        query: `kube_daemonset_status_number_unavailable{namespace="${tuner}"} == 0`,
        label: 'daemonset',
        until: 'any'
      }
    })
  }
}

function networking (cluster: Cluster, { networking: { tuning }, observed }: ClusterFacts): Check[] {
  const lacking = missing(cluster.tuning, tuning)
  const runs = cluster.tuning.length === 0 || (observed['tuned'] ?? []).includes(tuner)
  return [
    check(
      'node-tuning',
      [
        ...unless(lacking.length === 0, `the tier's techniques lack ${lacking.join(', ')}`),
        ...unless(runs, `DaemonSet ${tuner} does not run on all nodes`)
      ],
      `${cluster.tuning.length} techniques of tier ${cluster.tier}`
    )
  ]
}

function mesh (federation: Federation, { mesh: facts, observed }: ClusterFacts): Check[] {
  const { certificateYears, istioVersion } = federation.mesh
  const running = observed['istio'] ?? []
  const others = running.filter((version) => version !== istioVersion)
  const years = yearsBetween(facts.certificateValidity.from, facts.certificateValidity.to)
  const problem = issuerProblem(facts.intermediateCertificate, facts.rootCertificate)
  return [
    check(
      'certificate-issuer',
      problem === undefined ? [] : [`intermediate: ${problem}`],
      "the intermediate is signed by the federation's root"
    ),
    check(
      'certificate-lifetime',
      unless(years >= certificateYears, `the intermediate lives ${years} years, not ${certificateYears}`),
      `${years} years`
    ),
    check(
      'istio-version',
      [
        ...unless(running.length > 0, 'no istiod reports a version'),
        ...unless(others.length === 0, `istiod ${others.join(', ')}, not ${istioVersion}`)
      ],
      `Istio ${istioVersion}`
    ),
    check('mesh-identity', [
      ...unless(facts.meshId === meshId(federation.name), `mesh ${facts.meshId} is not the federation's`),
      ...unless(facts.hasReaderToken, 'no token for peers')
    ], 'one mesh, and peers can discover its endpoints'),
    check('gateways', [
      ...unless(facts.eastWestAddress !== '', 'the east-west gateway has no address'),
      ...unless(facts.ingressAddress !== '', 'the ingress gateway has no address')
    ], 'both gateways have addresses')
  ]
}

function federationChecks (
  federation: Federation,
  cluster: Cluster,
  { federation: facts }: ClusterFacts
): Check[] {
  const peers = missing(peersOf(federation, cluster.name).map(({ name }) => name), facts.remoteClusters)
  const open = missing(serviceNamespaces(federation).map((name) => `${name}/default-deny`), facts.defaultDeny)
  const unrouted = missing(
    federation.mesh.services.map(({ name, namespace }) => `${namespace}/${name}`),
    facts.virtualServices
  )
  return [
    check(
      'remote-clusters',
      peers.map((name) => `${name} is not known`),
      `${facts.remoteClusters.length} remote clusters`
    ),
    check(
      'default-deny',
      open.map((name) => `${name} is absent`),
      `${facts.defaultDeny.length} namespaces deny by default`
    ),
    check(
      'virtual-services',
      unrouted.map((name) => `${name} has no routes`),
      `${facts.virtualServices.length} routed`
    )
  ]
}

function monitoring (
  federation: Federation,
  cluster: Cluster,
  { monitoring: facts, observed }: ClusterFacts
): Check[] {
  const minimum = federation.monitoring.minimumAlertRules ?? minimumAlerts
  const loaded = observed['alerts'] ?? []
  const expected = alertsOf(federation, cluster).map(({ name }) => name)
  const lost = missing(expected, loaded)
  const latency = expected.filter((name) => /^Latency.*AboveTarget$/.test(name))
  return [
    check('alerts', [
      ...unless(
        loaded.length >= minimum,
        `${loaded.length} alerts, at least ${minimum} are wanted`
      ),
      ...unless(lost.length === 0, `absent: ${lost.join(', ')}`)
    ], `${loaded.length} alerts`),
    check(
      'latency-alerts',
      missing(latency, loaded).map((name) => `${name} is absent`),
      `${latency.length} targets are watched`
    ),
    check(
      'scrape-targets',
      (observed['unread'] ?? []).map((job) => `${job} cannot be read`),
      'all targets answer'
    ),
    check('traces', unless(facts.traces !== '', 'no collector'), 'traces are collected')
  ]
}

function backups (
  federation: Federation,
  cluster: Cluster,
  { backups: { bucket, bucketCloud, retentionDays, schedule } }: ClusterFacts
): Check[] {
  const target = backupTarget(federation, cluster)
  const allowed = federation.residency[cluster.area] ?? [target.area]
  const possible = otherClouds(federation, cluster)
  const mustLeave = federation.disasterRecovery.crossCloud === 'required' && possible.length > 0
  return [
    check('backup-cloud', [
      ...unless(bucket !== '', 'backups have no bucket'),
      ...unless(
        !mustLeave || bucketCloud !== cluster.cloud,
        `backups stay in ${bucketCloud}; they must go to ${possible.join(' or ')}`
      )
    ], `backups go to ${bucketCloud}`),
    check(
      'backup-residency',
      unless(
        allowed.includes(target.area),
        `backups go to area ${target.area}; ${cluster.area} allows ${allowed.join(', ')}`
      ),
      `backups stay in ${target.area}`
    ),
    check('backup-retention', [
      ...unless(
        retentionDays >= federation.disasterRecovery.backupRetentionDays,
        `kept ${retentionDays} days`
      ),
      ...unless(schedule === federation.disasterRecovery.backupSchedule, `schedule is ${schedule}`)
    ], `${retentionDays} days`)
  ]
}

/** Checks of what was tried, beside what is configured. */
function probes (
  federation: Federation,
  cluster: Cluster,
  { probes: { admitted, plaintext, denied } }: ClusterFacts
): Check[] {
  const target = federation.latencyTargets.find(({ from }) => from === 'intra-region')
  return [
    check('responder-reached', unless(admitted !== null, 'no answer'), `answered in ${admitted} ms`),
    check('plaintext-refused', unless(plaintext === null, `answered in ${plaintext} ms`), 'no answer'),
    check('default-deny-enforced', unless(denied === null, `answered in ${denied} ms`), 'no answer'),
    ...(target
      ? [
        measurement({
          name: 'latency-intra-region',
          kind: 'latency',
          measured: admitted ?? undefined,
          target: target.milliseconds,
          unit: 'ms',
          bound: 'under',
          advisory: !canHold(federation, cluster, cluster, target.milliseconds),
          why: 'a round trip between two pods of the cluster, through the mesh'
        })
      ]
      : [])
  ]
}

/** All checks of a cluster, in the phases' order. */
export function clusterChecks (federation: Federation, cluster: Cluster, facts: ClusterFacts): Check[] {
  return [
    ...foundation(cluster, facts),
    ...infrastructure(federation, cluster, facts),
    ...networking(cluster, facts),
    ...mesh(federation, facts),
    ...federationChecks(federation, cluster, facts),
    ...monitoring(federation, cluster, facts),
    ...backups(federation, cluster, facts),
    ...probes(federation, cluster, facts)
  ]
}
