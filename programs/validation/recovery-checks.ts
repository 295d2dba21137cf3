/** The checks of disaster recovery, over what its pairs put out. Pure. */
import { type Check, type Failover, type PairRecovery } from '../outputs.ts'
import { clusterOf, linkName } from '../scopes.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation } from '../types.ts'
import { check, measurement, unless } from './check.ts'

/** Outputs of the pairs that are deployed, by their names. */
type Deployed = Readonly<Record<string, PairRecovery>>

/** The computed times of a pair beside its objectives. */
function objectives (primary: string, { rtoSeconds, rpoSeconds, terms }: PairRecovery): Check[] {
  const sum = (parts: Readonly<Record<string, number>>): string =>
    Object.entries(parts).map(([name, part]) => `${name} ${part} s`).join(' + ')
  const shared = { kind: 'failover', unit: 's' } as const
  return [
    measurement({
      ...shared,
      name: `rto-mesh-${primary}`,
      measured: rtoSeconds.mesh,
      target: rtoSeconds.objectiveMesh,
      bound: 'at most',
      why: `${sum(terms.mesh)}, until sidecars send to another region`
    }),
    measurement({
      ...shared,
      name: `rto-dns-${primary}`,
      measured: rtoSeconds.dns,
      target: rtoSeconds.objectiveDns,
      bound: 'under',
      why: `${sum(terms.dns)}, until clients resolve the standby`
    }),
    measurement({
      ...shared,
      name: `rpo-${primary}`,
      measured: rpoSeconds.expected,
      target: rpoSeconds.objective,
      bound: 'at most',
      why: Object.keys(terms.data).length === 0
        ? 'the primary keeps no data'
        : `${sum(terms.data)}, of data that the standby may lack`
    })
  ]
}

const nameOf = ({ primary, standby }: DrPair): string => linkName(primary, standby)

/** Problems of each pair: of one that is not deployed just that. */
function ofEach (
  pairs: readonly DrPair[],
  deployed: Deployed,
  problems: (recovery: PairRecovery, name: string) => string[]
): string[] {
  const names = pairs.map(nameOf)
  return [
    ...names.filter((name) => !deployed[name]).map((name) => `${name} is not deployed`),
    ...names.flatMap((name) => deployed[name] ? problems(deployed[name], name) : [])
  ]
}

/** Problems of the records that lead clients to a standby. */
function records (
  federation: Federation,
  pair: PairRecovery,
  name: string,
  failover: Failover | undefined
): string[] {
  const { dnsTtlSeconds, failureThreshold } = federation.disasterRecovery
  return [
    ...unless(
      failover !== undefined && failover.records.length > 0 && failover.healthCheck !== '',
      `${name} has no failover record`
    ),
    ...unless(
      pair.ttlSeconds <= dnsTtlSeconds,
      `${name}: records live ${pair.ttlSeconds} s, at most ${dnsTtlSeconds} s`
    ),
    ...unless(
      pair.failureThreshold === failureThreshold,
      `${name}: ${pair.failureThreshold} failures, not ${failureThreshold}`
    )
  ]
}

/** Checks of what the file alone decides: where standbys are. */
function placement (federation: Federation): Check[] {
  const { crossCloud, pairs } = federation.disasterRecovery
  const ends = pairs.map(({ primary, standby }) => ({
    primary: clusterOf(federation, primary),
    standby: clusterOf(federation, standby)
  }))
  return [
    check(
      'standby-cloud',
      crossCloud === 'required'
        ? ends.filter(({ primary, standby }) => primary.cloud === standby.cloud).map(({ primary, standby }) =>
          `${primary.name} and ${standby.name} are in the same cloud`
        )
        : [],
      crossCloud === 'required' ? 'each standby is in another cloud' : 'not required'
    ),
    check(
      'residency',
      ends.flatMap(({ primary, standby }) =>
        unless(
          (federation.residency[primary.area] ?? [standby.area]).includes(standby.area),
          `data of ${primary.name} (${primary.area}) reaches ${standby.name} (${standby.area})`
        )
      ),
      'replicas stay where data may be'
    )
  ]
}

/** The checks of all pairs. */
export function recoveryChecks (
  federation: Federation,
  { pairs: deployed, failovers }: {
    readonly pairs: Deployed
    readonly failovers: Readonly<Record<string, Failover>>
  }
): Check[] {
  const { dnsTtlSeconds, failureThreshold, pairs } = federation.disasterRecovery
  const observers = Math.min(3, federation.clusters.length - 1)
  return [
    ...pairs.flatMap((pair) => {
      const found = deployed[nameOf(pair)]
      return found ? objectives(pair.primary, found) : []
    }),
    check(
      'failover-records',
      ofEach(pairs, deployed, (pair, name) => records(federation, pair, name, failovers[pair.primary])),
      `records live ${dnsTtlSeconds} s, ${failureThreshold} failures decide`
    ),
    check(
      'observers',
      ofEach(pairs, deployed, (pair, name) => [
        ...unless(
          pair.observers.length >= observers,
          `${name} is watched by ${pair.observers.length} clusters, not ${observers}`
        ),
        ...unless(!pair.observers.includes(pair.primary), `${name} watches itself`)
      ]),
      `each primary is watched by ${observers} clusters`
    ),
    check(
      'replication-mode',
      ofEach(pairs, deployed, ({ replication, primary }, name) =>
        unless(
          !clusterOf(federation, primary).stateful || replication === 'asynchronous-streaming',
          `${name}: ${replication}`
        )),
      'state is streamed to the standby'
    ),
    ...placement(federation)
  ]
}
