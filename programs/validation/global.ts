/**
 * Checks what the earlier phases deployed for the federation as a whole, and that every cluster's
 * own checks passed.
 */
import { type Provider } from '@pulumi/kubernetes'
import { output, type Output } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { replicationOf } from '../disaster-recovery/recovery.ts'
import { clusterHost, healthHost, servingClusters } from '../federation/dns-service.ts'
import {
  type CloudNetworking,
  type CloudPrerequisites,
  type Failover,
  type FederationDns,
  type FederationMesh,
  type FederationMonitoring,
  type FederationPrerequisites,
  type FederationRecovery,
  type LinkNetworking,
  type PairRecovery,
  type Resolved,
  type ValidationReport
} from '../outputs.ts'
import { cloudScopes, linkName, linkScopes } from '../scopes.ts'
import { type DrPair } from '../types/recovery.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { federationChecks, type FederationFacts } from './federation-checks.ts'
import { observingJob, type Observations } from './observing-job.ts'
import { peerQuestions } from './peer-probes.ts'
import { probeJob, type ProbeResults, type Survey, surveyJob } from './probe-job.ts'
import { type LedgerFacts, ledgerQuestions } from './recovery-checks.ts'
import { keepReport } from './report.ts'
import { probeLabel, publicProbeLabel } from './responder.ts'

/**
 * One output of several units' values, by scope name. All are asked for at once: what one of them
 * registers must not wait until another is known, which in a preview it may never be.
 */
function byName<T> (names: readonly string[], value: (name: string) => Output<T>): Output<Record<string, T>> {
  const asked = names.map((name) => ({ name, found: value(name) }))
  return asked.reduce<Output<Record<string, T>>>(
    (found, one) =>
      found.apply((values) =>
        one.found.apply((last): Record<string, T> => ({ ...values, [one.name]: last }))
      ),
    output('').apply((): Record<string, T> => ({}))
  )
}

/** A pod in every cluster asks the responders of all, itself included. */
function roundTrips (
  context: UnitContext,
  providers: ReadonlyMap<string, Provider>
): Output<Record<string, Survey>> {
  const targets = context.federation.clusters.map(({ name }) => name)
  return byName(targets, (name) => {
    const provider = providerOf(context, providers, name)
    return surveyJob(context, {
      name: 'probe-federation',
      resourceName: `${name}-probe`,
      meshed: true,
      tries: 30,
      labels: probeLabel,
      targets,
      asksClouds: name === context.federation.monitoring.hub
    }, { provider })
  })
}

function mapped<T, U> (values: Readonly<Record<string, T>>, of: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]))
}

/**
 * Tries until a standby follows: at two seconds each eight minutes, in which it pulls an image and
 * copies an empty database, and fewer than the ten that pulumi-kubernetes waits for a Job.
 */
const ledgerTries = 240

const nameOf = ({ primary, standby }: DrPair): string => linkName(primary, standby)

function pairFacts (context: UnitContext, name: string): Output<PairRecovery> {
  const pair = upstream<PairRecovery>(context, 'disaster-recovery', `${name}-standby`)
  return output({
    primary: pair('primary'),
    standby: pair('standby'),
    rtoSeconds: pair('rtoSeconds'),
    rpoSeconds: pair('rpoSeconds'),
    failoverNodes: pair('failoverNodes'),
    runbook: pair('runbook'),
    observers: pair('observers'),
    ttlSeconds: pair('ttlSeconds'),
    failureThreshold: pair('failureThreshold'),
    terms: pair('terms'),
    replication: pair('replication')
  })
}

/** Answers of every cluster's Prometheus about who answers its prober. */
function peers (
  context: UnitContext,
  providers: ReadonlyMap<string, Provider>
): Output<Record<string, Observations>> {
  return byName(context.federation.clusters.map(({ name }) => name), (name) =>
    observingJob(context, {
      name: 'observe-peers',
      resourceName: `${name}-peers`,
      questions: peerQuestions
    }, { provider: providerOf(context, providers, name) }))
}

function providerOf (
  context: UnitContext,
  providers: ReadonlyMap<string, Provider>,
  cluster: string
): Provider {
  const provider = providers.get(cluster)
  if (!provider) throw new RangeError(`${context.unit} has no provider for ${cluster}`)
  return provider
}

/** Answers of both sides' Prometheus about each pair's ledger, by the pairs' primaries. */
function ledgers (
  context: UnitContext,
  providers: ReadonlyMap<string, Provider>
): Output<Record<string, LedgerFacts>> {
  const { federation } = context
  const pairs = new Map(
    federation.disasterRecovery.pairs.filter((pair) => replicationOf(federation, pair).mode !== 'none').map(
      (pair) => [pair.primary, pair]
    )
  )
  return byName([...pairs.keys()], (name) => {
    const pair = pairs.get(name)
    if (!pair) throw new RangeError(`${context.unit} has no pair of ${name}`)
    const questions = ledgerQuestions(pair)
    const ask = <Name extends keyof LedgerFacts>(
      cluster: string,
      question: Name
    ): Output<readonly string[]> => {
      const provider = providerOf(context, providers, cluster)
      return observingJob(context, {
        name: `observe-${question}`,
        resourceName: `${cluster}-${question}`,
        tries: ledgerTries,
        questions: { [question]: questions[question] }
      }, { provider }).apply((found) => found[question] ?? [])
    }
    return output({ lag: ask(pair.primary, 'lag'), receiving: ask(pair.standby, 'receiving') })
  })
}

/** Results of Jobs that ask public names, by what they ask as. */
interface PublicAnswers {
  readonly checks: Output<ProbeResults>
  readonly clients: Output<ProbeResults>
  readonly trusting: Output<ProbeResults>
  readonly outdated: Output<ProbeResults>
  readonly ancient: Output<ProbeResults>
}

/**
 * Answers that DNS services' checkers and clients get: of the health listener of each serving
 * ingress, with the newest TLS that Route 53's checkers speak, and of the main host with the
 * federation's minimum. Nobody asks whom the certificate comes from: the checkers do not either.
 */
function publicAnswers (
  context: UnitContext,
  provider: Provider
): PublicAnswers {
  const { federation } = context
  const serving = servingClusters(federation).map(({ name }) => name)
  const all = federation.clusters.map(({ name }) => name)
  const shared = { meshed: false, tries: 30, labels: publicProbeLabel }
  return {
    checks: probeJob(context, {
      ...shared,
      name: 'probe-health-checks',
      targets: serving,
      urls: Object.fromEntries(
        serving.map((name) => [name, `https://${healthHost(federation, name)}/healthz/ready`])
      ),
      options: '--insecure --tls-max 1.2'
    }, { provider }),
    clients: probeJob(context, {
      ...shared,
      name: 'probe-clients',
      targets: ['main'],
      urls: { main: `https://${federation.dns.host}/healthz/ready` },
      options: '--insecure --tlsv1.3'
    }, { provider }),
    // Public clients judge whom the certificate comes from.
    trusting: probeJob(context, {
      ...shared,
      name: 'probe-trusting-clients',
      tries: 2,
      targets: serving,
      urls: Object.fromEntries(
        serving.map((name) => [name, `https://${clusterHost(federation, name)}/healthz/ready`])
      ),
      options: '--tlsv1.3'
    }, { provider }),
    // Two questions: silence is what is wanted.
    outdated: probeJob(context, {
      ...shared,
      name: 'probe-outdated-clients',
      tries: 2,
      targets: all,
      urls: Object.fromEntries(
        all.map((name) => [name, `https://${clusterHost(federation, name)}/healthz/ready`])
      ),
      options: '--insecure --tls-max 1.2'
    }, { provider }),
    ancient: probeJob(context, {
      ...shared,
      name: 'probe-ancient-checkers',
      tries: 2,
      targets: all,
      urls: Object.fromEntries(
        all.map((name) => [name, `https://${healthHost(federation, name)}/healthz/ready`])
      ),
      // The client's own library would not speak it at its usual level of security.
      options: '--insecure --tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0'
    }, { provider })
  }
}

function facts (
  context: UnitContext,
  { surveys, peers: seen, answers, ledgers: found }: {
    readonly surveys: Output<Record<string, Survey>>
    readonly peers: Output<Record<string, Observations>>
    readonly answers: PublicAnswers
    readonly ledgers: Output<Record<string, LedgerFacts>>
  }
): Output<FederationFacts> {
  const { federation } = context
  const clouds = cloudScopes(federation).map(({ name }) => name)
  const zone = upstream<FederationPrerequisites>(context, 'prerequisites', 'global')
  const mesh = upstream<FederationMesh>(context, 'mesh', 'global')
  const dns = upstream<FederationDns>(context, 'federation', 'global')
  const monitoring = upstream<FederationMonitoring>(context, 'monitoring', 'global')
  return output({
    clouds: byName(clouds, (name) => {
      const cloud = upstream<CloudPrerequisites>(context, 'prerequisites', name)
      return output({
        account: cloud('account'),
        caller: cloud('caller'),
        quotas: cloud('quotas'),
        unchecked: cloud('unchecked')
      })
    }),
    zone: output({ zoneId: zone('zoneId'), zoneName: zone('zoneName'), nameServers: zone('nameServers') }),
    peerings: byName(
      clouds,
      (name) => output({ peerings: upstream<CloudNetworking>(context, 'networking', name)('peerings') })
    ),
    links: byName(linkScopes(federation, 'vpn').map(({ name }) => name), (name) => {
      const link = upstream<LinkNetworking>(context, 'networking', name)
      return output({ tunnels: link('tunnels'), bgp: link('bgp') })
    }),
    mesh: output({ rootCertificate: mesh('rootCertificate') }),
    dns: output({
      host: dns('host'),
      records: dns('records'),
      healthChecks: dns('healthChecks'),
      healthCheckIntervalSeconds: dns('healthCheckIntervalSeconds')
    }),
    monitoring: output({
      remoteWriteUrl: monitoring('remoteWriteUrl'),
      grafanaUrl: monitoring('grafanaUrl'),
      alertmanagerUrl: monitoring('alertmanagerUrl'),
      dashboards: monitoring('dashboards')
    }),
    pairs: byName(federation.disasterRecovery.pairs.map(nameOf), (name) => pairFacts(context, name)),
    failovers: federation.disasterRecovery.pairs.length > 0
      ? upstream<FederationRecovery>(context, 'disaster-recovery', 'global')('failovers')
      : output('').apply((): Record<string, Failover> => ({})),
    reports: byName(
      federation.clusters.map(({ name }) => name),
      (name) => output({ checks: upstream<ValidationReport>(context, 'validation', name)('checks') })
    ),
    trips: surveys.apply((known) => mapped(known, ({ results }) => results)),
    unmet: surveys.apply((known) => mapped(known, ({ unmet }) => unmet)),
    refused: surveys.apply((known) => known[federation.monitoring.hub]?.refused),
    peers: seen,
    ledgers: found,
    untold: surveys.apply((known) => mapped(known, ({ untold }) => untold)),
    answers: output(answers)
  })
}

export const program: PhaseProgram = (context): Resolved<ValidationReport> => {
  const { federation } = context
  const providers = new Map(
    federation.clusters.map((cluster) => [cluster.name, kubernetesProvider(context, cluster)])
  )
  const provider = providerOf(context, providers, federation.monitoring.hub)
  // Namespaces, accounts and responders are the clusters' own validations', which this unit comes
  // after.
  const checks = facts(context, {
    surveys: roundTrips(context, providers),
    peers: peers(context, providers),
    answers: publicAnswers(context, provider),
    ledgers: ledgers(context, providers)
  }).apply((found) => federationChecks(federation, found))
  return { checks: keepReport(context, 'windlass-validation-federation', checks, { provider }).checks }
}
