/** Global load balancing as a list of records, whichever service answers them. Pure. */
import { type Area, type Cluster } from '../types/cluster.ts'
import { type DnsStrategy } from '../types/services.ts'
import { type Federation } from '../types.ts'
import { servingClusters, weightOf } from './dns-service.ts'

/** A strategy that DNS carries out; least load is the mesh's. */
export type RecordStrategy = Exclude<DnsStrategy, 'least-load'>

/** One answer of a record set. */
export interface GlobalRecord {
  /** Name of the record set. */
  readonly name: string
  readonly strategy: RecordStrategy
  readonly cluster: Cluster
  /** Nearest AWS region, for the strategy `latency`. */
  readonly region?: string
  /** Code of the continent, `*` for everyone else, for the strategy `geography`. */
  readonly continent?: string
  readonly weight?: number
  readonly failover?: 'PRIMARY' | 'SECONDARY'
}

/**
 * The AWS region nearest to a region of another cloud, as far as clusters are there today; the
 * area's main region otherwise. Source: the providers' lists of locations.
 */
const nearestAwsRegion: Readonly<Record<string, string>> = {
  'europe-west1': 'eu-west-3',
  'europe-west2': 'eu-west-2',
  'europe-west3': 'eu-central-1',
  'europe-west4': 'eu-central-1',
  'us-west1': 'us-west-2',
  'us-central1': 'us-east-2',
  'us-east1': 'us-east-1',
  'us-east4': 'us-east-1',
  'asia-northeast1': 'ap-northeast-1',
  'asia-southeast1': 'ap-southeast-1',
  japaneast: 'ap-northeast-1',
  southeastasia: 'ap-southeast-1',
  germanywestcentral: 'eu-central-1',
  westeurope: 'eu-central-1',
  northeurope: 'eu-west-1',
  eastus: 'us-east-1',
  eastus2: 'us-east-1',
  westus2: 'us-west-2',
  australiaeast: 'ap-southeast-2'
}
const mainRegion: Readonly<Record<Area, string>> = {
  us: 'us-east-1',
  eu: 'eu-central-1',
  asia: 'ap-southeast-1'
}
const continents: Readonly<Record<Area, string>> = { us: 'NA', eu: 'EU', asia: 'AS' }

/** The AWS region that stands for a cluster's place in latency tables. */
export function latencyRegion (cluster: Cluster): string {
  return cluster.cloud === 'aws'
    ? cluster.region
    : nearestAwsRegion[cluster.region] ?? mainRegion[cluster.area]
}

/**
 * The strategies that need records, in the file's order; failover where the file names none of
 * them.
 */
export function recordStrategies (federation: Federation): RecordStrategy[] {
  const strategies = federation.dns.strategies.filter((strategy): strategy is RecordStrategy =>
    strategy !== 'least-load'
  )
  return strategies.length > 0 ? strategies : ['failover']
}

/**
 * The name under which a strategy answers: the first has the host itself, the others a name below
 * it.
 */
export function strategyName (federation: Federation, strategy: RecordStrategy): string {
  const { host } = federation.dns
  return recordStrategies(federation)[0] === strategy ? host : `${strategy}.${host}`
}

function firstBy<K> (clusters: readonly Cluster[], key: (cluster: Cluster) => K): Map<K, Cluster> {
  const found = new Map<K, Cluster>()
  for (const cluster of clusters) if (!found.has(key(cluster))) found.set(key(cluster), cluster)
  return found
}

/**
 * All records, strategy by strategy. DNS services take one answer per region and per continent: the
 * first cluster there gives it.
 */
export function globalRecords (federation: Federation): GlobalRecord[] {
  const serving = servingClusters(federation)
  const [first] = serving
  if (!first) return []
  const records: Record<RecordStrategy, () => Omit<GlobalRecord, 'name' | 'strategy'>[]> = {
    latency: () => [...firstBy(serving, latencyRegion)].map(([region, cluster]) => ({ cluster, region })),
    geography: () => [
      ...[...firstBy(serving, ({ area }) => area)].map(([area, cluster]) => ({
        cluster,
        continent: continents[area]
      })),
      { cluster: first, continent: '*' }
    ],
    weighted: () => serving.map((cluster) => ({ cluster, weight: weightOf(federation, cluster.name) })),
    failover: () => {
      const standby = federation.disasterRecovery.pairs.find((pair) => pair.primary === first.name)?.standby
      const second = federation.clusters.find((cluster) => cluster.name === standby) ?? serving[1]
      return [
        { cluster: first, failover: 'PRIMARY' },
        ...(second ? [{ cluster: second, failover: 'SECONDARY' as const }] : [])
      ]
    }
  }
  return recordStrategies(federation).flatMap((strategy) =>
    records[strategy]().map((record) => ({ name: strategyName(federation, strategy), strategy, ...record }))
  )
}
