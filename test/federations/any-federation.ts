/** Random federations that keep every rule of the file: what a property test deploys. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { regions } from '../../automation/federation/regions.ts'
import { clouds, clusterRoles, type CloudName, type ClusterRole } from '../../contract/words.ts'

const base = parse(readFileSync(new URL('../../federations/nautilus.yaml', import.meta.url), 'utf8')) as
  & Record<string, unknown>
  & { dns: object, monitoring: object, disasterRecovery: object }
/** Two sizes of nodes a cloud, so that pools differ. */
const instanceTypes: Record<CloudName, [string, string]> = {
  aws: ['c6i.2xlarge', 'm6i.2xlarge'],
  gcp: ['n2-standard-8', 'n2-standard-4'],
  azure: ['Standard_D8s_v5', 'Standard_F8s_v2']
}
/**
 * Regions with an area of their own and three zones: each is used once, so that no quota of a
 * region is the limit.
 */
const places = clouds.flatMap((cloud) =>
  [...regions[cloud]].filter(([, region]) => region.area !== undefined && region.zones.length >= 3).map((
    [region]
  ) => ({ cloud, region }))
)

interface Draft {
  place: { cloud: CloudName, region: string }
  role: ClusterRole
  size: 0 | 1
  min: number
  more: number
  spot: boolean
  diskGb: number
}
interface Cluster {
  name: string
  role: ClusterRole
  cloud: CloudName
  region: string
  cidr: string
  asn: number
  nodePools: object[]
}

const draft = (place: Draft['place']): fc.Arbitrary<Draft> =>
  fc.record({
    place: fc.constant(place),
    role: fc.constantFrom(...clusterRoles),
    size: fc.constantFrom<0 | 1>(0, 1),
    min: fc.integer({ min: 1, max: 3 }),
    more: fc.integer({ min: 0, max: 4 }),
    spot: fc.boolean(),
    diskGb: fc.integer({ min: 50, max: 200 })
  })

/**
 * A federation file's text with `min` to `max` clusters in any clouds and regions, with any roles,
 * links between clouds and DR pairs.
 */
export function anyFederation (range: { min: number, max: number }): fc.Arbitrary<string> {
  return fc.shuffledSubarray(places, { minLength: range.min, maxLength: range.max })
    .chain((chosen) =>
      fc.tuple(
        fc.tuple(...chosen.map(draft)),
        fc.array(fc.tuple(fc.nat(chosen.length - 1), fc.nat(chosen.length - 1)), { maxLength: 4 }),
        fc.nat(chosen.length - 1),
        fc.constantFrom(...clouds)
      )
    )
    .map(([drafts, ends, hub, dns]) => stringify(federationOf(drafts, ends, hub, dns)))
}

/**
 * Indexes of the drafts that are primaries: the first always, since a federation serves somewhere.
 */
function primariesOf (drafts: readonly Draft[]): number[] {
  return drafts.flatMap((one, index) => index === 0 || one.role === 'primary' ? [index] : [])
}

/** Indexes of the drafts that stand by for a primary, at most one for each. */
function standbysOf (drafts: readonly Draft[]): number[] {
  return drafts.flatMap((one, index) => index > 0 && one.role === 'dr' ? [index] : [])
    .slice(0, primariesOf(drafts).length)
}

function clusterOf (one: Draft, index: number, standbys: readonly number[]): Cluster {
  // A standby that finds no primary of its own becomes a hub.
  const role = one.role === 'dr' && !standbys.includes(index) ? 'hub' : one.role
  return {
    name: `c${index + 1}`,
    role: index === 0 ? 'primary' : role,
    cloud: one.place.cloud,
    region: one.place.region,
    cidr: `10.${index + 1}.0.0/16`,
    asn: 64600 + index,
    nodePools: [{
      name: 'main',
      instanceType: instanceTypes[one.place.cloud][one.size],
      min: one.min,
      max: one.min + one.more,
      diskGb: one.diskGb,
      spot: one.spot && one.place.cloud !== 'azure'
    }]
  }
}

/** VPNs between clusters of different clouds, each once. */
function linksOf (clusters: readonly Cluster[], ends: readonly (readonly [number, number])[]): object[] {
  return ends.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .filter(([a, b], place, all) =>
      clusters[a]?.cloud !== clusters[b]?.cloud && all.findIndex(([c, d]) => c === a && d === b) === place
    )
    .map(([from, to]) => ({
      from: clusters[from]?.name ?? '',
      to: clusters[to]?.name ?? '',
      kind: 'vpn',
      bandwidthGbps: 2.5
    }))
}

// Half around the world and back in fibre takes 400 ms: no two regions are further apart.
const latencyTargets = [
  ['intra-region', 'intra-region', 2],
  ['us', 'eu', 400],
  ['eu', 'asia', 400],
  ['asia', 'us', 400]
].map(([from, to, milliseconds]) => ({ from, to, milliseconds, expectedMilliseconds: milliseconds }))

function federationOf (
  drafts: readonly Draft[],
  ends: readonly (readonly [number, number])[],
  hub: number,
  dns: CloudName
): object {
  const standbys = standbysOf(drafts)
  const primaries = primariesOf(drafts)
  const clusters = drafts.map((one, index) => clusterOf(one, index, standbys))
  const named = (index: number): string => clusters[index]?.name ?? ''
  const links = linksOf(clusters, ends)
  const {
    name: _name,
    description: _description,
    budget: _budget,
    volumes: _volumes,
    links: _links,
    ...rest
  } = base
  return {
    name: 'any',
    ...rest,
    clusters,
    ...(links.length > 0 ? { links } : {}),
    residency: { us: ['us', 'eu', 'asia'], eu: ['us', 'eu', 'asia'], asia: ['us', 'eu', 'asia'] },
    // Two services of DNS check too slowly for 90 s: what the file asks for follows.
    disasterRecovery: {
      ...base.disasterRecovery,
      crossCloud: 'allowed',
      globalFailoverSeconds: dns === 'aws' ? 90 : 240,
      pairs: standbys.map((standby, place) => ({
        primary: named(primaries[place] ?? 0),
        standby: named(standby)
      }))
    },
    latencyTargets,
    dns: {
      ...base.dns,
      provider: dns,
      weights: Object.fromEntries(clusters.map((cluster) => [cluster.name, 10]))
    },
    monitoring: { ...base.monitoring, hub: named(hub) }
  }
}
