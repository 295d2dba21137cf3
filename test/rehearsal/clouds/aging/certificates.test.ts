import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { aged } from '../../../../rehearsal/clouds/aging/aging.ts'
import { begun, certificate, dayMs, record, upBy, urn, worldOf } from './any-world.ts'

const secretType = 'kubernetes:core/v1:Secret'
const told = (world: Parameters<typeof aged>[0]) =>
  aged(world).findings.map(({ code, day, unit }) => [code, day, unit])

suite('certificates in a world that grows older', async () => {
  const { resource, pem } = await certificate('ingress', { days: 397, early: 30 })
  const shown = record(secretType, 'istio-system/ingress-tls', { stringData: { 'tls.crt': pem } })
  const monthly = upBy('0 6 1 * *', 4, 7)

  test('end where a cluster shows them, on their last day', () => {
    const world = worldOf({ days: 400, mesh: [resource], records: [shown] })
    assert.deepEqual(told(world), [['certificate-ended', 397, 'mesh.a']])
    assert.match(aged(world).findings[0]?.right ?? '', /operation up of phase 4 at least every 30 days/)
    assert.deepEqual(told({ ...world, to: begun + 396 * dayMs }), [])
  })

  test('are replaced by a schedule that ups their unit while they are due', () => {
    const world = worldOf({ days: 3_000, mesh: [resource], records: [shown], schedules: [monthly] })
    // 30 days are shorter than a month of 31: sooner or later no up falls into them.
    const [first] = told(world)
    assert.ok(Number(first?.[1] ?? Infinity) > 800, JSON.stringify(first))
    assert.deepEqual(told({ ...world, to: begun + 400 * dayMs }), [])
  })

  test('are not by one of other phases, nor by one that changes nothing', () => {
    const others = [upBy('0 6 1 * *', 5, 8), { ...monthly, operation: 'drift-check' }]
    const world = worldOf({ days: 400, mesh: [resource], records: [shown], schedules: others })
    assert.deepEqual(told(world), [['certificate-ended', 397, 'mesh.a']])
  })

  test('end in a cluster that no up reaches, though their own stack has the next one', () => {
    const held = record(secretType, 'ledger/server', { stringData: { 'tls.crt': pem } }, {
      token: urn('f.disaster-recovery.a', secretType, 'server')
    })
    const world = worldOf({
      days: 400,
      mesh: [resource],
      records: [held],
      schedules: [upBy('0 6 1 * *', 4, 4)]
    })
    assert.deepEqual(told(world), [['certificate-ended', 397, 'disaster-recovery.a']])
    assert.deepEqual(told({ ...world, schedules: [monthly] }), [])
  })

  test('are told once, however often the world ages on the way', () => {
    const world = worldOf({ days: 200, mesh: [resource], records: [shown] })
    const later = { ...world, from: world.to, to: begun + 400 * dayMs }
    const last = { ...world, from: later.to, to: begun + 600 * dayMs }
    assert.deepEqual([world, later, last].map((one) => told(one).length), [0, 1, 0])
    assert.equal(aged(later).findings[0]?.day, 197)
  })

  test('that no state issued end all the same', () => {
    assert.deepEqual(
      told(worldOf({ days: 400, records: [shown], schedules: [monthly] })),
      [['certificate-ended', 397, 'mesh.a']]
    )
  })

  test('an authority that is replaced at once breaks what it signed', async () => {
    const root = await certificate('root', { days: 100, early: 50, ca: true })
    const world = worldOf({ days: 100, mesh: [root.resource], schedules: [monthly] })
    assert.deepEqual(told(world), [['authority-replaced-at-once', 62, 'mesh.a']])
  })
})
