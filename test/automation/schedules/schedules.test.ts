import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AutomationError } from '../../../automation/errors.ts'
import { type DeploymentLauncher, type Launched } from '../../../automation/launcher.ts'
import { keyOf, lastDue, nextDue, requestOf } from '../../../automation/schedules/due.ts'
import { Scheduler } from '../../../automation/schedules/scheduler.ts'
import { type Schedule } from '../../../programs/types/operation.ts'
import { type Federation } from '../../../programs/types.ts'

const nightly: Schedule = {
  name: 'nightly',
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  operation: 'up',
  mode: 'rehearsal',
  phases: { from: 1, to: 8 },
  world: 'fresh',
  overlap: 'skip'
}
const at = (text: string) => new Date(text)

test('times count in their zone, and each day has one, also when clocks change', () => {
  assert.equal(nextDue(nightly, at('2026-11-21T00:00:00Z'))?.toISOString(), '2026-11-21T01:30:00.000Z')
  assert.equal(lastDue(nightly, at('2026-11-21T01:30:00Z'))?.toISOString(), '2026-11-21T01:30:00.000Z')
  assert.equal(lastDue(nightly, at('2026-11-21T01:29:59Z'))?.toISOString(), '2026-11-20T01:30:00.000Z')
  // 29 March 2026 has no 2:30 in Berlin, 25 October two of them.
  for (const day of ['2026-03-28', '2026-10-24']) {
    const times: string[] = []
    let now = at(`${day}T12:00:00Z`)
    for (let count = 0; count < 3; count++) {
      now = nextDue(nightly, now) ?? assert.fail()
      times.push(now.toISOString())
    }
    assert.equal(
      new Set(times.map((time) => new Date(time).toLocaleDateString('sv', { timeZone: 'Europe/Berlin' })))
        .size,
      3,
      times.join()
    )
  }
})

test('each time is launched once, by whichever process; what was missed for long is left out', async () => {
  let now = at('2026-11-21T01:30:05Z')
  const launched = new Map<string, unknown>()
  let asked = 0
  const launch: DeploymentLauncher['launch'] = async (
    request,
    { idempotencyKey = '', actor, origin } = {}
  ) => {
    asked++
    const created = !launched.has(idempotencyKey)
    launched.set(idempotencyKey, [request.operation, request.rehearsal?.world, actor?.subject, origin?.due])
    return {
      created,
      deployment: { id: idempotencyKey } as Launched['deployment']
    }
  }
  const quiet = () => undefined
  const process = () =>
    new Scheduler({
      federations: async () => [{ name: 'nautilus', schedules: [nightly] } as unknown as Federation],
      deployments: { launch },
      leaveOut: async () => assert.fail(),
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      now: () => now
    })
  const [one, other] = [process(), process()]
  await one.look()
  await one.look()
  await other.look()
  assert.deepEqual([...launched], [[keyOf('nautilus', nightly, at('2026-11-21T01:30:00Z')), [
    'up',
    'fresh',
    'schedule:nautilus:nightly',
    '2026-11-21T01:30:00.000Z'
  ]]])
  assert.equal(asked, 2, 'a process asks once for each time')
  // A restart within ten minutes of the time still launches it, a later one does not.
  now = at('2026-11-22T01:39:00Z')
  await process().look()
  now = at('2026-11-23T01:41:00Z')
  await process().look()
  assert.equal(launched.size, 2)
})

test('what may pass is tried again, what does not is said once', async () => {
  const said: string[] = []
  let failure: AutomationError = new AutomationError('store-unavailable', {})
  const quiet = () => undefined
  const scheduler = new Scheduler({
    federations: async () => [{ name: 'nautilus', schedules: [nightly] } as unknown as Federation],
    deployments: {
      launch: async () => {
        throw failure
      }
    },
    leaveOut: async () => assert.fail(),
    now: () => at('2026-11-21T01:31:00Z'),
    logger: {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (fields) => {
        said.push(String(fields.code))
      }
    }
  })
  await assert.rejects(scheduler.look(), { code: 'store-unavailable' })
  failure = new AutomationError('plan-empty', { why: 'nothing' })
  await scheduler.look()
  await scheduler.look()
  assert.deepEqual(said, ['plan-empty'])
})

test('a full queue of one federation does not keep others from launching, and is tried again', async () => {
  const asked: string[] = []
  let full = true
  const quiet = () => undefined
  const scheduler = new Scheduler({
    federations: async () =>
      ['one', 'two'].map((name) => ({ name, schedules: [nightly] }) as unknown as Federation),
    deployments: {
      launch: async ({ federation }) => {
        asked.push(federation)
        if (full && federation === 'one') {
          throw new AutomationError('queue-full', { of: 'federation', federation, limit: 1 })
        }
        return { created: true, deployment: { id: federation } as Launched['deployment'] }
      }
    },
    leaveOut: async () => assert.fail(),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    now: () => at('2026-11-21T01:31:00Z')
  })
  await scheduler.look()
  full = false
  await scheduler.look()
  await scheduler.look()
  assert.deepEqual(asked, ['one', 'two', 'one'])
})

test('a live up waits for an approval of each phase; what changes nothing live does not', () => {
  const live: Schedule = { ...nightly, mode: 'live' }
  assert.equal(requestOf('nautilus', live).approvals, 'each-phase')
  assert.equal(requestOf('nautilus', { ...live, operation: 'drift-check' }).approvals, 'none')
  assert.equal(requestOf('nautilus', nightly).approvals, 'none')
})
