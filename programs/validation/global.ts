/**
 * Checks what the earlier phases deployed for the federation as a whole, and that every cluster's
 * own checks passed.
 */
import { type Provider } from '@pulumi/kubernetes'
import { output, type Output } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
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
import { probeJob, type ProbeResults, type Survey, surveyJob } from './probe-job.ts'
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
    const provider = providers.get(name)
    if (!provider) throw new RangeError(`${context.unit} has no provider for ${name}`)
    return surveyJob(context, {
      name: 'probe-federation',
      resourceName: `${name}-probe`,
      meshed: true,
      tries: 30,
      labels: probeLabel,
      targets
    }, { provider })
  })
}

function mapped<T, U> (values: Readonly<Record<string, T>>, of: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]))
}

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

/** Results of Jobs that ask public names, by what they ask as. */
interface PublicAnswers {
  readonly checks: Output<ProbeResults>
  readonly clients: Output<ProbeResults>
  readonly outdated: Output<ProbeResults>
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
    // Two questions: silence is what is wanted.
    outdated: probeJob(context, {
      ...shared,
      name: 'probe-outdated-clients',
      tries: 2,
      targets: serving,
      urls: Object.fromEntries(
        serving.map((name) => [name, `https://${clusterHost(federation, name)}/healthz/ready`])
      ),
      options: '--insecure --tls-max 1.2'
    }, { provider })
  }
}

function facts (
  context: UnitContext,
  surveys: Output<Record<string, Survey>>,
  answers: PublicAnswers
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
    trips: surveys.apply((found) => mapped(found, ({ results }) => results)),
    unmet: surveys.apply((found) => mapped(found, ({ unmet }) => unmet)),
    answers: output(answers)
  })
}

export const program: PhaseProgram = (context): Resolved<ValidationReport> => {
  const { federation } = context
  const providers = new Map(
    federation.clusters.map((cluster) => [cluster.name, kubernetesProvider(context, cluster)])
  )
  const provider = providers.get(federation.monitoring.hub)
  if (!provider) {
    throw new RangeError(`${context.unit} has no provider for its hub ${federation.monitoring.hub}`)
  }
  // Namespaces, accounts and responders are the clusters' own validations', which this unit comes
  // after.
  const answers = publicAnswers(context, provider)
  const checks = facts(context, roundTrips(context, providers), answers).apply((found) =>
    federationChecks(federation, found)
  )
  return { checks: keepReport(context, 'windlass-validation-federation', checks, { provider }).checks }
}
