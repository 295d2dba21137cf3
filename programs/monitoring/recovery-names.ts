/**
 * Names of what a cluster's monitoring reads disaster recovery by, and of the same in the stacks of
 * phase 7, which had it in earlier versions. Pure.
 */
import { observersOf } from '../disaster-recovery/recovery.ts'
import { linkName, pairSides, sideName, unitRef } from '../scopes.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation, type TakenResource, type TakeOver } from '../types.ts'

const probeType = 'kubernetes:monitoring.coreos.com/v1:Probe'
const monitorType = 'kubernetes:monitoring.coreos.com/v1:PodMonitor'

/** Name of the probe that asks a pair's primary. */
export function recoveryProbeName ({ primary }: DrPair): string {
  return `dr-${primary}`
}

/** Name of the monitor of a cluster's side of a pair's ledger. */
export function ledgerMetricsName ({ primary }: DrPair): string {
  return `${primary}-ledger-metrics`
}

/** Resources that a cluster's monitoring takes over from phase 7. */
export function recoveryTakeOvers (federation: Federation, cluster: string): TakeOver[] {
  const { pairs } = federation.disasterRecovery
  const from = (scope: string, taken: TakeOver['taken']): TakeOver => ({
    from: unitRef('disaster-recovery', scope),
    taken
  })
  const own = (pair: DrPair) => ({ type, name, provider }: TakenResource): string | undefined => {
    if (provider !== `kubernetes-${cluster}`) return undefined
    if (type === probeType && name === `${cluster}-probe`) return recoveryProbeName(pair)
    return type === monitorType && name === `${cluster}-ledger-metrics` ? ledgerMetricsName(pair) : undefined
  }
  const observed = from(cluster, ({ type, name }) => {
    const pair = pairs.find(({ primary }) => type === probeType && name === `${primary}-probe`)
    return pair && recoveryProbeName(pair)
  })
  const concerned = pairs.filter((pair) =>
    [pair.primary, pair.standby, ...observersOf(federation, pair).map(({ name }) => name)].includes(cluster)
  )
  return [
    observed,
    ...concerned.flatMap((pair) => [
      ...pairSides.filter((side) => pair[side] === cluster).map((side) =>
        from(sideName(pair, side), own(pair))
      ),
      // Before its sides had stacks of their own, a pair had one.
      from(linkName(pair.primary, pair.standby), own(pair))
    ])
  ]
}
