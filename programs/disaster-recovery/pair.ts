/**
 * One disaster recovery pair: who watches the primary, what leads clients to the standby, and what
 * the standby keeps ready.
 */
import { kubernetesProvider } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import { type PairRecovery, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type PhaseProgram } from '../types.ts'
import { failoverDns } from './failover-dns.ts'
import { ledger } from './ledger.ts'
import { observer } from './observer.ts'
import { missedObjectives, observersOf, pairOf, recoveryOf, replicationOf } from './recovery.ts'
import { runbookOf } from './runbook.ts'
import { failoverScaling, pairNamespace, replicationSettings, reserve } from './standby.ts'

export const program: PhaseProgram = (context): Resolved<PairRecovery> => {
  const { federation, scope, unit } = context
  const pair = pairOf(federation, scope)
  const missed = missedObjectives(federation, pair)
  if (missed.length > 0) {
    throw new ProgramError('DR_OBJECTIVE', { unit, missed })
  }
  const primary = clusterOf(federation, pair.primary)
  const standby = clusterOf(federation, pair.standby)
  const observers = observersOf(federation, pair)
  const providers = new Map(
    [primary, standby, ...observers].map((cluster) => cluster.name).filter((name, index, names) =>
      names.indexOf(name) === index
    )
      .map((name) => [name, kubernetesProvider(context, clusterOf(federation, name))])
  )
  const providerOf = (cluster: Cluster) => {
    const provider = providers.get(cluster.name)
    if (!provider) throw new RangeError(`${unit} has no provider for ${cluster.name}`)
    return provider
  }

  const space = {
    primary: pairNamespace(context, pair, primary, providerOf(primary)),
    standby: pairNamespace(context, pair, standby, providerOf(standby))
  }
  reserve(context, pair, standby, space.standby, providerOf(standby))
  failoverScaling(context, pair, standby, providerOf(standby))
  replicationSettings(context, pair, primary, 'primary', space.primary, providerOf(primary))
  replicationSettings(context, pair, standby, 'standby', space.standby, providerOf(standby))
  const replication = replicationOf(federation, pair)
  if (replication.mode !== 'none') {
    ledger(context, pair, replication, {
      primary: { cluster: primary, provider: providerOf(primary) },
      standby: { cluster: standby, provider: providerOf(standby) }
    })
  }
  for (const watching of observers) {
    observer(
      context,
      pair,
      watching,
      providerOf(watching),
      watching.name === standby.name ? space.standby : undefined
    )
  }
  const dns = failoverDns(context, pair, observers)

  return {
    primary: pair.primary,
    standby: pair.standby,
    healthCheck: dns.healthCheck,
    records: dns.records,
    ...recoveryOf(federation, pair),
    replication: replication.mode,
    failoverNodes: pair.failoverNodes,
    runbook: runbookOf(federation, pair),
    observers: observers.map(({ name }) => name),
    ttlSeconds: federation.disasterRecovery.dnsTtlSeconds,
    failureThreshold: federation.disasterRecovery.failureThreshold
  }
}
