/** The one query of an operation, and access to the records that it brought. */
import { type CloudQuery, type CloudRecord, type CloudStore } from '../store.ts'
import { type WireValue } from '../wire.ts'
import { type Draft, type Found } from './draft.ts'
import { matches } from './memory-cloud-store.ts'
import { type PackageModel, type Quotas, modelOf } from './package-model.ts'
import { type Reference } from './resource-model.ts'
import { plain, stringsAt } from './wire-values.ts'

/** The types that refer to a type, and by which reference. */
export type ReverseReferences = Map<string, { type: string, reference: Reference }[]>

/**
 * The references of a package by the type they point to; only those that hold the other resource.
 */
export function reverseReferences (pack: PackageModel): ReverseReferences {
  const reverse: ReverseReferences = new Map()
  for (const [type, model] of Object.entries(pack.models)) {
    for (const reference of model.references ?? []) {
      if (reference.holds === false) continue
      for (const target of reference.types) {
        reverse.set(target, [...reverse.get(target) ?? [], { type, reference }])
      }
    }
  }
  return reverse
}

const means = (record: CloudRecord, candidates: string[]): boolean =>
  candidates.includes(record.id) || candidates.includes(record.name)

/** Records that use a target through one of the references. */
export function usersOf (
  target: CloudRecord,
  users: { type: string, reference: Reference }[],
  records: CloudRecord[],
  pack: PackageModel
): CloudRecord[] {
  return records.filter((record) =>
    record !== target && users.some(({ type, reference }) =>
      record.type === type &&
      (reference.anywhere || !record.region || !target.region || record.region === target.region) &&
      stringsAt(plain(record.inputs), reference.path).some((value) =>
        !reference.except?.test(value) && means(target, pack.candidates(value))
      )
    )
  )
}

/** Queries for everything besides the resource itself that its create or update has to look at. */
export function queriesOf (
  draft: Draft,
  pack: PackageModel,
  quotas: Quotas
): CloudQuery[] {
  const { pkg } = pack
  const model = modelOf(pack, draft.type)
  const queries: CloudQuery[] = []
  for (const reference of model?.references ?? []) {
    for (const value of stringsAt(draft.inputs, reference.path)) {
      if (reference.except?.test(value)) continue
      for (const type of reference.types) {
        for (const candidate of pack.candidates(value)) {
          queries.push({ pkg, type, id: candidate }, { pkg, type, name: candidate })
        }
      }
    }
  }
  if (model?.unique) {
    queries.push({
      pkg,
      type: draft.type,
      name: draft.name,
      ...(model.unique !== 'world' && { account: draft.account })
    })
  }
  for (const use of model?.quota ?? []) {
    const quota = quotas[use.quota]
    if (!quota) continue
    for (const type of use.types ?? [draft.type]) {
      queries.push({
        pkg,
        type,
        account: draft.account,
        ...(quota.per === 'region' && !model?.global && { region: draft.region })
      })
    }
  }
  queries.push(
    ...model?.looksAt?.(draft) ?? [],
    ...pack.looksAt?.(draft) ?? []
  )
  return queries
}

/** Access to records by type, id and reference. */
export function foundIn (records: CloudRecord[], pack: PackageModel): Found {
  return {
    all: () => records,
    of: (type) => records.filter((record) => record.type === type),
    id: (id) => records.find((record) => record.id === id),
    by: (type, value: WireValue | undefined) => {
      if (typeof value !== 'string') return undefined
      const types = typeof type === 'string' ? [type] : type
      const candidates = pack.candidates(value)
      return records.find((record) => types.includes(record.type) && candidates.includes(record.id)) ??
        records.find((record) => types.includes(record.type) && means(record, candidates))
    }
  }
}

/**
 * Asks a store: once where it understands unions, otherwise once for each distinct part. Records
 * that do not match the query are left out, whatever the store answers.
 */
export async function findIn (store: CloudStore, query: CloudQuery): Promise<CloudRecord[]> {
  if (query.any === undefined || store.unions) {
    return (await store.find(query)).filter((record) => matches(record, query))
  }
  const { any, ...common } = query
  const parts = new Map(any.map((part) => [JSON.stringify(part), { ...part, ...common }]))
  const records = new Map<string, CloudRecord>()
  for (const found of await Promise.all([...parts.values()].map((part) => store.find(part)))) {
    for (const record of found) {
      records.set([record.pkg, record.account, record.type, record.id].join('\n'), record)
    }
  }
  return [...records.values()].filter((record) => matches(record, query))
}
