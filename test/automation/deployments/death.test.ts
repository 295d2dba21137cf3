import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Automation } from '../../../automation/ports.ts'
import { type EventRow } from '../../../automation/store/deployments/events.ts'
import { type Event } from '../../../contract/event.ts'
import { type Launch } from '../../../contract/launch.ts'
import { ended, gapless, polled, request, start, unitsOf, until } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded, untilAborted } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const program = fileURLToPath(new URL('../../fixtures/automation/child-service.ts', import.meta.url))
const children = new Set<ChildProcess>()

async function spawnService (url: string, hosts = 4, milliseconds = 100): Promise<ChildProcess> {
  const child = fork(program, [url, String(hosts), String(milliseconds)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  children.add(child)
  child.once('exit', () => {
    children.delete(child)
  })
  const [message] = await once(child, 'message')
  assert.equal(message, 'ready')
  return child
}

async function launchIn (child: ChildProcess, launch: Launch): Promise<string> {
  child.send({ launch })
  const [answer] = await once(child, 'message') as [{ launched?: string }]
  assert.ok(answer.launched, JSON.stringify(answer))
  return answer.launched
}

async function kill (child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** An event as the table has it, without its body. */
type StoredRow = Pick<EventRow, 'seq' | 'type' | 'phase' | 'unit'>

/**
 * Checks a deployment's log, which must look the same whatever was killed: each unit's attempts one
 * after another, each begun once and ended once, and an interruption before the next start.
 */
function checkAttempts (events: readonly Event[]): void {
  assert.ok(gapless(events))
  const running = new Map<string, number>()
  const final = new Set<string>()
  for (const event of events) {
    switch (event.type) {
      case 'unit.started':
        assert.ok(!running.has(event.unit), `${event.unit} started while it ran`)
        assert.ok(!final.has(event.unit), `${event.unit} started after its end`)
        running.set(event.unit, event.attempt)
        break
      case 'unit.succeeded':
      case 'unit.failed':
      case 'unit.retrying':
      case 'unit.interrupted':
        assert.equal(
          running.get(event.unit),
          event.attempt,
          `${event.unit} ended an attempt that did not run`
        )
        running.delete(event.unit)
        if (event.type === 'unit.succeeded' || event.type === 'unit.failed') final.add(event.unit)
        break
      case 'resource.started':
      case 'resource.succeeded':
      case 'resource.failed':
        assert.ok(running.has(event.unit), `${event.unit} told of a resource while it did not run`)
        break
      default:
    }
  }
  assert.equal(running.size, 0)
}

async function withOpened (
  url: string,
  runner: ScriptedRunner,
  work: (automation: Automation) => Promise<void>
): Promise<void> {
  const automation = await start(url, runner)
  try {
    await work(automation)
  } finally {
    await automation.close()
  }
}

suite('the death of a process', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    for (const child of children) child.kill('SIGKILL')
    await server.close()
  })

  test(
    'after a kill -9 of the service and a start, the deployment goes on by itself: nothing lost, nothing ' +
      'doubled, nothing to unlock',
    async () => {
      const { url } = await server.database()
      const child = await spawnService(url, 4, 60)
      const id = await launchIn(child, request({ phases: { from: 1, to: 4 } }))
      // Somewhere in the second phase.
      const watch = new pg.Client({ connectionString: url })
      await watch.connect()
      let seen: { rows: StoredRow[] } = { rows: [] }
      while (seen.rows.filter((event) => event.type === 'unit.started' && event.phase === 2).length < 3) {
        await delay(10)
        seen = await watch.query<StoredRow>(
          'SELECT seq, type, phase, unit FROM windlass.events WHERE deployment = $1 ORDER BY seq',
          [id]
        )
      }
      await kill(child)
      seen = await watch.query<StoredRow>(
        'SELECT seq, type, phase, unit FROM windlass.events WHERE deployment = $1 ORDER BY seq',
        [id]
      )
      await watch.end()
      const runner = new ScriptedRunner(4)
      await withOpened(url, runner, async (automation) => {
        const { deployment, events } = await ended(automation, id)
        assert.equal(deployment.status, 'succeeded')
        checkAttempts(events)
        const interrupted = events.filter((event) => event.type === 'unit.interrupted')
        assert.ok(interrupted.length > 0)
        // What was stored before the kill is what is stored now.
        assert.deepEqual(
          events.slice(0, seen.rows.length).map((event) => [
            event.seq,
            event.type,
            'unit' in event ? event.unit : null
          ]),
          seen.rows.map(({ seq, type, unit }) => [seq, type, unit])
        )
        // What had succeeded did not run again, and what was cut off is settled first.
        const before = new Set(
          seen.rows.filter((event) => event.type === 'unit.succeeded').map((event) => event.unit)
        )
        assert.deepEqual(runner.order.filter((unit) => before.has(unit)), [])
        for (const event of interrupted) {
          assert.equal(runner.runs.find((run) => run.unit.unit === event.unit)?.unit.settle, true)
        }
        assert.ok([...(await unitsOf(automation, id)).values()].every((unit) => unit.status === 'succeeded'))
      })
    }
  )

  test('a living peer takes over what a killed one drove, and queued deployments start', async () => {
    const { url } = await server.database()
    const child = await spawnService(url, 4, 60)
    const peer = new ScriptedRunner(4)
    await withOpened(url, peer, async (automation) => {
      const id = await launchIn(child, request({ phases: { from: 1, to: 3 } }))
      const next = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      await until(automation, id, 'unit.started', { phase: 2 })
      assert.equal(peer.runs.length, 0)
      await kill(child)
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      checkAttempts(events)
      assert.deepEqual(await polled(automation, id, 50), events)
      assert.ok(peer.runs.length > 0)
      assert.equal((await ended(automation, next.deployment.id)).deployment.status, 'succeeded')
    })
  })

  test('three kills in a row, one of them while a cancel is under way', async () => {
    const { url } = await server.database()
    const first = await spawnService(url, 2, 80)
    const id = await launchIn(first, request({ phases: { from: 1, to: 2 } }))
    await delay(300)
    await kill(first)
    const second = await spawnService(url, 2, 80)
    await delay(900)
    await kill(second)
    const third = await spawnService(url, 2, 10_000)
    const watch = new pg.Client({ connectionString: url })
    await watch.connect()
    const running = async (): Promise<number> =>
      (await watch.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM windlass.units WHERE deployment = $1 AND status = 'running' AND " +
          'attempt > 0',
        [id]
      )).rows[0]?.n ?? 0
    while (await running() === 0) await delay(20)
    // Canceled from elsewhere, as any replica may do; then its driver dies before it has ended.
    await watch.query("UPDATE windlass.deployments SET status = 'canceling' WHERE id = $1", [id])
    await kill(third)
    await watch.end()
    await withOpened(url, new ScriptedRunner(2), async (automation) => {
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'canceled')
      checkAttempts(events)
    })
  })

  test('a service that is closed interrupts its units; the next start goes on with them', async () => {
    const { url } = await server.database()
    let hold = true
    const runner = new ScriptedRunner(
      4,
      (unit, { signal }) => hold && unit.phaseNumber === 2 ? untilAborted(signal) : succeeded(unit)
    )
    let id = ''
    await withOpened(url, runner, async (automation) => {
      id = (await automation.launch(request({ phases: { from: 1, to: 2 } }))).deployment.id
      await until(automation, id, 'unit.started', { phase: 2 })
    })
    hold = false
    await withOpened(url, runner, async (automation) => {
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      checkAttempts(events)
      assert.ok(
        events.some((event) => event.type === 'unit.interrupted' && event.reason === 'service-stopped')
      )
      // Stopped and asked again, it answers that it is shutting down.
      await automation.close()
      await assert.rejects(automation.launch(request()), { code: 'shutting-down', retryable: true })
    })
  })

  test('a deployment that waits for an approval waits for the same one after a kill', async () => {
    const { url } = await server.database()
    const child = await spawnService(url)
    const id = await launchIn(child, request({ phases: { from: 1, to: 1 }, approvals: 'each-phase' }))
    await delay(500)
    await kill(child)
    await withOpened(url, new ScriptedRunner(4), async (automation) => {
      await until(automation, id, 'deployment.waiting')
      await automation.approve(id, { phase: 1 })
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.equal(events.filter((event) => event.type === 'deployment.waiting').length, 1)
      checkAttempts(events)
    })
  })
})
