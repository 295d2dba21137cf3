/**
 * The ids of records. Two kinds of resources are stored under another id than the provider gives
 * out: those whose ids repeat from region to region, and shared ones, which have a record for each
 * owner.
 */
import { type CloudRecord } from '../store.ts'
import { type Place } from './draft.ts'
import { identifiers } from './identifiers.ts'
import { type PackageModel, modelOf } from './package-model.ts'

/** Divides a shared resource's id from the mark of its owner. */
const ownerMark = '#owner-'

/** The id that a resource is stored under. */
export function storedId (
  pack: PackageModel,
  subject: { type: string, urn: string },
  id: string,
  region: string
): string {
  if (modelOf(pack, subject.type)?.shared) {
    return `${id}${ownerMark}${identifiers(subject.urn).hex(16, 'owner')}`
  }
  return pack.storedId?.(id, region) ?? id
}

/** The record under the id that the provider gives out. */
export function withProviderId (pack: PackageModel, record: CloudRecord): CloudRecord {
  const owner = record.id.lastIndexOf(ownerMark)
  if (owner > 0) return withId(record, record.id.slice(0, owner))
  const region = `@${record.region}`
  return pack.storedId && record.pkg === pack.pkg && record.id.endsWith(region)
    ? withId(record, record.id.slice(0, -region.length))
    : record
}

/**
 * The record under another id. What it holds is not touched: a store may load it only when it is
 * looked at.
 */
export function withId (record: CloudRecord, id: string): CloudRecord {
  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(record),
    id: { value: id, enumerable: true }
  }) as CloudRecord
}

/** Tells if a record has the type, place and id of a resource, as its provider gives the id out. */
export function isRecordOf (
  pack: PackageModel,
  record: CloudRecord,
  resource: Place & { type: string, id: string }
): boolean {
  return record.pkg === pack.pkg && record.type === resource.type && record.id === resource.id &&
    record.account === resource.account &&
    // An id that repeats from region to region means something only inside one.
    (pack.storedId === undefined || record.region === '' || record.region === resource.region)
}
