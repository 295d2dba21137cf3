import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Check } from '../../../programs/outputs.ts'
import { type Federation } from '../../../programs/types.ts'
import { costSuite } from '../../automation/cost/expected.ts'
import { statementsSuite } from '../../federations/nautilus/suite.ts'
import { nautilus, RehearsedWorld, unitsOf } from '../../fixtures/programs/rehearsed-world.ts'
import { validitySuite } from '../../validity/suite.ts'

/** The phases of which this is a test. */
const phases = ['mesh', 'federation', 'monitoring', 'disaster-recovery', 'validation']

let federation: Federation
let world: RehearsedWorld
before(async () => {
  federation = await nautilus()
  world = new RehearsedWorld(federation)
  for (const unit of unitsOf(federation)) await world.up(unit.id)
})

test('all checks of every cluster and of the federation pass', () => {
  for (const name of [...federation.clusters.map((cluster) => cluster.name), 'global']) {
    const checks = world.outputs[`validation.${name}`]?.checks?.value as Check[]
    assert.ok(checks.length >= 15, name)
    assert.deepEqual(checks.filter(({ passed, required }) => required && !passed), [])
  }
})

test('pods measured what was promised: every cluster reaches all others, and the four latency targets hold', () => {
  const checks = world.outputs['validation.global']?.checks?.value as Check[]
  const reach = checks.filter(({ name }) => name.startsWith('reach-'))
  assert.equal(reach.length, 10)
  assert.ok(reach.every(({ measured }) => measured === 9))
  const latency = checks.filter(({ kind, unit }) => kind === 'latency' && unit === 'ms')
  assert.deepEqual(latency.map(({ name, target }) => [name, target]), [
    ['latency-intra-region', 2],
    ['latency-us-eu', 80],
    ['latency-eu-asia', 120],
    ['latency-asia-us', 150]
  ])
  for (const { name, measured, target } of latency) {
    assert.ok(
      typeof measured === 'number' && measured > 0.5 * Number(target) && measured < Number(target),
      `${name} ${measured}`
    )
  }
})

test('secret outputs are secret and others are not', () => {
  const secrets = Object.entries(world.outputs).filter(([id]) => phases.includes(id.split('.')[0] ?? ''))
    .flatMap(([id, outputs]) =>
      Object.entries(outputs).filter(([, { secret }]) => secret).map(([name]) =>
        `${id.split('.')[0]} ${name}`
      )
    )
  assert.deepEqual([...new Set(secrets)].sort(), [
    'mesh apiServerCa',
    'mesh readerToken',
    'mesh rootKey',
    'monitoring remoteWritePassword'
  ])
})

test('each cluster knows all others by remote secrets', () => {
  for (const cluster of federation.clusters) {
    const remotes = (world.states[`federation.${cluster.name}`] ?? []).filter(({ type, urn }) =>
      type === 'kubernetes:core/v1:Secret' && urn.includes('istio-remote-secret-')
    )
    assert.equal(remotes.length, federation.clusters.length - 1)
  }
})

test('the same again changes nothing', async () => {
  for (
    const id of [
      'mesh.global',
      'mesh.nautilus-hub-us-west',
      'federation.global',
      'monitoring.global',
      'disaster-recovery.nautilus-primary-us-east.nautilus-dr-us-west',
      'validation.global'
    ]
  ) {
    const changes = await world.again(id)
    assert.deepEqual(Object.keys(changes), ['same'], `${id}: ${JSON.stringify(changes)}`)
  }
})

validitySuite(() => world)
costSuite(() => world)
statementsSuite(() => world)

test('all units of these phases are torn down again, last first', async () => {
  for (const unit of unitsOf(federation).filter(({ phase }) => phases.includes(phase)).reverse()) {
    await world.destroy(unit.id)
  }
})
