import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  afterFailure,
  afterLoss,
  backoff,
  maxFailures,
  maxLosses,
  maxMemoryLosses
} from '../../../automation/deployments/run/retry.ts'

const error = { code: 'throttled', message: 'slow down', retryable: true }

suite('retry', () => {
  test("delays grow, never pass a minute, and shrink with the rehearsal's time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, timeScale, random) => {
          const delay = backoff(failures, timeScale, random)
          assert.ok(delay >= 0 && delay <= 60_000 * timeScale)
          assert.ok(backoff(failures + 1, timeScale, random) >= delay)
        }
      )
    )
    assert.equal(backoff(1, 1, 1), 2_000)
    assert.equal(backoff(3, 0, 1), 0)
  })

  test('a retryable failure is tried again until the bound, any other not at all', () => {
    let state = { failures: 0, losses: 2 }
    for (let attempt = 1; attempt < maxFailures; attempt++) {
      const decision = afterFailure(state, error, 0, 0.5)
      assert.deepEqual(decision, { retry: true, delay: 0, failures: attempt, losses: 0 })
      state = decision
    }
    assert.deepEqual(afterFailure(state, error, 1, 1), {
      retry: false,
      error,
      failures: maxFailures,
      losses: 0
    })
    assert.equal(afterFailure({ failures: 0, losses: 0 }, { ...error, retryable: false }, 1, 1).retry, false)
  })

  test('lost hosts are counted in a row; memory gets one more try', () => {
    for (
      const [reason, bound, code] of [
        ['exited', maxLosses, 'host-lost'],
        ['silent', maxLosses, 'host-lost'],
        ['out-of-memory', maxMemoryLosses, 'out-of-memory']
      ] as const
    ) {
      let state = { failures: 1, losses: 0 }
      for (let loss = 1; loss < bound; loss++) {
        const decision = afterLoss(state, 'u', reason, 'gone')
        assert.deepEqual(decision, { retry: true, delay: 0, failures: 1, losses: loss })
        state = decision
      }
      const last = afterLoss(state, 'u', reason, 'gone')
      assert.ok(
        !last.retry && last.error.code === code && last.error.unit === 'u' &&
          last.error.message.includes('gone')
      )
    }
  })
})
