/** Drafts of resources: names, incarnations and ids. Pure. */
import { type Subject } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Draft, type Instance, type Place } from './draft.ts'
import { identifiers, identifiersOf } from './identifiers.ts'
import { keptQueries } from './kept-names.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { typeFacts } from './schema-table.ts'
import { isRecordOf, storedId } from './stored-ids.ts'
import { plainObject, stableText, valueAt } from './wire-values.ts'

/** Identifiers that are tried when one is taken: more than ever live under one URN at once. */
const attempts = 100

/** The id that a new resource will have, where it follows from its name; empty elsewhere. */
export function idAhead (pack: PackageModel, draft: Draft): string {
  return pack.identities?.idsFollowNames ? (modelOf(pack, draft.type)?.id ?? pack.id)(draft) : ''
}

/** Everything that a draft follows from besides the resource itself. */
interface Drafting {
  package: PackageModel
  instance: Instance
  seed: number
}

/** A draft without an id, as it is before the cloud was looked at. */
export function draftOf (
  { package: pack, instance, seed }: Drafting,
  subject: Subject,
  resource: { inputs: WireObject, place: Place, created: string }
): Draft {
  const { place, created } = resource
  const inputs = plainObject(resource.inputs)
  const rule = modelOf(pack, subject.type)?.name ??
    pack.nameRule(subject.type, typeFacts(pack.pkg, subject.type))
  const name = rule && valueAt(inputs, rule.property)
  const incarnation = identifiers(seed, subject.urn, stableText(inputs)).hex(8)
  return {
    ...place,
    incarnation,
    type: subject.type,
    urn: subject.urn,
    urnName: subject.name,
    inputs,
    name: typeof name === 'string' ? name : subject.name,
    id: '',
    created,
    make: identifiers(seed, incarnation, subject.urn, place.account, place.region),
    instance
  }
}

/**
 * Queries for what a new resource could be taken for: earlier ones of its URN, and whatever has its
 * id.
 */
export function rivalQueries (pack: PackageModel, draft: Draft): CloudQuery[] {
  const { pkg } = pack
  const { type, account, urn } = draft
  const model = modelOf(pack, type)
  const id = (model?.id ?? pack.id)(draft)
  return [
    { pkg, type, token: urn },
    { pkg, type, account, id: storedId(pack, draft, id, model?.global ? '' : draft.region) },
    ...keptQueries(pack, { ...draft, id })
  ]
}

/**
 * The draft of a new resource with its id: the next one where an earlier resource of its URN still
 * has the first. `deleted`: how often its URN was deleted, for what no cloud keeps.
 */
export function identified (
  { package: pack, seed }: Drafting,
  draft: Draft,
  records: readonly CloudRecord[],
  deleted = 0
): Draft {
  const idOf = modelOf(pack, draft.type)?.id ?? pack.id
  if (pack.stateOnly) {
    const before = deleted === 0 ? [] : [deleted]
    const made = { ...draft, make: identifiers(seed, draft.urn, stableText(draft.inputs), ...before) }
    return { ...made, id: idOf(made) }
  }
  let made = { ...draft, id: idOf(draft) }
  for (let attempt = 1; attempt < attempts; attempt++) {
    const { incarnation, urn, account, region } = draft
    if (!records.some((record) => isRecordOf(pack, record, made))) break
    const next = { ...draft, make: identifiers(seed, incarnation, urn, account, region, attempt) }
    made = { ...next, id: idOf(next) }
  }
  return { ...made, make: identifiersOf(made) }
}

/** The draft of an update with what the record of its resource has kept. */
export function continued (
  draft: Draft,
  own: Pick<CloudRecord, 'incarnation' | 'created'> | undefined
): Draft {
  const kept = { ...draft, ...own && { incarnation: own.incarnation, created: own.created } }
  return { ...kept, make: identifiersOf(kept) }
}
