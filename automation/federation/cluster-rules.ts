/** Rules about each cluster by itself and its name and number among the others. */
import { clouds, platformEnding, type CloudName } from '../../contract/words.ts'
import { type Path } from './errors.ts'
import { cloudsOfRegion, regions } from './regions.ts'
import { items, type ClusterView, type Rule, type RuleContext } from './rules.ts'

/** Names of units' scopes that are no clusters. */
const scopeNames = ['global', ...clouds]
/** Forms in which each cloud writes an instance type. */
const instanceTypes: Readonly<Record<CloudName, { readonly pattern: RegExp, readonly example: string }>> = {
  aws: {
    pattern: /^[a-z][a-z0-9-]*\.(metal|nano|micro|small|medium|([0-9]*x)?large)[-a-z0-9]*$/,
    example: 'c6i.4xlarge'
  },
  gcp: { pattern: /^[a-z][a-z0-9]+-[a-z0-9]+(-[a-z0-9]+)*$/, example: 'c2-standard-8' },
  azure: { pattern: /^Standard_[A-Za-z0-9_-]+$/, example: 'Standard_F8s_v2' }
}
/** Azure: "BGP and Azure VPN Gateway", ASNs reserved by Azure for private peering. */
const azureAsns = [65515, 65517, 65518, 65519, 65520]

/** Reports the second of each value that must be unique. */
function unique (context: RuleContext, what: string, field: 'name' | 'asn'): void {
  const seen = new Map<string | number, number>()
  for (const { index, cluster } of context.clusters) {
    const value = cluster[field]
    if (value === undefined) continue
    const other = seen.get(value)
    if (other === undefined) seen.set(value, index)
    else {context.report(
        'FED_DUPLICATE',
        ['clusters', index, field],
        'value',
        what,
        String(value),
        context.clusters.find((placed) => placed.index === other)?.cluster.name ?? `clusters[${other}]`
      )}
  }
}

/** Cluster names and numbers appear once, and names leave the other scopes theirs. */
export const identityRule: Rule = (context) => {
  unique(context, 'cluster name', 'name')
  unique(context, 'autonomous system number', 'asn')
  for (const { index, cluster } of context.clusters) {
    if (
      cluster.name !== undefined &&
      (scopeNames.includes(cluster.name) || cluster.name.endsWith(platformEnding))
    ) {
      context.report('FED_NAME_RESERVED', ['clusters', index, 'name'], 'value', cluster.name)
    }
    const { asn } = cluster
    if (asn === undefined) continue
    if ((asn > 65534 && asn < 4_200_000_000) || asn > 4_294_967_294) {
      context.report('FED_ASN', ['clusters', index, 'asn'], 'value', asn)
    } else if (cluster.cloud === 'azure' && azureAsns.includes(asn)) {
      context.report('FED_ASN_RESERVED', ['clusters', index, 'asn'], 'value', asn)
    }
  }
}

/** The region is the cloud's, its area is known, and the zones are the region's. */
export const regionRule: Rule = (context) => {
  for (const { index, cluster } of context.clusters) {
    const { cloud, region } = cluster
    if (cloud === undefined || region === undefined) continue
    const known = regions[cloud].get(region)
    if (!known) {
      context.report(
        'FED_REGION',
        ['clusters', index, 'region'],
        'value',
        cloud,
        region,
        cloudsOfRegion(region),
        [...regions[cloud].keys()]
      )
      continue
    }
    if (known.area === undefined && cluster.area === undefined) {
      context.report('FED_AREA_NEEDED', ['clusters', index, 'region'], 'value', region)
    }
    const seen = new Set<string>()
    for (const { index: place, item: zone } of items(cluster.zones)) {
      const path: Path = ['clusters', index, 'zones', place]
      if (!known.zones.includes(zone)) context.report('FED_ZONE', path, 'value', zone, region, known.zones)
      else if (seen.has(zone)) context.report('FED_DUPLICATE', path, 'value', 'zone', zone, 'this cluster')
      seen.add(zone)
    }
  }
}

function judgePool (
  context: RuleContext,
  cluster: ClusterView,
  path: Path,
  place: number,
  names: Set<string>
): void {
  const pool = cluster.nodePools?.[place]
  if (!pool) return
  const { name, min, max, desired, instanceType } = pool
  if (name !== undefined && names.has(name)) {
    context.report('FED_DUPLICATE', [...path, 'name'], 'value', 'node pool name', name, 'this cluster')
  }
  if (name !== undefined) names.add(name)
  if (min !== undefined && max !== undefined && min > max) {
    context.report('FED_MIN_ABOVE_MAX', [...path, 'min'], 'value', min, max)
  } else if (
    min !== undefined && max !== undefined && desired !== undefined && (desired < min || desired > max)
  ) context.report('FED_DESIRED', [...path, 'desired'], 'value', desired, min, max)
  if (
    cluster.cloud !== undefined && instanceType !== undefined &&
    !instanceTypes[cluster.cloud].pattern.test(instanceType)
  ) {
    context.report(
      'FED_INSTANCE_TYPE',
      [...path, 'instanceType'],
      'value',
      instanceType,
      cluster.cloud,
      instanceTypes[cluster.cloud].example
    )
  }
  if (cluster.cloud === 'azure' && place === 0 && pool.spot === true) {
    context.report('FED_SPOT_SYSTEM_POOL', [...path, 'spot'], 'value', name ?? 'nodePools[0]')
  }
}

/** System pools of AKS keep a node and are no spot capacity; other pools may be empty. */
function judgeSystemPool ({ report }: RuleContext, cluster: ClusterView, path: Path): void {
  const pools = items(cluster.nodePools).map(({ item }) => item)
  const kept = pools.some(({ spot, min }) => spot !== true && min !== undefined && min > 0)
  const empty = pools.some(({ spot, min }) => spot !== true && min === 0)
  if (cluster.cloud === 'azure' && empty && !kept) {
    report('FED_EMPTY_SYSTEM_POOL', path, 'key', cluster.name ?? 'the cluster')
  }
}

/** Node pools: unique names, sane sizes, instance types of the cluster's cloud. */
export const nodePoolRule: Rule = (context) => {
  for (const { index, cluster } of context.clusters) {
    const names = new Set<string>()
    for (const { index: place } of items(cluster.nodePools)) {
      judgePool(context, cluster, ['clusters', index, 'nodePools', place], place, names)
    }
    judgeSystemPool(context, cluster, ['clusters', index, 'nodePools'])
  }
}

/** Each cloud that is used has an account. */
export const accountRule: Rule = (context) => {
  const { accounts, dns } = context.view
  if (!accounts) return
  for (const cloud of clouds) {
    if (accounts[cloud]) continue
    const user = context.clusters.find(({ cluster }) => cluster.cloud === cloud)?.cluster
    if (user) {
      context.report(
        'FED_ACCOUNT_NEEDED',
        ['accounts', cloud],
        'key',
        cloud,
        `${user.name ?? 'a cluster'} is there`
      )
    } else if (dns?.provider === cloud) {
      context.report('FED_ACCOUNT_NEEDED', ['accounts', cloud], 'key', cloud, 'dns.provider names it')
    }
  }
}
