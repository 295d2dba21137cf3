/**
 * Names that a cloud keeps after a deletion: for a time, while what was deleted could be recovered,
 * or for ever. What is kept has a record of a type of its own, which nothing else looks for.
 */
import { type ProviderError } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type Draft, type Failure } from './draft.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { numberAt } from './wire-values.ts'

/** Ends the type of a record that only keeps a name. */
const keptMark = '#deleted'
/** The type of records that count deletions. */
const countType = `count${keptMark}`
const dayMs = 24 * 60 * 60 * 1000

/** The type of records that keep names of a type. */
export function keptType (type: string): string {
  return `${type}${keptMark}`
}

/**
 * Tells if a record is what a cloud remembers (names that are kept, services that are on), and no
 * resource.
 */
export function isMemory ({ type }: Pick<CloudRecord, 'type'>): boolean {
  return type.includes('#')
}

/** The record that keeps a deleted resource's name; undefined where the name is free at once. */
export function keptRecord (
  pack: PackageModel,
  { id, type, account, region, name, token, inputs }: CloudRecord,
  now: Date
): CloudRecord | undefined {
  if (!modelOf(pack, type)?.keepsName) return undefined
  return {
    id,
    pkg: pack.pkg,
    type: keptType(type),
    account,
    region,
    name,
    token,
    incarnation: '',
    created: now.toISOString(),
    inputs,
    outputs: {}
  }
}

/** Queries for the names that could keep a new resource from being made. */
export function keptQueries (pack: PackageModel, { type, account, name, id }: Draft): CloudQuery[] {
  const model = modelOf(pack, type)
  if (!model?.keepsName) return []
  const kept = { pkg: pack.pkg, type: keptType(type) }
  return [model.unique === 'world' ? { ...kept, name } : { ...kept, account, id }]
}

/** How often a resource that no cloud keeps was deleted, by its URN. */
export async function deletions (
  pack: PackageModel,
  urn: string,
  find: (query: CloudQuery) => Promise<CloudRecord[]>
): Promise<number> {
  if (!pack.anew) return 0
  const [record] = await find({ pkg: pack.pkg, type: countType, id: urn })
  return record ? numberAt(record.outputs, 'count', 0) : 0
}

/** The record that counts one more deletion. */
export function deletionRecord ({ pkg }: PackageModel, urn: string, count: number, now: Date): CloudRecord {
  return {
    id: urn,
    pkg,
    type: countType,
    account: '',
    region: '',
    name: urn,
    token: urn,
    incarnation: '',
    created: now.toISOString(),
    inputs: {},
    outputs: { count }
  }
}

/** Throws the cloud's refusal of a new resource whose name is kept. */
export function checkKept (
  pack: PackageModel,
  draft: Draft,
  records: readonly CloudRecord[],
  fail: (failure: Failure) => ProviderError
): void {
  const model = modelOf(pack, draft.type)
  if (!model?.keepsName || draft.previous !== undefined) return
  const now = Date.parse(draft.created)
  for (const record of records) {
    if (record.type !== keptType(draft.type)) continue
    if (model.unique === 'world' ? record.name !== draft.name : record.id !== draft.id) continue
    const { days = Infinity, recoveredFor = 0, refusal } = model.keepsName(record)
    // A draft knows its time in whole seconds.
    const ageDays = Math.max(0, now - Date.parse(record.created)) / dayMs
    if (refusal && ageDays >= recoveredFor && ageDays < days) throw fail(refusal(draft))
  }
}
