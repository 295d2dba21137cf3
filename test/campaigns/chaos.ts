import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { type Deployment } from '../../contract/deployment.ts'
import { type Stack } from '../../contract/federation.ts'
import { onePair } from '../fixtures/part-of-nautilus.ts'
import type { Campaign, SearchOptions } from './campaign.ts'
import { type ChaosDatabase, startChaosDatabase } from './chaos/database.ts'
import { type Fault, schedules } from './chaos/faults.ts'
import { Reader } from './chaos/reader.ts'
import { type Services, startServices } from './chaos/services.ts'

/** Faults of one schedule: some half a minute of them. */
const faultsEach = 15
/** Worlds that are deployed and destroyed meanwhile, so that there is work at every fault. */
const worldsEach = 3

export const chaos: Campaign = {
  name: 'chaos',
  searches: 'kills, freezes, database restarts, read-only spells, cut connections and limits that three ' +
    'services on one database do not survive by themselves',
  runs: 2,
  async search ({ seed, runs, say }) {
    const database = await startChaosDatabase()
    const stop = new AbortController()
    let services: Services | undefined
    try {
      services = await startServices(database.url, onePair)
      const reader = new Reader(services.members, stop.signal)
      const { stacks: calm } = await deployed(reader, 'calm', AbortSignal.abort())
      say(`undisturbed: ${calm.length} stacks`)
      for (const [index, faults] of schedules(seed, runs, faultsEach).entries()) {
        const worlds = Array.from({ length: worldsEach }, (_, number) => `chaos-${index + 1}-${number + 1}`)
        await disturbed({ database, services, reader, say }, { worlds, faults, calm })
      }
      assert.deepEqual(services.ends, [])
      say(`read: ${Object.entries(reader.figures).map(([name, count]) => `${name} ${count}`).join(', ')}`)
    } finally {
      stop.abort()
      await services?.close()
      await database.close()
    }
  }
}

interface Scene extends Pick<SearchOptions, 'say'> {
  readonly database: ChaosDatabase
  readonly services: Services
  readonly reader: Reader
}

/** Launches in each world, does what the schedule says meanwhile, and compares what is deployed. */
async function disturbed (
  { database, services, reader, say }: Scene,
  { worlds, faults, calm }: { worlds: string[], faults: Fault[], calm: string[] }
): Promise<void> {
  const over = new AbortController()
  const quiet = new AbortController()
  const health = (async () => {
    while (!over.signal.aborted) {
      await reader.health()
      await delay(200)
    }
  })()
  // Awaited below; a finding meanwhile is not to end the process.
  health.catch(() => undefined)
  const started = Date.now()
  const launched = Promise.all(worlds.map((world) => deployed(reader, world, quiet.signal)))
  launched.catch(() => undefined)
  try {
    for (const fault of faults) {
      await delay(fault.pause)
      await inflict(fault, database, services)
      say(`+${((Date.now() - started) / 1000).toFixed(1)} s: ${told(fault)}`)
    }
    quiet.abort()
    for (const [index, { stacks }] of (await launched).entries()) {
      assert.deepEqual(
        stacks,
        calm,
        `stacks of world ${worlds[index] ?? ''} are not those of an undisturbed run`
      )
    }
  } finally {
    over.abort()
  }
  await health
  const runs = (await launched).reduce((sum, one) => sum + one.runs, 0)
  say(`${runs} deployments ended after ${Math.round((Date.now() - started) / 1000)} s, stacks equal`)
}

/** Runs one operation in a world to its end. */
async function ran (
  reader: Reader,
  operation: 'up' | 'destroy',
  { world, round }: { world: string, round: number }
): Promise<void> {
  const { id } = await reader.ask<Deployment>('POST', '/v1/deployments', {
    federation: 'nautilus',
    operation,
    phases: { to: 3 },
    rehearsal: { world }
  }, `${operation}-${world}-${round}`)
  await reader.end(id)
}

/**
 * Deploys into a world, and destroys and deploys it again until it is enough.
 * Resolves with its stacks and the number of their resources, and the deployments that it took.
 */
async function deployed (
  reader: Reader,
  world: string,
  enough: AbortSignal
): Promise<{ stacks: string[], runs: number }> {
  await ran(reader, 'up', { world, round: 1 })
  let runs = 1
  while (!enough.aborted) {
    await ran(reader, 'destroy', { world, round: runs })
    await ran(reader, 'up', { world, round: runs + 1 })
    runs += 2
  }
  const { items } = await reader.ask<{ items: Stack[] }>(
    'GET',
    `/v1/federations/nautilus/stacks?world=${world}&limit=1000`
  )
  return { stacks: items.map(({ stack, resources }) => `${stack}: ${resources}`).sort(), runs }
}

/** Does one thing to a service or to the database. */
export async function inflict (fault: Fault, database: ChaosDatabase, services: Services): Promise<void> {
  switch (fault.kind) {
    case 'kill':
      return await services.kill(fault.service)
    case 'host':
      await services.killHost(fault.service)
      return
    case 'freeze':
      return await services.freeze(fault.service, fault.lasts)
    case 'restart':
      return await database.restart(fault.signal, fault.lasts)
    case 'read-only':
      return await database.readOnly(fault.lasts)
    case 'cut':
      return await database.cut(fault.names)
    case 'limit':
      return await database.limit(fault.connections, fault.lasts)
  }
}

function told ({ pause: _pause, ...fault }: Fault): string {
  return Object.values(fault).map((value) => typeof value === 'number' ? String(value) : value).join(' ')
}
