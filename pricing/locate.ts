/**
 * Regions and owners of resources: what a resource does not say itself is found out from its
 * provider, its name and the clusters of its unit.
 */
import { cloudOfType } from './estimate.ts'
import { isRecord, nameOf, textAt } from './inputs.ts'
import { type Cloud, type Resource } from './model.ts'

/** The place of a cluster. */
export interface Place {
  readonly name: string
  readonly cloud: Cloud
  readonly region: string
}
/** A resource as an engine knows it. */
export interface Registered {
  readonly urn: string
  readonly type: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly id?: string | undefined
  /** Reference of its provider: URN and id. */
  readonly provider?: string | undefined
}

const regionFields = ['region', 'location', 'zone'] as const

/**
 * A region as the price table spells it: lower case, without the zone's letter that Google Cloud
 * adds.
 */
function regionOf (inputs: unknown, cloud: Cloud | undefined): string | undefined {
  const found = regionFields.map((field) => textAt(inputs, field)).find((text) =>
    text !== undefined && /^[A-Za-z]+[-A-Za-z0-9 ]*$/.test(text)
  )
  const plain = found?.toLowerCase().replaceAll(' ', '')
  return cloud === 'gcp' ? plain?.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1') : plain
}

const longest = (places: readonly Place[]): Place | undefined =>
  [...places].sort((a, b) => b.name.length - a.name.length)[0]

/**
 * The cluster that a Kubernetes object is in: the one that its provider is named after, or the
 * unit's only one.
 */
function ofProvider (
  provider: string | undefined,
  places: readonly Place[],
  all: readonly Place[]
): Place | undefined {
  const name = provider === undefined ? undefined : nameOf(provider.slice(0, provider.lastIndexOf('::')))
  return longest(all.filter((place) => name?.endsWith(place.name))) ??
    (places.length === 1 ? places[0] : undefined)
}

function ownerOf (
  resource: Registered,
  cloud: Cloud | undefined,
  region: string | undefined,
  places: readonly Place[]
): Place | undefined {
  if (places.length === 1) return places[0]
  const here = places.filter((place) => place.cloud === cloud && place.region === region)
  return longest(places.filter((place) => nameOf(resource.urn).startsWith(place.name))) ??
    (here.length === 1 ? here[0] : undefined)
}

/**
 * Resources with their cloud, region and cluster. `clusters` are those that the unit's scope names,
 * `all` the federation's (a unit may put Kubernetes objects into others than its own). A resource
 * that belongs to none of several clusters is shared. Providers among the resources say where
 * theirs are.
 */
export function locate (
  resources: readonly Registered[],
  { clusters, all }: { readonly clusters: readonly string[], readonly all: readonly Place[] }
): Resource[] {
  const places = all.filter((place) => clusters.includes(place.name))
  const providers = new Map(
    resources.filter(({ type }) => type.startsWith('pulumi:providers:')).map((
      provider
    ) => [provider.urn, provider.inputs])
  )
  return resources.map((resource): Resource => {
    const { urn, type, inputs, id, provider } = resource
    const own = cloudOfType(type)
    const cluster = own === undefined ? ofProvider(provider, places, all) : undefined
    const cloud = own ?? cluster?.cloud
    const said = own === undefined
      ? undefined
      : regionOf(inputs, own) ??
        regionOf(providers.get(provider?.slice(0, provider.lastIndexOf('::')) ?? ''), own)
    const owner = cluster ?? ownerOf(resource, cloud, said, places)
    const only = places.filter((place) => place.cloud === cloud)
    const region = said ??
      (owner && owner.cloud === cloud ? owner.region : only.length === 1 ? only[0]?.region : undefined)
    return { urn, type, inputs: isRecord(inputs) ? inputs : {}, id, cloud, region, cluster: owner?.name }
  })
}
