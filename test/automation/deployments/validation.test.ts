import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validationOf } from '../../../automation/deployments/read/validation.ts'
import { type Deployment, type Unit } from '../../../contract/deployment.ts'
import { type ValidationCheck } from '../../../contract/validation.ts'

const deployment = {
  id: 'd1',
  federation: 'nautilus',
  mode: 'rehearsal',
  world: 'fresh',
  status: 'running'
} as Deployment
const check = (passed: boolean, required = true): ValidationCheck => ({
  name: 'x',
  kind: 'latency',
  passed,
  required,
  measured: 73.5,
  target: 80,
  unit: 'ms',
  why: 'so'
})
function unit (id: string, status: Unit['status'], checks: unknown): Unit {
  return {
    id,
    phase: 8,
    scope: id,
    clusters: [id],
    stack: id,
    status,
    attempt: 1,
    startedAt: null,
    finishedAt: null,
    dependsOn: [],
    resourceChanges: { create: 0, update: 0, delete: 0, replace: 0, same: 0 },
    outputs: { checks },
    ...(status === 'failed' &&
      { error: { code: 'unit-failed', message: 'VALIDATION_FAILED', retryable: false } })
  }
}

test('a report passes when all units were validated and no required check failed', () => {
  const report = validationOf(deployment, [
    unit('a', 'succeeded', [check(true)]),
    unit('b', 'succeeded', [check(true), check(false, false)])
  ])
  assert.ok(report.passed && report.complete)
  assert.deepEqual(report.counts, { passed: 2, failed: 0, advisory: 1 })
  assert.deepEqual(report.units.map(({ unit: id, checks }) => [id, checks.length]), [['a', 1], ['b', 2]])
  assert.equal(report.world, 'fresh')
})

test('a report is incomplete while units run and not passed when one failed, whose error it carries', () => {
  const running = validationOf(deployment, [
    unit('a', 'succeeded', [check(true)]),
    unit('b', 'running', undefined)
  ])
  assert.deepEqual([running.passed, running.complete], [false, false])
  const broken = validationOf(deployment, [unit('a', 'failed', undefined)])
  assert.deepEqual([broken.passed, broken.complete, broken.units[0]?.error?.message], [
    false,
    false,
    'VALIDATION_FAILED'
  ])
})

test('there is none before the phase ran or without it, and the error says which', () => {
  assert.throws(() => validationOf(deployment, [unit('a', 'waiting', undefined)]), {
    code: 'validation-not-found',
    kind: 'not-found',
    message: /none of the 1 units of phase 8 has ended \(the deployment is running\)/
  })
  assert.throws(() => validationOf(deployment, []), {
    code: 'validation-not-found',
    message: /does not include phase 8/
  })
})

test('outputs that are no checks are left out', () => {
  assert.equal(
    validationOf(deployment, [unit('a', 'succeeded', [check(true), { name: 'x' }, null, 'x'])]).units[0]
      ?.checks.length,
    1
  )
  assert.throws(() => validationOf(deployment, [unit('a', 'succeeded', { secret: true })]), {
    code: 'validation-not-found'
  })
})
