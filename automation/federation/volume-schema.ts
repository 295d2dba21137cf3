/**
 * The federation file's schema of money: what is moved and kept in a month (`volumes`) and what it
 * may cost (`budget`).
 */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const amount = (what: string) =>
  Type.Optional(
    Type.Number({ minimum: 0, maximum: 1e9, description: `${what}: a number from 0 to 1000000000` })
  )
const dollars = (what: string) =>
  Type.Number({
    exclusiveMinimum: 0,
    maximum: 1e9,
    description: `${what} in US dollars a month: a number above 0`
  })

/** What one cluster moves, writes and keeps in a month. */
const clusterVolumes = Type.Object({
  internetEgressGb: amount('GB sent to clients on the internet'),
  interCloudGb: amount('GB sent to other clouds'),
  interRegionGb: amount('GB sent to other regions of the cloud'),
  crossZoneGb: amount('GB sent to other zones'),
  natGb: amount('GB through NAT'),
  endpointGb: amount("GB through private endpoints of the cloud's services"),
  loadBalancerGb: amount('GB through load balancers'),
  logGb: amount('GB of logs taken in'),
  flowLogGb: amount('GB of flow logs'),
  logBucketGb: amount('GB kept in the log bucket'),
  backupGb: amount('GB kept in the backup bucket'),
  registryGb: amount('GB kept in the registry'),
  objectRequestsMillions: amount('millions of requests that write objects'),
  keyRequestsMillions: amount('millions of requests to keys')
}, {
  ...closed,
  description:
    'a mapping of volumes a month: internetEgressGb, interCloudGb, interRegionGb, crossZoneGb, natGb, ' +
    'endpointGb, loadBalancerGb, logGb, flowLogGb, logBucketGb, backupGb, registryGb, ' +
    'objectRequestsMillions, keyRequestsMillions'
})

export const volumesSchema = Type.Object({
  everyCluster: Type.Optional(clusterVolumes),
  roles: Type.Optional(Type.Object({
    primary: Type.Optional(clusterVolumes),
    hub: Type.Optional(clusterVolumes),
    dr: Type.Optional(clusterVolumes),
    analytics: Type.Optional(clusterVolumes)
  }, { ...closed, description: 'a mapping of roles to volumes' })),
  clusters: Type.Optional(
    Type.Record(Type.String(), clusterVolumes, { description: 'a mapping of cluster names to volumes' })
  ),
  shared: Type.Optional(Type.Object({
    dnsQueriesMillions: amount('millions of DNS queries'),
    auditLogGb: amount('GB of administrative audit logs, of each log store'),
    auditEventsMillions: amount('millions of accesses to data that are recorded')
  }, { ...closed, description: 'a mapping: dnsQueriesMillions, auditLogGb, auditEventsMillions' }))
}, { ...closed, description: 'a mapping of everyCluster, roles, clusters, shared to volumes a month' })

const phase = (name: string) => Type.Optional(dollars(`what the phase ${name} may cost`))
export const budgetSchema = Type.Object({
  monthly: dollars('what the federation may cost'),
  perPhase: Type.Optional(Type.Object({
    prerequisites: phase('prerequisites'),
    infrastructure: phase('infrastructure'),
    networking: phase('networking'),
    mesh: phase('mesh'),
    federation: phase('federation'),
    monitoring: phase('monitoring'),
    'disaster-recovery': phase('disaster-recovery'),
    validation: phase('validation')
  }, { ...closed, description: 'a mapping of phases to US dollars a month' })),
  perCluster: Type.Optional(
    Type.Record(Type.String(), dollars('what the cluster may cost'), {
      description: 'a mapping of cluster names to US dollars a month'
    })
  ),
  perUnit: Type.Optional(
    Type.Record(Type.String(), dollars('what the unit may cost'), {
      description: 'a mapping of units ({phase}.{scope}) to US dollars a month'
    })
  )
}, { ...closed, description: 'a mapping: monthly and, when wanted, perPhase, perCluster, perUnit' })
