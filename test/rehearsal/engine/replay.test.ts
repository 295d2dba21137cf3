// The journal's fold, checked against an independent statement of what it must give: an operation's
// resources in order of completion, then what it has not touched.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DeploymentState } from '../../../rehearsal/engine/state/deployment-state.ts'
import { JournalWriter } from '../../../rehearsal/engine/state/journal-writer.ts'
import { replay } from '../../../rehearsal/engine/state/journal.ts'
import { type ResourceState, makeState } from '../../../rehearsal/engine/state/resource-state.ts'
import { type DeploymentV3, type JournalEntry, type ResourceV3 } from '../../../rehearsal/store.ts'

const urn = (name: string): string => `urn:pulumi:dev::test::aws:s3/bucket:Bucket::${name}`
const written = (name: string, value: number): ResourceV3 => ({
  urn: urn(name),
  custom: true,
  id: name,
  type: 'aws:s3/bucket:Bucket',
  inputs: { value }
})
const emptyManifest = { time: '2026-01-01T00:00:00Z', magic: '', version: '' }

/** An action of a run on one resource; `crash` leaves the operation pending. */
type Action = { kind: 'same' | 'update' | 'delete' | 'create' | 'fail' | 'crash', at: number }
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('same', 'update', 'delete', 'create', 'fail', 'crash'),
  at: fc.nat(7)
})

interface Model {
  done: ResourceV3[]
  rest: ResourceV3[]
  pending: { resource: ResourceV3, type: string }[]
}

/**
 * Carries out the actions; after each one the ledger must hold what the model says. Gives the
 * entries and the model after each entry count.
 */
async function carryOut (
  base: DeploymentV3,
  actions: Action[]
): Promise<{ entries: JournalEntry[], held: Map<number, DeploymentV3> }> {
  const entries: JournalEntry[] = []
  const writer = new JournalWriter({
    append: async (batch) => {
      entries.push(...structuredClone(batch))
    },
    finish: async () => undefined,
    release: async () => undefined
  }, 0)
  const state = new DeploymentState(base, { journal: writer, encrypt: (text) => text })
  const olds = state.start({ time: emptyManifest.time, version: '1' }, (text) => text)
  const model: Model = { done: [], rest: [...base.resources ?? []], pending: [] }
  const held = new Map<number, DeploymentV3>()
  const left: (ResourceState | undefined)[] = [...olds]
  let made = 0
  const check = async (): Promise<void> => {
    await writer.stored()
    const deployment = state.deployment()
    assert.deepEqual(deployment.resources ?? [], [...model.done, ...model.rest])
    assert.deepEqual(deployment.pending_operations ?? [], model.pending)
    held.set(entries.length, structuredClone(deployment))
  }
  await check()
  for (const { kind, at } of actions) {
    const old = kind === 'create' || kind === 'fail' || kind === 'crash' ? undefined : left[at]
    if (kind === 'create' || kind === 'fail' || kind === 'crash') {
      const name = `made-${made++}`
      const resource = makeState({
        urn: urn(name),
        type: 'aws:s3/bucket:Bucket',
        custom: true,
        inputs: { value: at }
      })
      const before = { urn: urn(name), custom: true, type: 'aws:s3/bucket:Bucket', inputs: { value: at } }
      model.pending.push({ resource: before, type: 'creating' })
      const mutation = await state.begin('creating', resource, true)
      await check()
      if (kind === 'crash') continue
      model.pending = model.pending.filter(({ resource: pending }) => pending !== before)
      resource.id = name
      if (kind === 'create') model.done.push({ ...written(name, at) })
      state.end({ mutation, ...(kind === 'create' && { add: resource }) })
    } else if (old) {
      left[at] = undefined
      const place = model.rest.findIndex((resource) => resource.urn === old.urn)
      const [resource] = model.rest.splice(place, 1)
      assert.ok(resource)
      if (kind === 'same') {
        state.keep(old, { ...old })
        model.done.push(resource)
      } else {
        const mutation = await state.begin(kind === 'update' ? 'updating' : 'deleting', old, true)
        if (kind === 'update') model.done.push({ ...resource, inputs: { value: -1 } })
        state.end({
          mutation,
          remove: old,
          ...(kind === 'update' && { add: { ...old, inputs: { value: -1 } } })
        })
      }
    }
    await check()
  }
  return { entries, held }
}

const bases = fc.nat(7).map((count): DeploymentV3 => ({
  manifest: emptyManifest,
  ...(count > 0 && { resources: Array.from({ length: count }, (_, n) => written(`old-${n}`, n)) }),
  metadata: {}
}))

describe('replay', () => {
  test('of a prefix of the journal is the state that the engine held at that moment', async () => {
    await fc.assert(
      fc.asyncProperty(bases, fc.array(action, { maxLength: 12 }), async (base, actions) => {
        const { entries, held } = await carryOut(base, actions)
        for (const [count, deployment] of held) {
          assert.deepEqual(replay(base, entries.slice(0, count)), deployment)
        }
      }),
      { numRuns: 60 }
    )
  })

  test('of no entries is the base itself', () => {
    assert.equal(replay(undefined, []), undefined)
  })

  test('does not change what it is given', async () => {
    await fc.assert(
      fc.asyncProperty(bases, fc.array(action, { maxLength: 8 }), async (base, actions) => {
        const { entries } = await carryOut(base, actions)
        const before = structuredClone({ base, entries })
        replay(base, entries)
        assert.deepEqual({ base, entries }, before)
      }),
      { numRuns: 20 }
    )
  })

  test('of the journals of a crashed and a later operation keeps the creation that was pending', async () => {
    const base: DeploymentV3 = { manifest: emptyManifest, metadata: {} }
    const { entries } = await carryOut(base, [{ kind: 'create', at: 0 }, { kind: 'crash', at: 1 }])
    const later: JournalEntry = {
      seq: entries.length + 1,
      kind: 'start',
      time: emptyManifest.time,
      version: '2'
    }
    const deployment = replay(base, [...entries, later])
    assert.deepEqual(deployment?.resources?.map((resource) => resource.urn), [urn('made-0')])
    assert.deepEqual(deployment?.pending_operations?.map(({ resource, type }) => [resource.urn, type]), [[
      urn('made-1'),
      'creating'
    ]])
  })
})

describe('the journal writer', () => {
  test('sends what is ready at the same time in one append, in order', async () => {
    const batches: number[][] = []
    const writer = new JournalWriter({
      append: async (batch) => {
        batches.push(batch.map(({ seq }) => seq))
      },
      finish: async () => undefined,
      release: async () => undefined
    }, 4)
    for (let n = 0; n < 3; n++) writer.write({ kind: 'forget' })
    await writer.stored()
    writer.write({ kind: 'forget' })
    await writer.stored()
    assert.deepEqual(batches, [[5, 6, 7], [8]])
  })

  test('reports a refusal of the store to everyone who waits from then on', async () => {
    const writer = new JournalWriter({
      append: async () => {
        throw new Error('lease lost')
      },
      finish: async () => undefined,
      release: async () => undefined
    }, 0)
    writer.write({ kind: 'forget' })
    await assert.rejects(writer.stored(), /lease lost/)
    writer.write({ kind: 'forget' })
    await assert.rejects(writer.stored(), /lease lost/)
  })
})
