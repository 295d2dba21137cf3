/**
 * One host and four: a rehearsal with faults takes the same course, to the millisecond of its
 * world, and each unit's events come in the same order.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Event } from '../../contract/event.ts'
import { call, ended, eventsOf, launch, unitsOf, until } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { onePair, partOfNautilus } from '../fixtures/part-of-nautilus.ts'

/** Faults of which chance would decide whom they hit, did calls meet them as they come. */
const faults = [
  { kind: 'throttle', cloud: 'aws', type: 'aws:iam/*', operation: 'create', after: 3, times: 2 },
  { kind: 'throttle', cloud: 'gcp', operation: 'create', after: 1, times: 1 },
  { kind: 'slow', type: 'aws:kms/key:Key' },
  {
    kind: 'fail',
    type: 'aws:s3/*',
    cluster: 'nautilus-primary-us-east',
    operation: 'create',
    after: 4,
    times: 1
  }
]

suite('as many hosts as there may be', { timeout: 120_000 }, () => {
  const environment: Record<string, string> = { WINDLASS_WORKERS: '4' }
  let installation: Installation
  before(async () => {
    installation = await makeInstallation({ environment })
    environment['WINDLASS_FEDERATIONS'] = await partOfNautilus(installation.folder, onePair)
  })
  after(async () => {
    await installation?.close()
  })

  test('decide on nothing but how long it takes here', async () => {
    let { url, stop } = await installation.start()
    // How many units run at once is decided at the launch.
    const launched = async (world: string) => {
      const { id } = await launch(url, {
        federation: 'nautilus',
        operation: 'up',
        phases: { from: 1, to: 1 },
        approvals: 'each-phase',
        rehearsal: { world, faults }
      })
      await until(url, id, ({ status }) => status === 'waiting')
      return id
    }
    const course = async (id: string) => {
      const approved = await call(url, 'POST', `/v1/deployments/${id}/approve`, { phase: 1 })
      assert.equal(approved.status, 200, JSON.stringify(approved.body))
      const { status, error } = await until(url, id, ended)
      const units = (await unitsOf(url, id)).map((unit) =>
        [unit.id, unit.status, unit.attempt, unit.error?.message].join(' ')
      )
      return { status, unit: error?.unit, units: units.sort(), events: byUnit(await eventsOf(url, id)) }
    }
    const [first, second] = [await launched('of-four'), await launched('of-one')]
    const four = await course(first)
    await stop()
    environment['WINDLASS_WORKERS'] = '1'
    ;({ url, stop } = await installation.start())
    const one = await course(second)
    assert.equal(four.status, 'failed')
    assert.ok(four.units.filter((unit) => / [2-9] /.test(unit)).length >= 2, four.units.join('\n'))
    assert.deepEqual(one, four)
  })
})

/** Events of each unit in their order, without numbers, ids and the machine's own times. */
function byUnit (events: readonly Event[]): Record<string, unknown[]> {
  const times = events.flatMap((event) =>
    'virtual' in event && event.virtual?.start !== undefined ? [Date.parse(event.virtual.start)] : []
  )
  const begun = Math.min(...times)
  const since = (time: string | undefined) => time === undefined ? undefined : Date.parse(time) - begun
  const units: Record<string, unknown[]> = {}
  for (const event of events) {
    if (!('unit' in event) || event.unit === undefined) continue
    const { type, urn, op, attempt, message, virtual } = event as Record<string, unknown> & {
      virtual?: { start?: string, end?: string }
    }
    const told = [type, urn, op, attempt, message, since(virtual?.start), since(virtual?.end)]
    units[event.unit] = [...units[event.unit] ?? [], told]
  }
  return units
}
