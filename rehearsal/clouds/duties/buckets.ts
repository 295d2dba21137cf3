/** Buckets that releases write to, and the ways of their pods there. */
import { type WireValue } from '../../wire.ts'
import { outboundReach, nodeTables } from '../network/outbound.ts'
import { lastPart, settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { reached, refused, type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { wildcardMatches } from '../wildcards.ts'
import { isObject, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Actor } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Store, storesOf } from './stores.ts'
import { type Unmet } from './table.ts'

const releaseType = 'kubernetes:helm.sh/v3:Release'
const internet = { kind: 'range', cidr: '0.0.0.0/0', what: 'the object store' } as const

/** Types that decide who reaches a bucket, beside those of the network. */
export const bucketTypes = [
  'aws:s3/bucket:Bucket',
  'aws:ec2/vpcEndpoint:VpcEndpoint',
  'gcp:storage/bucket:Bucket',
  'azure-native:storage:StorageAccount',
  'azure-native:network:PrivateEndpoint'
] as const

/** Calls of pods to the stores of their releases that do not arrive. */
export function bucketCalls (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  return world.inside(site, releaseType).flatMap(storesOf).flatMap((store) => {
    const { app, pods: { namespace } } = store
    const known = actors.filter((one) =>
      one.namespace === namespace && one.labels['app.kubernetes.io/name'] === app
    )
    const callers = known.length > 0
      ? known
      : [{ namespace, labels: { 'app.kubernetes.io/name': app }, name: app }]
    return callers.flatMap((caller) =>
      unmet(
        'bucket-reached',
        podName(caller, caller.name),
        `${store.cloud}:${store.name}`,
        policyVerdict(world, site, { from: caller, peer: internet, port: 443 }) ??
          storeReach(world, site, store)
      )
    )
  })
}

function storeReach (world: World, site: Site, store: Store): Verdict {
  switch (store.cloud) {
    case 'aws':
      return s3Reach(world, site, store)
    case 'gcp':
      return gcsReach(world, site, store)
    case 'azure':
      return blobReach(world, site, store)
  }
}

const missing = (store: Store): Verdict =>
  refused(store.name, 'bucket-exists', `${store.cloud} has no such bucket or account`)

/** Through an endpoint of the VPC in the bucket's region, by its policy; else over the internet. */
function s3Reach (world: World, site: Site, store: Store): Verdict {
  const bucket = world.of('aws:s3/bucket:Bucket').find(({ name }) => name === store.name)
  if (!bucket) return missing(store)
  if (site.cloud !== 'aws' || bucket.region !== site.region) return outboundReach(world, site)
  const tables = nodeTables(world, site)
  const endpoint = world.of('aws:ec2/vpcEndpoint:VpcEndpoint').map(settingsOf).find((one) => {
    const own = stringsAt(one, 'routeTableIds[]')
    return (stringAt(one, 'serviceName') ?? '').endsWith('.s3') && stringAt(one, 'vpcId') === site.network &&
      stringAt(one, 'vpcEndpointType') === 'Gateway' && tables.every((table) => own.includes(table))
  })
  if (endpoint === undefined) return outboundReach(world, site)
  return admits(stringAt(endpoint, 'policy'), store.name)
    ? reached([site.region])
    : refused(site.name, 'bucket-endpoint-policy', `the policy of the VPC's endpoint names no ${store.name}`)
}

/** Tells if an endpoint's policy lets objects of a bucket be written; all of them without one. */
function admits (policy: string | undefined, bucket: string): boolean {
  if (policy === undefined || policy === '') return true
  const object = `arn:aws:s3:::${bucket}/object`
  const among = (statement: WireValue, field: string): string[] => [
    ...stringsAt(statement, field),
    ...stringsAt(statement, `${field}[]`)
  ]
  const statements = valueAt(JSON.parse(policy) as WireValue, 'Statement')
  const applies = (Array.isArray(statements) ? statements : [statements ?? {}]).filter(isObject).filter((
    one
  ) =>
    among(one, 'Action').some((action) => wildcardMatches(action, 's3:PutObject')) &&
    among(one, 'Resource').some((resource) => wildcardMatches(resource, object))
  )
  return applies.some((one) => one.Effect === 'Allow') && !applies.some((one) => one.Effect === 'Deny')
}

/** By Private Google Access of the nodes' subnetworks, or over the internet. */
function gcsReach (world: World, site: Site, store: Store): Verdict {
  if (!world.of('gcp:storage/bucket:Bucket').some(({ name }) => name === store.name)) return missing(store)
  const subnets = world.of('gcp:compute/subnetwork:Subnetwork').map(settingsOf).filter((subnet) =>
    site.cloud === 'gcp' && lastPart(stringAt(subnet, 'network') ?? '') === lastPart(site.network)
  )
  const direct = subnets.length > 0 && subnets.every((one) => valueAt(one, 'privateIpGoogleAccess') === true)
  return direct ? reached([site.region]) : outboundReach(world, site)
}

/** By what the storage account's firewall admits. */
function blobReach (world: World, site: Site, store: Store): Verdict {
  const account = world.of('azure-native:storage:StorageAccount').find(({ name }) => name === store.name)
  if (!account) return missing(store)
  const settings = settingsOf(account)
  const joined = site.cloud === 'azure' && world.of('azure-native:network:PrivateEndpoint').map(settingsOf)
    .some((one) =>
      stringsAt(one, 'privateLinkServiceConnections[].privateLinkServiceId').includes(account.id) &&
      (stringAt(one, 'subnet.id') ?? '').startsWith(`${site.network}/`)
    )
  if (joined) return reached([site.region])
  const shut = (why: string): Verdict => refused(store.name, 'storage-firewall', why)
  if (stringAt(settings, 'publicNetworkAccess') === 'Disabled') return shut('public access is off')
  if (stringAt(settings, 'networkRuleSet.defaultAction') === 'Deny') {
    const own = stringsAt(settings, 'networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId').some((
      id
    ) => site.cloud === 'azure' && id.startsWith(`${site.network}/`))
    // Which address a NAT calls from is known to its cloud alone: named ranges are taken as meant.
    const named = valuesAt(settings, 'networkRuleSet.ipRules[]').length > 0
    if (!own && !named) return shut(`no rule names the network of ${site.name}`)
    if (own) return reached([site.region])
  }
  return outboundReach(world, site)
}
