/**
 * What a cluster's Prometheus reads about disaster recovery: the primaries that the cluster
 * observes, and its own sides of replicated ledgers. Their kinds come with the operator's chart, so
 * they belong to monitoring: recovery waits for none of it.
 */
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { ledgerName, ledgerNamespace } from '../disaster-recovery/names.ts'
import { ledgersOf, observersOf } from '../disaster-recovery/recovery.ts'
import { clusterHost } from '../federation/dns-service.ts'
import { customResource } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type UnitContext } from '../types.ts'
import { monitoringNamespace, prober } from './hub.ts'
import { ledgerMetricsName, recoveryProbeName } from './recovery-names.ts'

const at = { apiVersion: 'monitoring.coreos.com/v1', namespace: monitoringNamespace }

/** Registers the probes and monitors of a cluster. `options` come after the kinds. */
export function recoveryMonitors (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): void {
  const { federation } = context
  for (const pair of federation.disasterRecovery.pairs) {
    if (observersOf(federation, pair).some(({ name }) => name === cluster.name)) {
      primaryProbe(context, pair, options)
    }
  }
  for (const pair of ledgersOf(federation, cluster.name)) ledgerMetrics(context, pair, cluster, options)
}

/** Registers the probe whose result alerts and dashboards read. */
function primaryProbe (context: UnitContext, pair: DrPair, options: CustomResourceOptions): void {
  const { probeIntervalSeconds } = context.federation.disasterRecovery
  customResource(context, { ...at, kind: 'Probe', name: recoveryProbeName(pair) }, {
    jobName: 'dr-probe',
    interval: `${probeIntervalSeconds}s`,
    scrapeTimeout: `${Math.max(1, probeIntervalSeconds - 1)}s`,
    module: 'https_ready',
    prober: { url: prober.address },
    targets: {
      staticConfig: {
        static: [`https://${clusterHost(context.federation, pair.primary)}/healthz/ready`],
        labels: { primary: pair.primary, standby: pair.standby }
      }
    }
  }, options)
}

/** Registers what makes Prometheus read the metrics of a ledger's side. */
function ledgerMetrics (
  context: UnitContext,
  pair: DrPair,
  cluster: Cluster,
  options: CustomResourceOptions
): void {
  customResource(context, {
    ...at,
    kind: 'PodMonitor',
    name: ledgerName(cluster.name),
    resourceName: ledgerMetricsName(pair)
  }, {
    namespaceSelector: { matchNames: [ledgerNamespace(pair)] },
    selector: { matchLabels: { 'cnpg.io/cluster': ledgerName(cluster.name) } },
    podMetricsEndpoints: [{ port: 'metrics' }]
  }, options)
}
