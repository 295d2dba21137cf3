/**
 * Everything that a cloud refuses at create and update: names that are taken, references to what
 * does not exist, quotas that are used up, and what the models refuse. Pure.
 */
import { type ProviderError } from '../provider.ts'
import { type CloudRecord } from '../store.ts'
import { type Draft, type Failure, type Found } from './draft.ts'
import { checkKept } from './kept-names.ts'
import { type PackageModel, type Quotas, modelOf } from './package-model.ts'
import { type Reference } from './resource-model.ts'
import { isRecordOf } from './stored-ids.ts'
import { plainObject, stringsAt } from './wire-values.ts'

interface Validating {
  package: PackageModel
  quotas: Quotas
  fail: (failure: Failure) => ProviderError
}

/** Throws the cloud's own error when a draft cannot be created (no `previous`) or updated. */
export function validateDraft (
  draft: Draft,
  found: Found,
  records: CloudRecord[],
  validating: Validating
): void {
  const { package: pack, fail } = validating
  const model = modelOf(pack, draft.type)
  if (!pack.stateOnly) {
    const isSelf = (record: CloudRecord): boolean =>
      draft.previous !== undefined && isRecordOf(pack, record, draft)
    const others = records.filter((record) => !isSelf(record))
    checkUnique(draft, others, validating)
    checkKept(pack, draft, records, fail)
    for (const reference of model?.references ?? []) checkReference(draft, reference, others, validating)
    checkQuotas(draft, others, validating)
  }
  pack.validate?.(draft, found, fail)
  model?.validate?.(draft, found, fail)
}

function checkUnique (draft: Draft, others: CloudRecord[], { package: pack, fail }: Validating): void {
  const model = modelOf(pack, draft.type)
  if (model?.shared) return
  const hasName = (record: CloudRecord): boolean => {
    if (model?.unique === undefined || record.name !== draft.name) return false
    if (model.unique === 'world') return true
    if (record.account !== draft.account) return false
    return model.unique === 'account' || !record.region || record.region === draft.region
  }
  const taken = others.some((record) =>
    record.type === draft.type && (isRecordOf(pack, record, draft) || hasName(record))
  )
  if (taken) throw fail(model?.taken?.(draft) ?? pack.failures.taken(draft))
}

function checkReference (
  draft: Draft,
  reference: Reference,
  others: CloudRecord[],
  { package: pack, fail }: Validating
): void {
  if (reference.checked === false) return
  for (const value of stringsAt(draft.inputs, reference.path)) {
    if (reference.except?.test(value)) continue
    const candidates = pack.candidates(value)
    const exists = others.some((record) =>
      reference.types.includes(record.type) &&
      (candidates.includes(record.id) || candidates.includes(record.name)) &&
      (reference.anywhere || !record.region || !draft.region || record.region === draft.region) &&
      (reference.anywhere || record.account === draft.account)
    )
    if (!exists) {
      throw fail(reference.missing?.(value, draft) ?? pack.failures.notFound(value, reference.types, draft))
    }
  }
}

function checkQuotas (
  draft: Draft,
  others: CloudRecord[],
  { package: pack, quotas, fail }: Validating
): void {
  for (const use of modelOf(pack, draft.type)?.quota ?? []) {
    const quota = quotas[use.quota]
    if (!quota) continue
    const types = use.types ?? [draft.type]
    const units = (inputs: Draft['inputs'], type: string): number => use.units?.(inputs, type) ?? 1
    const wanted = units(draft.inputs, draft.type)
    if (wanted === 0) continue
    const used = others
      .filter((record) =>
        types.includes(record.type) && record.account === draft.account &&
        (quota.per === 'account' || !record.region || record.region === draft.region)
      )
      .reduce((sum, record) => sum + units(plainObject(record.inputs), record.type), 0)
    if (used + wanted > quota.limit) {
      throw fail(pack.failures.overQuota(use.quota, quota.limit, draft, draft.type))
    }
  }
}
