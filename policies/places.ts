/** Places of resources: the property that says it, and the region that it means. */
import { type CloudName } from '../contract/words.ts'
import { type Facts } from './facts.ts'
import { type Subject } from './policy.ts'
import { text } from './properties.ts'

export interface Place {
  readonly cloud: CloudName
  readonly region: string
  readonly path: string
}

/**
 * Types that keep data where their location or region says: buckets, disks, databases, keys, logs,
 * registries.
 */
export const placedTypes = ['pulumi:providers:aws', 'gcp:*', 'azure-native:*'] as const
/** Scopes that are no region. */
const everywhere = ['global', 'us', 'eu', 'asia', 'nam4', 'eur4']

/**
 * The place of a resource; undefined when it does not say. An AWS resource is where its provider
 * is.
 */
export function placeOf ({ type, props }: Subject): Place | undefined {
  if (type === 'pulumi:providers:aws') {
    const region = text(props, 'region')
    return region === undefined ? undefined : { cloud: 'aws', region, path: 'region' }
  }
  const cloud = type.startsWith('gcp:') ? 'gcp' : 'azure'
  const path = text(props, 'location') !== undefined ? 'location' : 'region'
  const region = text(props, path)?.toLowerCase()
  if (region === undefined || (cloud === 'gcp' && region === 'global')) return undefined
  // `europe-west1-b` is a zone of europe-west1; Azure's names may be spelled with spaces.
  return {
    cloud,
    region: cloud === 'gcp' ? region.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1') : region.replaceAll(' ', ''),
    path
  }
}

/**
 * The area that a region lies in: of the federation's regions, or of a multi-region that is named
 * for its continent.
 */
export function areaOf (facts: Facts, { region }: Place): string | undefined {
  return facts.areas[region] ??
    (everywhere.includes(region)
      ? { us: 'us', nam4: 'us', eu: 'eu', eur4: 'eu', asia: 'asia' }[region]
      : undefined)
}
