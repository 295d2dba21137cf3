import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { defineErrors } from '../../contract/errors.ts'
import { published } from './published-codes.ts'
import { errorClasses, tables } from './tables.ts'

suite('a table of errors', () => {
  const KitchenError = defineErrors('KitchenError', 'KITCHEN_', {
    KITCHEN_FIRE: {
      retryable: false,
      message: ({ where }: { where: string }) => `there is a fire in ${where}`
    },
    KITCHEN_BUSY: { retryable: true, message: () => 'every pan is in use' }
  })

  test('gives errors their text, details, retryability and name by code', () => {
    const cause = new Error('a spark')
    const fire = new KitchenError('KITCHEN_FIRE', { where: 'the oven' }, { cause })
    assert.ok(fire instanceof KitchenError && fire instanceof Error)
    assert.deepEqual(
      [fire.name, fire.code, fire.message, fire.details, fire.retryable, fire.cause],
      ['KitchenError', 'KITCHEN_FIRE', 'there is a fire in the oven', { where: 'the oven' }, false, cause]
    )
    assert.ok(new KitchenError('KITCHEN_BUSY', {}).retryable)
  })

  test('refuses a code with another beginning', () => {
    const row = { retryable: false, message: () => '' }
    assert.throws(() => defineErrors('KitchenError', 'KITCHEN_', { GARDEN_FIRE: row }), /GARDEN_FIRE/)
  })

  test('decides by the details whether a retry may help, where a row says so', () => {
    const QueueError = defineErrors('QueueError', '', {
      waiting: {
        retryable: ({ moving }: { moving: boolean }) => moving,
        message: ({ moving }: { moving: boolean }) => moving ? 'a moment' : 'stuck'
      }
    })
    assert.deepEqual(
      [true, false].map((moving) => new QueueError('waiting', { moving }).retryable),
      [true, false]
    )
  })

  test('has the published codes and no others', () => {
    assert.deepEqual(Object.keys(tables).sort(), Object.keys(published).sort())
    for (const [name, codes] of Object.entries(tables)) {
      assert.deepEqual([...codes].sort(), [...published[name] ?? []].sort(), name)
    }
  })

  test('is among those whose codes are held to what was published', async () => {
    const root = join(import.meta.dirname, '..', '..')
    const rooms = ['automation', 'cli', 'contract', 'policies', 'pricing', 'programs', 'rehearsal', 'server']
    const defined: string[] = []
    for (const room of rooms) {
      for (const file of await readdir(join(root, room), { recursive: true })) {
        if (!file.endsWith('.ts')) continue
        const text = await readFile(join(root, room, file), 'utf8')
        defined.push(...[...text.matchAll(/= defineErrors\('(\w+)'/g)].map(([, name]) => name ?? ''))
      }
    }
    assert.deepEqual(defined.sort(), Object.keys(errorClasses).sort())
  })
})
