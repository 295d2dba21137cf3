/**
 * What a cloud refuses: references to what is not there, names that are taken, quotas that are used
 * up, and what the type's model knows.
 */
import { type ProviderError } from '../provider.ts'
import { type CloudRecord } from '../store.ts'
import {
  type Draft,
  type Failure,
  type Found,
  type PackageModel,
  type Quotas,
  type Reference,
  type ResourceModel
} from './model.ts'
import { plainObject, stringsAt } from './wire-values.ts'

interface Validating {
  package: PackageModel
  quotas: Quotas
  fail: (failure: Failure) => ProviderError
}

/**
 * Throws the cloud's own error when a create (no `previous`) or update of the draft is not
 * possible.
 */
export function validateDraft (
  draft: Draft,
  model: ResourceModel | undefined,
  found: Found,
  records: CloudRecord[],
  { package: pack, quotas, fail }: Validating
): void {
  if (!pack.stateOnly) {
    const isSelf = (record: CloudRecord): boolean =>
      draft.previous !== undefined && record.type === draft.type && record.id === draft.id &&
      record.account === draft.account &&
      (pack.storedId === undefined || !record.region || record.region === draft.region)
    const others = records.filter((record) => !isSelf(record))
    checkUnique(draft, model, others, pack, fail)
    for (const reference of model?.references ?? []) checkReference(draft, reference, others, pack, fail)
    checkQuotas(draft, model, others, pack, quotas, fail)
  }
  pack.validate?.(draft, found, fail)
  model?.validate?.(draft, found, fail)
}

function checkUnique (
  draft: Draft,
  model: ResourceModel | undefined,
  others: CloudRecord[],
  pack: PackageModel,
  fail: Validating['fail']
): void {
  const taken = others.some((record) =>
    record.type === draft.type && (
      (record.account === draft.account && record.id === draft.id &&
        (pack.storedId === undefined || !record.region || record.region === draft.region)) ||
      (model?.unique !== undefined && record.name === draft.name && (model.unique === 'world' ||
        (record.account === draft.account &&
          (model.unique === 'account' || !record.region || record.region === draft.region))))
    )
  )
  if (taken && !model?.shared) throw fail(model?.taken?.(draft) ?? pack.failures.taken(draft))
}

function checkReference (
  draft: Draft,
  reference: Reference,
  others: CloudRecord[],
  pack: PackageModel,
  fail: Validating['fail']
): void {
  if (reference.checked === false) return
  for (const value of stringsAt(draft.inputs, reference.path)) {
    if (reference.except?.test(value)) continue
    const candidates = pack.candidates(value)
    const there = others.some((record) =>
      reference.types.includes(record.type) &&
      (candidates.includes(record.id) || candidates.includes(record.name)) &&
      (reference.anywhere || !record.region || !draft.region || record.region === draft.region) &&
      (reference.anywhere || record.account === draft.account)
    )
    if (!there) {
      throw fail(reference.missing?.(value, draft) ?? pack.failures.notFound(value, reference.types, draft))
    }
  }
}

function checkQuotas (
  draft: Draft,
  model: ResourceModel | undefined,
  others: CloudRecord[],
  pack: PackageModel,
  quotas: Quotas,
  fail: Validating['fail']
): void {
  for (const use of model?.quota ?? []) {
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
