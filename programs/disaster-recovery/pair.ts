/**
 * One side of a disaster recovery pair, in a stack of its own that holds a provider of its own
 * cluster only: whichever side is lost, the other can be changed.
 */
import { type Provider } from '@pulumi/kubernetes'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import { type FederationMesh, type PairRecovery, type PrimaryRecovery, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { ledger } from './ledger.ts'
import { observer } from './observer.ts'
import { missedObjectives, observersOf, recoveryOf, replicationOf, type SideOf, sideOf } from './recovery.ts'
import { runbookOf } from './runbook.ts'
import { failoverScaling, pairNamespace, replicationSettings, reserve } from './standby.ts'

export const program: PhaseProgram = (context): Resolved<PairRecovery> | Resolved<PrimaryRecovery> => {
  const { federation, scope, unit } = context
  const of = sideOf(federation, scope)
  const { pair, side } = of
  const missed = missedObjectives(federation, pair)
  if (missed.length > 0) {
    throw new ProgramError('DR_OBJECTIVE', { unit, missed })
  }
  const cluster = clusterOf(federation, pair[side])
  const provider = kubernetesProvider(context, cluster)
  const space = pairNamespace(context, pair, cluster.name, provider)
  replicationSettings(context, pair, cluster, side, space, provider)
  replicated(context, of, { cluster, provider })
  const { mode: replication } = replicationOf(federation, pair)
  const { primary, standby } = pair
  if (side === 'primary') return { primary, standby, replication }

  reserve(context, pair, cluster, space, provider)
  failoverScaling(context, pair, cluster, provider)
  const observers = observersOf(federation, pair).map(({ name }) => name)
  if (observers.includes(cluster.name)) observer(context, pair, cluster, provider, space)
  return {
    primary,
    standby,
    ...recoveryOf(federation, pair),
    replication,
    failoverNodes: pair.failoverNodes,
    runbook: runbookOf(federation, pair),
    observers,
    ttlSeconds: federation.disasterRecovery.dnsTtlSeconds,
    failureThreshold: federation.disasterRecovery.failureThreshold
  }
}

/** Registers the side's ledger where the primary keeps state. */
function replicated (
  context: UnitContext,
  of: SideOf,
  side: { readonly cluster: Cluster, readonly provider: Provider }
): void {
  const replication = replicationOf(context.federation, of.pair)
  if (replication.mode === 'none') return
  const certificates = upstream<FederationMesh>(context, 'mesh', 'global')('ledgers').apply((ledgers) => {
    const found = ledgers[of.pair.primary]
    if (!found) {
      throw new RangeError(
        `mesh.global has no certificates for the ledger of ${of.pair.primary}; deploy it again`
      )
    }
    return found
  })
  ledger(context, of, replication, side, certificates)
}
