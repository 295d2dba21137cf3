import assert from 'node:assert/strict'
import type { Event } from '../../contract/event.ts'

/** Fails unless the starts and ends of each unit alternate. */
export function assertNeverTwice (events: readonly Event[]): void {
  const running = new Set<string>()
  for (const event of events) {
    if (!('unit' in event)) continue
    if (event.type === 'unit.started') {
      assert.ok(!running.has(event.unit), `${event.unit} started while it ran (event ${event.seq})`)
      running.add(event.unit)
    } else if (/^unit\.(interrupted|succeeded|failed|canceled|retrying)$/.test(event.type)) {
      running.delete(event.unit)
    }
  }
  assert.deepEqual([...running], [])
}
