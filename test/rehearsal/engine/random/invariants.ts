// The things that hold after every operation, whatever happened in it.
import assert from 'node:assert/strict'
import { type ResourceV3 } from '../../../../rehearsal/store.ts'
import { type Call, type ModelCloud } from './model-cloud.ts'
import { type Ended } from './world.ts'

const isManaged = ({ custom, type }: ResourceV3): boolean => custom && type.startsWith('model:')

/** Things that the state rightly no longer has. */
export class Left {
  readonly #ids = new Set<string>()

  /** Takes notice of what an operation left in the cloud on purpose. */
  note (before: readonly ResourceV3[], after: readonly ResourceV3[]): void {
    const there = new Set(after.filter((resource) => !resource.pendingReplacement).map(({ id }) => id))
    for (const resource of before) {
      const kept = resource.retainOnDelete === true || resource.deletedWith !== undefined
      if (isManaged(resource) && resource.id && kept && !there.has(resource.id)) this.#ids.add(resource.id)
    }
  }

  has (id: string): boolean {
    // What is to be imported belongs to nobody yet.
    return this.#ids.has(id) || id.startsWith('found-')
  }
}

const sorted = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, member: unknown) =>
      member !== null && typeof member === 'object' && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : 1))
        : member
  )

/** The state is what the cloud has. */
export function assertStateIsCloud (
  resources: readonly ResourceV3[],
  cloud: ModelCloud,
  left: Left,
  options: { inputs: boolean }
): void {
  const held = new Map<string, ResourceV3>()
  for (const resource of resources.filter(isManaged)) {
    // It was deleted, and its replacement is still to come.
    if (resource.pendingReplacement) continue
    const id = resource.id ?? ''
    assert.ok(cloud.things.has(id), `the state has ${resource.urn} as ${id}, and the cloud does not`)
    assert.ok(!held.has(id), `the state has ${id} twice`)
    held.set(id, resource)
  }
  for (const { id, urn, inputs } of cloud.things.values()) {
    const resource = held.get(id)
    if (resource === undefined) {
      assert.ok(left.has(id), `the cloud has ${id} of ${urn}, and the state does not`)
    } else if (options.inputs && !resource.delete) {
      assert.equal(sorted(resource.inputs ?? {}), sorted(inputs), `inputs of ${resource.urn}`)
    }
  }
  const urns = resources.filter((resource) => !resource.delete).map(({ urn }) => urn)
  assert.deepEqual(urns.filter((urn, n) => urns.indexOf(urn) !== n), [], 'URNs are unique')
  assertInOrder(resources)
  assert.deepEqual(cloud.wrong, [], 'calls that could not be right')
}

/** Whatever a resource depends on comes before it in the state. */
function assertInOrder (resources: readonly ResourceV3[]): void {
  const seen = new Set<string>()
  for (const { urn, parent, dependencies = [], propertyDependencies = {}, provider, ...rest } of resources) {
    const needs = [
      ...(parent === undefined ? [] : [parent]),
      ...(provider === undefined ? [] : [provider.slice(0, provider.lastIndexOf('::'))]),
      ...dependencies,
      ...Object.values(propertyDependencies).flat(),
      ...(rest.deletedWith === undefined ? [] : [rest.deletedWith])
    ]
    for (const need of needs) assert.ok(seen.has(need), `${urn} is before ${need} in the state`)
    seen.add(urn)
  }
}

/** Nothing is deleted before what depends on it. */
export function assertDeletedInOrder (
  before: readonly ResourceV3[],
  { calls, how }: Ended,
  left: Left
): void {
  const deletes = calls.filter(({ operation }) => operation === 'delete')
  for (const call of deletes) {
    for (const { id, key } of call.usedBy) {
      if (left.has(id)) continue
      // Deleted to make room for its replacement, or for that of what it depends on: what an
      // update can repair may wait.
      if (!key.startsWith('fixed') && (comesBack(call, calls) || how !== 'succeeded')) continue
      assert.fail(`${call.id} was deleted while ${id} named it in ${key}`)
    }
  }
  const place = new Map(deletes.map(({ id }, n) => [id, n]))
  const byUrn = Map.groupBy(before, ({ urn }) => urn)
  for (const { id = '', dependencies = [] } of before.filter(isManaged)) {
    const own = place.get(id)
    if (own === undefined) continue
    for (const other of dependencies.flatMap((urn) => byUrn.get(urn) ?? [])) {
      const theirs = place.get(other.id ?? '')
      const call = theirs === undefined ? undefined : deletes[theirs]
      if (theirs === undefined || call === undefined || comesBack(call, calls) || how !== 'succeeded') {
        continue
      }
      if (other.delete) continue
      assert.ok(own < theirs, `${other.id} was deleted before ${id}, which depends on it`)
    }
  }
}

/** Tells if a resource was deleted before its replacement was made. */
function comesBack (deletion: Call, calls: readonly Call[]): boolean {
  return calls.slice(calls.indexOf(deletion)).some(({ operation, urn }) =>
    operation === 'create' && urn === deletion.urn
  )
}

/** The state without what differs between two runs of one program: ids and times. */
export function comparable (resources: readonly ResourceV3[]): unknown {
  const names = new Map(resources.flatMap(({ id, urn }) => id ? [[id, urn] as const] : []))
  const known = (text: string): string => {
    const [id = '', ...rest] = text.split('/')
    const urn = names.get(id)
    return urn === undefined ? text : [urn, ...rest].join('/')
  }
  const values = (value: unknown): unknown =>
    typeof value === 'string'
      ? known(value)
      : Array.isArray(value)
      ? value.map(values).sort()
      : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, values(member)]))
      : value
  return resources.map(({ created: _, modified: __, provider, ...resource }) => ({
    ...values(resource) as object,
    provider: provider?.slice(0, provider.lastIndexOf('::'))
  })).sort((a, b) => sorted(a) < sorted(b) ? -1 : 1)
}
