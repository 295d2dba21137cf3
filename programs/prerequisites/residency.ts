/** The rule that what a cluster keeps stays where its area's data may be. Pure. */
import { ProgramError } from '../errors.ts'
import { type Area, type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/**
 * Something that holds a cluster's data, and the region or multi-region that it is in, as its cloud
 * writes it.
 */
export interface DataPlace {
  readonly what: string
  readonly location: string
}

/** Google Cloud's places that are more than a region. Source: Cloud Storage, "Bucket locations". */
const multiRegions: Readonly<Record<string, Area>> = {
  us: 'us',
  nam4: 'us',
  eu: 'eu',
  eur4: 'eu',
  eur5: 'eu',
  eur7: 'eu',
  eur8: 'eu',
  asia: 'asia',
  asia1: 'asia'
}

/**
 * The area of a place: that of the federation's clusters in the same region of the same cloud.
 * Undefined where there is none.
 */
export function areaOf (
  federation: Federation,
  cluster: Pick<Cluster, 'cloud'>,
  location: string
): Area | undefined {
  const region = location.toLowerCase()
  return federation.clusters.find((other) => other.cloud === cluster.cloud && other.region === region)
    ?.area ?? (cluster.cloud === 'gcp' ? multiRegions[region] : undefined)
}

/**
 * Gives the places back when `residency` allows all of them (an area that it does not list may keep
 * its data anywhere). Throws an error that names each one that it does not, with both areas; a
 * retry helps only after the file or the program changed.
 */
export function requireResidency (
  federation: Federation,
  cluster: Cluster,
  places: readonly DataPlace[]
): readonly DataPlace[] {
  const allowed = federation.residency[cluster.area]
  if (!allowed) return places
  const astray = places.flatMap(({ what, location }) => {
    const area = areaOf(federation, cluster, location)
    return area && allowed.includes(area)
      ? []
      : [`  ${what} in ${location} (${area ?? 'an area that no cluster of the federation is in'})`]
  })
  if (astray.length === 0) return places
  throw new ProgramError('PREREQUISITES_RESIDENCY', {
    cluster: cluster.name,
    area: cluster.area,
    region: cluster.region,
    allowed,
    astray
  })
}
