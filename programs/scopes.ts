/** The scopes that units are deployed for, derived from a federation. Pure. */
import { clouds, platformEnding, type PhaseName } from '../contract/words.ts'
import { type Cluster } from './types/cluster.ts'
import { type DrPair } from './types/recovery.ts'
import { type Federation, type Scope, type UnitRef } from './types.ts'

/** One scope per cluster, in the file's order. */
export function clusterScopes (federation: Federation): Scope[] {
  return federation.clusters.map((cluster) => ({
    kind: 'cluster',
    name: cluster.name,
    clusters: [cluster.name],
    cloud: cluster.cloud
  }))
}

/** Name of the scope of what a cluster's workloads stand on. */
export function platformName (cluster: string): string {
  return `${cluster}${platformEnding}`
}

/** One scope per cluster for what its workloads stand on, in the file's order. */
export function platformScopes (federation: Federation): Scope[] {
  return federation.clusters.map((cluster) => ({
    kind: 'platform',
    name: platformName(cluster.name),
    clusters: [cluster.name],
    cloud: cluster.cloud
  }))
}

/** A link's name: the two clusters' names joined by a dot. */
export function linkName (from: string, to: string): string {
  return `${from}.${to}`
}

/** One scope per cloud that has clusters, with all of its clusters. */
export function cloudScopes (federation: Federation): Scope[] {
  return clouds.flatMap((cloud): Scope[] => {
    const clusters = federation.clusters.filter((cluster) => cluster.cloud === cloud).map((cluster) =>
      cluster.name
    )
    return clusters.length > 0 ? [{ kind: 'cloud', name: cloud, clusters, cloud }] : []
  })
}

/** The one scope of the whole federation, named `global`. */
export function federationScopes (federation: Federation): Scope[] {
  return [{
    kind: 'federation',
    name: 'global',
    clusters: federation.clusters.map((cluster) => cluster.name)
  }]
}

/** One scope per link whose kind is among `kinds`. */
export function linkScopes (
  federation: Federation,
  ...kinds: Federation['links'][number]['kind'][]
): Scope[] {
  return federation.links.filter((link) => kinds.includes(link.kind)).map((link) => ({
    kind: 'link',
    name: linkName(link.from, link.to),
    clusters: [link.from, link.to]
  }))
}

/** Sides of a disaster recovery pair, each of which can be changed without the other. */
export const pairSides = ['primary', 'standby'] as const
export type PairSide = typeof pairSides[number]

/** Name of the scope of a pair's side. */
export function sideName ({ primary, standby }: Pick<DrPair, PairSide>, side: PairSide): string {
  return `${linkName(primary, standby)}-${side}`
}

/**
 * Two scopes per disaster recovery pair, the primary's side first. Each is of its own cluster only:
 * a side is selected, and deployed, without the other.
 */
export function sideScopes (federation: Federation): Scope[] {
  return federation.disasterRecovery.pairs.flatMap((pair) =>
    pairSides.map((side): Scope => ({
      kind: 'link',
      name: sideName(pair, side),
      clusters: [pair[side]],
      cloud: clusterOf(federation, pair[side]).cloud
    }))
  )
}

/**
 * The cluster of that name. Throws a RangeError when the federation has none: scopes come from the
 * same federation, so that is a defect.
 */
export function clusterOf (federation: Federation, name: string): Cluster {
  const cluster = federation.clusters.find((candidate) => candidate.name === name)
  if (!cluster) throw new RangeError(`federation ${federation.name} has no cluster ${name}`)
  return cluster
}

/** Points at the unit of `phase` for `scope`. */
export function unitRef (phase: PhaseName, scope: string): UnitRef {
  return { phase, scope }
}

/** A unit's id: `{phase}.{scope name}`. */
export function unitId (ref: UnitRef): string {
  return `${ref.phase}.${ref.scope}`
}
