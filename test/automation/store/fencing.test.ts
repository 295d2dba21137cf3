import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import {
  maxWaitingEvents,
  DeploymentWriter,
  EventFloodError,
  RunOverError
} from '../../../automation/deployments/run/writer.ts'
import { readEvents } from '../../../automation/store/deployments/events.ts'
import { insertDeployment } from '../../../automation/store/deployments/new-deployment.ts'
import { appendEvents } from '../../../automation/store/deployments/new-events.ts'
import { type Pool, transaction } from '../../../automation/store/postgres/database.ts'
import { createSealer } from '../../../automation/store/postgres/sealer.ts'
import { endAttempt, returnAttempt } from '../../../automation/store/units/attempt-end.ts'
import { claimUnit } from '../../../automation/store/units/claim.ts'
import { interruptUnits } from '../../../automation/store/units/interrupted-units.ts'
import { readOutputs } from '../../../automation/store/units/unit-outputs.ts'
import { listUnits, readUnitStates } from '../../../automation/store/units/units.ts'
import { ofType, type Event } from '../../../contract/event.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'
import { diagnostic } from '../../fixtures/events.ts'

const sealer = createSealer(Buffer.alloc(32, 1))
const noChanges = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
const lane = { federation: 'f', place: 'rehearsal:w' }
const said = (message: string) => diagnostic(message, { phase: 1, unit: 'a' })
const messages = (read: { events: readonly Event[] } | undefined) =>
  ofType(read?.events ?? [], 'diagnostic').map(({ message }) => message)

async function deploy (pool: Pool, id: string): Promise<void> {
  const unit = (name: string) => ({
    id: name,
    phase: 1,
    phaseName: 'prerequisites' as const,
    scope: { kind: 'cloud' as const, name, clusters: [] },
    clusters: [],
    stack: `f.prerequisites.${name}`,
    dependsOn: [],
    reads: [],
    follows: [],
    predicted: { start: 0, end: 1, seconds: 1 }
  })
  await transaction(pool, (client) =>
    insertDeployment(client, {
      id,
      source: 'text',
      world: 'w',
      fresh: false,
      place: lane.place,
      gates: [],
      warnings: [],
      parallelism: 1,
      bodyHash: 'h',
      units: [unit('a'), unit('b')],
      request: {
        federation: 'f',
        operation: 'up',
        mode: 'rehearsal',
        phases: { from: 1, to: 1 },
        ordering: 'phased',
        approvals: 'none'
      }
    }))
}

suite('leases', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })
  beforeEach(async () => {
    pool = (await server.database()).pool
    await deploy(pool, 'one')
  })

  test(
    'a unit is claimed once, also when two ask at the same moment, and no other deployment may run its ' +
      'stack meanwhile',
    async () => {
      await deploy(pool, 'two')
      const claims = await Promise.all(
        ['x', 'y', 'z'].map((executor) =>
          transaction(pool, (client) => claimUnit(client, { deployment: 'one', unit: 'a', executor }))
        )
      )
      assert.deepEqual(claims.filter(Boolean), [{ attempt: 1, fence: 1, settle: false, orphaned: false }])
      assert.equal(
        await transaction(
          pool,
          (client) => claimUnit(client, { deployment: 'two', unit: 'a', executor: 'x' })
        ),
        undefined
      )
      await endAttempt(pool, sealer, { deployment: 'one', unit: 'a', fence: 1 }, {
        status: 'succeeded',
        changes: noChanges,
        stored: 'keep',
        settle: false
      })
      assert.equal(
        (await transaction(
          pool,
          (client) => claimUnit(client, { deployment: 'two', unit: 'a', executor: 'x' })
        ))?.fence,
        2
      )
    }
  )

  test('the database itself refuses a second running unit of a stack', async () => {
    await deploy(pool, 'two')
    const run = (id: string): Promise<unknown> =>
      pool.query(
        "UPDATE windlass.units SET status = 'running', executor = 'x' WHERE deployment = $1 AND id = 'a'",
        [id]
      )
    await run('one')
    await assert.rejects(run('two'), { code: '23505' })
  })

  test('whoever lost its lease writes no event, no result, no outputs and gives nothing back', async () => {
    const first = await claimUnit(pool, { deployment: 'one', unit: 'a', executor: 'dead' })
    assert.ok(first)
    const writer = new DeploymentWriter(pool, { id: 'one', run: 1 }, () => undefined)
    const held = { unit: 'a', fence: first.fence }
    assert.equal(await writer.events(held, [said('while it held the lease')]), true)
    assert.deepEqual(await interruptUnits(pool, 'one', 'dead', 'taken over'), [{
      unit: 'a',
      phase: 1,
      attempt: 1
    }])
    const late = { deployment: 'one', unit: 'a', fence: first.fence }
    const end = {
      status: 'succeeded',
      changes: noChanges,
      outputs: { x: { value: 1, secret: true } },
      stored: 'replace',
      settle: false
    } as const
    const check = async (): Promise<void> => {
      assert.equal(await writer.events(held, [said('too late')]), false)
      assert.equal(await endAttempt(pool, sealer, late, end), false)
      assert.equal(
        await returnAttempt(pool, late, {
          changes: noChanges,
          retryAt: 0,
          reason: '',
          failures: 0,
          losses: 0,
          settle: false
        }),
        false
      )
    }
    await check()
    const second = await claimUnit(pool, { deployment: 'one', unit: 'a', executor: 'alive' })
    assert.ok(second && second.fence > first.fence && second.settle && second.attempt === 2)
    await check()
    assert.equal(await endAttempt(pool, sealer, { ...late, fence: second.fence }, end), true)
    await check()
    assert.deepEqual(
      messages(await readEvents(pool, 'one', { after: 0, limit: 10 })),
      ['while it held the lease']
    )
    assert.deepEqual(await readOutputs(pool, sealer, lane), new Map([['a', end.outputs]]))
    assert.deepEqual((await listUnits(pool, sealer, 'one', { limit: 10 }))[0]?.outputs, {
      x: { secret: true }
    })
    // Nothing of a secret is in the clear.
    const { rows } = await pool.query<{ outputs: string }>(
      'SELECT outputs FROM windlass.unit_outputs UNION ALL SELECT outputs FROM windlass.units WHERE ' +
        'outputs IS NOT NULL'
    )
    assert.ok(rows.length === 2 && rows.every((row) => row.outputs.startsWith('sealed:')))
  })

  test('a run that is over writes nothing', async () => {
    const writer = new DeploymentWriter(pool, { id: 'one', run: 2 }, () => undefined)
    await assert.rejects(
      writer.change(() => Promise.resolve({ value: 1, events: [said('x')] })),
      RunOverError
    )
    assert.deepEqual((await readEvents(pool, 'one', { after: 0, limit: 10 }))?.events, [])
  })
})

suite('the writer', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })
  beforeEach(async () => {
    pool = (await server.database()).pool
    await deploy(pool, 'one')
  })

  test('numbers have no gaps under many writers, and a failed change takes nothing along', async () => {
    const writer = new DeploymentWriter(pool, { id: 'one', run: 1 }, () => undefined)
    const changes = Array.from({ length: 60 }, (_, index) =>
      writer.change(() =>
        index % 7 === 3
          ? Promise.reject(new Error(`change ${index} fails`))
          : Promise.resolve({ value: index, events: [said(`${index}.0`), diagnostic(`${index}.1`)] })
      ))
    const others = Array.from(
      { length: 20 },
      (_, index) => transaction(pool, (client) => appendEvents(client, 'one', [said(`other ${index}`)]))
    )
    const settled = await Promise.allSettled(changes)
    await Promise.all(others)
    for (const [index, result] of settled.entries()) {
      assert.equal(result.status, index % 7 === 3 ? 'rejected' : 'fulfilled')
    }
    const read = await readEvents(pool, 'one', { after: 0, limit: 1000 })
    assert.deepEqual(
      read?.events.map((event) => event.seq),
      Array.from({ length: read?.lastEvent ?? 0 }, (_, index) => index + 1)
    )
    const mine = messages(read).filter((message) => !message.startsWith('other'))
    assert.deepEqual(
      mine,
      settled.flatMap((result, index) => result.status === 'fulfilled' ? [`${index}.0`, `${index}.1`] : [])
    )
  })

  test(
    "a unit's events are stored before the change that follows them, and a transaction that rolls back " +
      'leaves no number used',
    async () => {
      const claimed = await claimUnit(pool, { deployment: 'one', unit: 'a', executor: 'x' })
      const writer = new DeploymentWriter(pool, { id: 'one', run: 1 }, () => undefined)
      const many = Array.from({ length: 2_500 }, (_, index) => diagnostic(String(index)))
      const stored = writer.events({ unit: 'a', fence: claimed?.fence ?? 0 }, many)
      const last = writer.change(() => Promise.resolve({ value: 'last', events: [said('last')] }))
      await assert.rejects(
        transaction(pool, async (client) => {
          await appendEvents(client, 'one', [said('undone')])
          throw new Error('undo')
        }),
        /undo/
      )
      assert.deepEqual([await stored, await last], [true, 'last'])
      const read = await readEvents(pool, 'one', { after: 0, limit: 5_000 })
      assert.deepEqual(messages(read), [
        ...many.map((draft) => draft.message),
        'last'
      ])
      assert.equal(read?.lastEvent, 2_501)
    }
  )

  test('more events than may wait are refused, and what was accepted is stored', async () => {
    const claimed = await claimUnit(pool, { deployment: 'one', unit: 'a', executor: 'x' })
    const writer = new DeploymentWriter(pool, { id: 'one', run: 1 }, () => undefined)
    const held = { unit: 'a', fence: claimed?.fence ?? 0 }
    const accepted = writer.events(held, Array.from({ length: maxWaitingEvents }, () => diagnostic('x')))
    assert.throws(() => writer.events(held, [said('one too many')]), EventFloodError)
    assert.equal(await accepted, true)
    await writer.flush()
    assert.equal((await readEvents(pool, 'one', { after: 0, limit: 1 }))?.lastEvent, maxWaitingEvents)
    assert.equal(await writer.events(held, [said('there is room again')]), true)
  })

  test("units keep the plan's order", async () => {
    assert.deepEqual((await readUnitStates(pool, 'one')).map((unit) => unit.id), ['a', 'b'])
  })
})
