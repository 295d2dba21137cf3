/**
 * Names that federation files of other systems will need and that no program can deploy yet: each
 * is refused by name. What is listed here becomes a field of schema.ts when a program reads it.
 */
import { type Path } from './errors.ts'

/** A reserved field: where (`*` is any list index or key) and what it stands for. */
export interface Reserved {
  readonly path: readonly string[]
  readonly what: string
}

export const reserved: readonly Reserved[] = [
  {
    path: ['dataServices'],
    what: 'data services (relational, cache, document, queue, stream, object, analytics)'
  },
  { path: ['functions'], what: 'serverless functions' },
  { path: ['scheduledJobs'], what: 'scheduled jobs and event rules' },
  {
    path: ['edge'],
    what: 'the edge (DNS policy, content delivery, global accelerator, web application firewall)'
  },
  {
    path: ['serviceTiers'],
    what: 'service tiers (how many clouds a service runs in, with its own objectives)'
  },
  { path: ['waves'], what: 'rollout in waves' },
  { path: ['replication'], what: "replication of data between clouds' services" },
  { path: ['migration'], what: 'migration from other premises' },
  { path: ['registries'], what: 'container registries shared by clusters' },
  { path: ['secretStores'], what: 'external secret stores' },
  {
    path: ['exchangeConnections'],
    what: 'dedicated circuits to exchanges (Direct Connect, Interconnect, ExpressRoute)'
  },
  { path: ['trafficShift'], what: 'gradual return of traffic after a failover' },
  { path: ['egress'], what: 'an egress cost strategy' },
  { path: ['accounts', 'cloudflare'], what: 'Cloudflare' },
  { path: ['clusters', '*', 'wave'], what: 'rollout in waves' },
  {
    path: ['clusters', '*', 'maintenanceWindow'],
    what: "a cluster's own maintenance window: maintenanceWindows takes clusters"
  },
  { path: ['clusters', '*', 'dataServices'], what: 'data services of a cluster' },
  { path: ['clusters', '*', 'burstTo'], what: 'bursting into another cluster' },
  { path: ['clusters', '*', 'weight'], what: 'a weight beside dns.weights' },
  { path: ['clusters', '*', 'nodePools', '*', 'gpu'], what: 'GPUs of a node' },
  {
    path: ['clusters', '*', 'nodePools', '*', 'instanceTypes'],
    what: 'a choice of instance types in one pool'
  },
  { path: ['clusters', '*', 'nodePools', '*', 'localSsds'], what: 'local disks of a node' },
  { path: ['clusters', '*', 'nodePools', '*', 'diskType'], what: "a choice of the nodes' disk type" },
  { path: ['clusters', '*', 'nodePools', '*', 'diskIops'], what: "the speed of the nodes' disks" },
  { path: ['clusters', '*', 'nodePools', '*', 'dedicatedHosts'], what: 'dedicated hosts (sole tenancy)' },
  { path: ['clusters', '*', 'nodePools', '*', 'reservation'], what: 'capacity reservations' },
  { path: ['clusters', '*', 'nodePools', '*', 'elasticFabric'], what: 'elastic fabric adapters' },
  { path: ['clusters', '*', 'nodePools', '*', 'scaling'], what: 'predictive and scheduled scaling' },
  { path: ['links', '*', 'cloud'], what: 'a link of a cluster to a whole cloud' },
  { path: ['disasterRecovery', 'failback'], what: 'rules for the return after a failover' },
  { path: ['disasterRecovery', 'drills'], what: 'scheduled drills' },
  {
    path: ['disasterRecovery', 'pairs', '*', 'trafficShare'],
    what: 'several standbys that share the traffic'
  }
]

/** Says whether a path of the file's data is that of a reserved name. */
export function matches (pattern: readonly string[], path: Path): boolean {
  return pattern.length === path.length &&
    pattern.every((step, index) => step === '*' || step === path[index])
}
