import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lifetime } from '../../../automation/service/lifetime.ts'

function lifetime () {
  const logged: string[] = []
  const note = (_fields: Record<string, unknown>, message: string): void => {
    logged.push(message)
  }
  const quiet = (): void => undefined
  const made = new Lifetime({ debug: quiet, info: quiet, warn: note, error: note })
  return { made, logged }
}

test('parts are released in reverse order, once, after the work has ended', async () => {
  const { made } = lifetime()
  const order: string[] = []
  for (const part of ['pool', 'hosts', 'feeds']) {
    made.keep(async () => {
      await Promise.resolve()
      order.push(part)
    })
  }
  const idle = async (): Promise<void> => {
    assert.equal(made.stopping.aborted, true)
    order.push('idle')
  }
  await Promise.all([made.close(idle), made.close(idle)])
  assert.deepEqual(order, ['idle', 'feeds', 'hosts', 'pool'])
})

test('a part that cannot be closed is logged and keeps no other open', async () => {
  const { made, logged } = lifetime()
  let closed = false
  made.keep(() => {
    closed = true
  })
  made.keep(() => Promise.reject(new Error('stuck')))
  await made.close()
  assert.equal(closed, true)
  assert.deepEqual(logged, ['a part could not be closed'])
})
