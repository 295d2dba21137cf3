/** The checks of disaster recovery, over what its pairs put out. Pure. */
import { ledgerName } from '../disaster-recovery/names.ts'
import { replicationOf } from '../disaster-recovery/recovery.ts'
import { type Check, type Failover, type PairRecovery } from '../outputs.ts'
import { clusterOf, linkName } from '../scopes.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation } from '../types.ts'
import { check, measurement, unless } from './check.ts'
import { type Question } from './observing-job.ts'

/** Outputs of the pairs that are deployed, by their names. */
type Deployed = Readonly<Record<string, PairRecovery>>

/** The computed times of a pair beside its objectives. */
function objectives (primary: string, { rtoSeconds, rpoSeconds, terms }: PairRecovery): Check[] {
  const sum = (parts: Readonly<Record<string, number>>): string =>
    Object.entries(parts).map(([name, part]) => `${name} ${part} s`).join(' + ')
  const shared = { kind: 'failover', basis: 'computed', unit: 's' } as const
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

/** Answers about a pair's ledger, of either side's Prometheus. */
export interface LedgerFacts {
  /** Seconds by which the standby is behind, as the writer knows it; empty: nobody follows. */
  readonly lag: readonly string[]
  /** Instances of the standby that receive. */
  readonly receiving: readonly string[]
}

/** Questions about a pair's ledger, to the writer's Prometheus and to the follower's. */
export function ledgerQuestions ({ standby }: DrPair): Record<keyof LedgerFacts, Question> {
  return {
    lag: {
      query: `cnpg_pg_stat_replication_replay_lag_seconds{application_name="${ledgerName(standby)}"}`,
      until: 'any'
    },
    receiving: { query: 'cnpg_pg_replication_is_wal_receiver_up == 1', label: 'pod', until: 'any' }
  }
}

/** Replication of each pair that keeps state, as both sides report it. */
function replication (
  federation: Federation,
  ledgers: Readonly<Record<string, LedgerFacts>>
): Check[] {
  const pairs = federation.disasterRecovery.pairs.filter((pair) =>
    replicationOf(federation, pair).mode !== 'none'
  )
  return pairs.map(({ primary, standby, rpoSeconds }) => {
    const { lag, receiving } = ledgers[primary] ?? { lag: [], receiving: [] }
    const follows = lag.length > 0 && receiving.length > 0
    return measurement({
      name: `replication-${primary}`,
      kind: 'failover',
      measured: follows ? Math.max(...lag.map(Number)) : undefined,
      target: rpoSeconds,
      unit: 's',
      bound: 'at most',
      why: lag.length === 0
        ? `the ledger of ${primary} knows of no replica in ${standby}`
        : receiving.length === 0
        ? `no instance in ${standby} receives`
        : `${standby} is so far behind; a failover would lose it`
    })
  })
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
  { pairs: deployed, failovers, ledgers }: {
    readonly pairs: Deployed
    /** By the pairs' primaries. */
    readonly ledgers: Readonly<Record<string, LedgerFacts>>
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
    ...replication(federation, ledgers),
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
