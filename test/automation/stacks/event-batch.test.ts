import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { EventBatch } from '../../../automation/stacks/event-batch.ts'
import { ofType } from '../../../contract/event.ts'
import { diagnostic } from '../../fixtures/events.ts'

const draft = (n: number): EventDraft => diagnostic(String(n))

suite('event batches', () => {
  test('however events come, all are handed on once and in order by a flush', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 700 }), { maxLength: 12 }), (sizes) => {
      const sent: EventDraft[] = []
      const batch = new EventBatch((events) => {
        sent.push(...events)
      })
      let n = 0
      for (const size of sizes) batch.add(Array.from({ length: size }, () => draft(n++)))
      batch.flush()
      assert.deepEqual(
        ofType(sent, 'diagnostic').map(({ message }) => Number(message)),
        Array.from({ length: n }, (_, index) => index)
      )
    }))
  })

  test('the first event after a quiet moment leaves at once, the next ones together', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const batches: EventDraft[][] = []
    const batch = new EventBatch((events) => {
      batches.push(events)
      if (batches.length === 2) resolve(undefined)
    })
    for (let n = 0; n < 4; n++) batch.add([draft(n)])
    assert.deepEqual(batches, [[draft(0)]])
    await promise
    assert.deepEqual(batches[1], [draft(1), draft(2), draft(3)])
  })
})
