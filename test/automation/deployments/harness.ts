/** A deployment service over a real database and a scripted runner. */
import { fileURLToPath } from 'node:url'
import { startAutomation, type StartOptions } from '../../../automation/index.ts'
import { type Logger } from '../../../automation/logger.ts'
import { type Automation } from '../../../automation/ports.ts'
import { type UnitRunner } from '../../../automation/stacks/types.ts'
import { type Deployment, type Unit } from '../../../contract/deployment.ts'
import { type Event } from '../../../contract/event.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type TestServer } from './database.ts'

export const federations = fileURLToPath(new URL('../../../federations', import.meta.url))

/** Errors and warnings go to the test's output: none is expected unless a test says so. */
export const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn (fields, message) {
    console.error('warn', message, fields)
  },
  error (fields, message) {
    console.error('error', message, fields)
  }
}

export async function start (
  databaseUrl: string,
  runner: UnitRunner,
  options: Partial<StartOptions> = {}
): Promise<Automation> {
  return await startAutomation({
    databaseUrl,
    federations,
    workers: runner.size,
    secretsKey: Buffer.alloc(32, 7),
    logger,
    dataFolder: '/nonexistent',
    engine: 'rehearsal',
    live: { on: false, guarded: true },
    graceSeconds: 5,
    runner,
    onLeaseLost: (reason) => {
      console.error('lease lost', reason)
    },
    ...options
  })
}

/** A launch with the defaults that the server fills in. */
export function request (change: Partial<Launch> = {}): Launch {
  return {
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    phases: { from: 1, to: 8 },
    ordering: 'phased',
    approvals: 'none',
    rehearsal: { world: 'default', timeScale: 0, seed: 1, faults: [] },
    ...change
  }
}

/** Follows a deployment to its end; rejects after half a minute, far above what any test takes. */
export async function ended (
  automation: Automation,
  id: string,
  after = 0
): Promise<{ deployment: Deployment, events: Event[] }> {
  const events: Event[] = []
  const signal = AbortSignal.timeout(30_000)
  for await (const batch of automation.follow(id, { after, signal })) events.push(...batch)
  if (signal.aborted) {
    throw new Error(`deployment ${id} did not end: ${JSON.stringify(await automation.deployment(id))}`)
  }
  return { deployment: await automation.deployment(id), events }
}

/** Waits for an event of a type (and unit), by following. */
export async function until (
  automation: Automation,
  id: string,
  matches: (event: Event) => boolean,
  after = 0
): Promise<Event> {
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)])
  for await (const batch of automation.follow(id, { after, signal })) {
    const found = batch.find(matches)
    if (found) return found
  }
  throw new Error(`deployment ${id} ended without the event`)
}

/** All stored events, page by page, as a poller reads them. */
export async function polled (automation: Automation, id: string, limit = 7): Promise<Event[]> {
  const events: Event[] = []
  for (;;) {
    const page = await automation.events(id, { after: events.at(-1)?.seq ?? 0, limit })
    events.push(...page.items)
    if (page.next === undefined) return events
  }
}

/** Fails unless the events are 1..n. */
export function gapless (events: readonly Event[]): boolean {
  return events.every((event, index) => event.seq === index + 1)
}

/** Runs `work` with a service on a database of its own. */
export async function withService (
  server: TestServer,
  runner: UnitRunner,
  work: (automation: Automation, databaseUrl: string) => Promise<void>,
  options: Partial<StartOptions> = {}
): Promise<void> {
  const url = await server.database()
  const automation = await start(url, runner, options)
  try {
    await work(automation, url)
  } finally {
    await automation.close()
  }
}

/** All units of a deployment, by id. */
export async function unitsOf (automation: Automation, id: string): Promise<Map<string, Unit>> {
  const { items } = await automation.units(id, { limit: 1000 })
  return new Map(items.map((unit) => [unit.id, unit]))
}
