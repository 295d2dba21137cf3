/** A deployment whose service is killed several times, and the conditions at its end. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { Event } from '../../contract/event.ts'
import { call, ended, eventsOf, launch, unitsOf, until } from '../fixtures/client.ts'
import type { Installation } from '../fixtures/installation.ts'
import { assertStatesMatchClouds } from '../fixtures/stored-world.ts'
import { assertNeverTwice } from './never-twice.ts'

/**
 * Tells whether the service is killed now, from the events so far and those before the last kill.
 */
export type Moment = (seen: readonly Event[], before: readonly Event[]) => boolean

/**
 * Brings Nautilus up and kills the service at one moment after another, as far as they come. Fails
 * unless the deployment then succeeds with no event lost or doubled, no unit run twice at once, and
 * clouds that hold what the states say. Resolves with its events and how many kills there were.
 */
export async function killedDeployment (
  installation: Installation,
  moments: readonly Moment[]
): Promise<{ kills: number, events: Event[] }> {
  let service = await installation.start()
  const { id } = await launch(service.url, { federation: 'nautilus', operation: 'up' })
  const seen: Event[] = []
  let kills = 0
  for (const moment of moments) {
    if (!await comes(moment, seen, service.url, id)) break
    await service.kill()
    kills++
    service = await installation.start()
  }
  const deployment = await until(service.url, id, ended)
  const broken = (await unitsOf(service.url, id)).filter((unit) => unit.error)
  assert.equal(deployment.status, 'succeeded', JSON.stringify([deployment.error, broken]))
  const events = await eventsOf(service.url, id)
  assert.deepEqual(events.map((event) => event.seq), events.map((_, index) => index + 1))
  // The events that a client read before a kill are the stored ones.
  assert.deepEqual(events.slice(0, seen.length), seen)
  assertNeverTwice(events)
  await assertStatesMatchClouds(await installation.databaseUrl())
  return { kills, events }
}

/** Reads on until the moment comes, or the deployment ends without it. */
async function comes (moment: Moment, seen: Event[], url: string, id: string): Promise<boolean> {
  const before = [...seen]
  for (;;) {
    const path = `/v1/deployments/${id}/events?after=${seen.at(-1)?.seq ?? 0}&limit=1000`
    seen.push(...(await call<{ items: Event[] }>(url, 'GET', path)).body.items)
    if (moment(seen, before)) return true
    if (/^deployment\.(succeeded|failed|canceled)$/.test(seen.at(-1)?.type ?? '')) return false
    await delay(20)
  }
}
