/**
 * The federation file's schema of money: what is moved and kept in a month (`volumes`) and what it
 * may cost (`budget`).
 */
import { Type } from 'typebox'
import { closed, fields, number } from '../../contract/schema.ts'
import { clusterRoles, phaseNames } from '../../contract/words.ts'

const amount = (what: string) => Type.Optional(number(what, 0, 1e9))
const dollars = (what: string) =>
  Type.Number({
    exclusiveMinimum: 0,
    maximum: 1e9,
    description: `${what} in US dollars a month: a number above 0`
  })

/** Volumes that one cluster moves, writes and keeps in a month. */
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
  roles: Type.Optional(
    Type.Object(fields(clusterRoles, () => Type.Optional(clusterVolumes)), {
      ...closed,
      description: 'a mapping of roles to volumes'
    })
  ),
  clusters: Type.Optional(
    Type.Record(Type.String(), clusterVolumes, { description: 'a mapping of cluster names to volumes' })
  ),
  shared: Type.Optional(Type.Object({
    dnsQueriesMillions: amount('millions of DNS queries'),
    auditLogGb: amount('GB of administrative audit logs, of each log store'),
    auditEventsMillions: amount('millions of accesses to data that are recorded')
  }, { ...closed, description: 'a mapping: dnsQueriesMillions, auditLogGb, auditEventsMillions' }))
}, { ...closed, description: 'a mapping of everyCluster, roles, clusters, shared to volumes a month' })

export const budgetSchema = Type.Object({
  monthly: dollars('what the federation may cost'),
  perPhase: Type.Optional(
    Type.Object(fields(phaseNames, (name) => Type.Optional(dollars(`what the phase ${name} may cost`))), {
      ...closed,
      description: 'a mapping of phases to US dollars a month'
    })
  ),
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
}, { ...closed, description: 'a mapping: monthly and, optionally, perPhase, perCluster, perUnit' })
