/**
 * `kill -9` of the service in each of the eight phases: after each restart the deployment goes on
 * by itself.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Event, ofType } from '../../contract/event.ts'
import { call, ended, eventsOf, launch, unitsOf, until } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { onePair, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import { assertStatesMatchClouds } from '../fixtures/stored-world.ts'

suite('kill -9 of the service', { timeout: 900_000 }, () => {
  let installation: Installation
  before(async () => {
    // With the PostgreSQL of its own that most have, which outlives each kill.
    installation = await makeInstallation({
      database: 'embedded',
      environment: async (folder) => ({ WINDLASS_FEDERATIONS: await partOfNautilus(folder, onePair) })
    })
  })
  after(async () => {
    await installation?.close()
  })

  test(
    'in each of the eight phases the deployment completes, with no event lost or doubled and no unit run ' +
      'twice at once',
    async () => {
      let service = await installation.start()
      const { id } = await launch(service.url, { federation: 'nautilus', operation: 'up' })
      const seen: Event[] = []
      for (let phase = 1; phase <= 8; phase++) {
        // The kill falls where the work is: when a resource of this phase has begun.
        for (let found = false; !found;) {
          const { body } = await call<{ items: Event[] }>(
            service.url,
            'GET',
            `/v1/deployments/${id}/events?after=${seen.at(-1)?.seq ?? 0}&limit=1000`
          )
          seen.push(...body.items)
          found = ofType(seen, 'resource.started').some((event) => event.phase === phase)
          if (!found) await delay(20)
        }
        await service.kill()
        service = await installation.start()
      }
      const deployment = await until(service.url, id, ended)
      const units = await unitsOf(service.url, id)
      assert.equal(
        deployment.status,
        'succeeded',
        JSON.stringify([deployment.error, units.filter((unit) => unit.error)])
      )
      const events = await eventsOf(service.url, id)
      assert.deepEqual(events.map((event) => event.seq), events.map((_, index) => index + 1))
      // What a client had read before a kill is what is stored.
      assert.deepEqual(events.slice(0, seen.length), seen)
      assert.ok(events.some((event) => event.type === 'unit.interrupted'), 'no kill interrupted a unit')
      assertNeverTwice(events)
      await assertStatesMatchClouds(await installation.databaseUrl())
    }
  )
})

/** Each unit's starts and ends alternate: it never starts while it runs. */
function assertNeverTwice (events: Event[]): void {
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
