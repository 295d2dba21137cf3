import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from '../../automation/remembered.ts'

test('what was made is kept, and of too much the first is made again', () => {
  const made: string[] = []
  const get = remembered(2, (key) => {
    made.push(key)
    return { key }
  })
  const first = get('a')
  assert.equal(get('a'), first)
  for (const key of ['b', 'a', 'c', 'b', 'a']) assert.deepEqual(get(key), { key })
  assert.deepEqual(made, ['a', 'b', 'c', 'a'])
})

test('what cannot be made is not kept, and pushes nothing out', () => {
  let fails = true
  const get = remembered(1, (key) => {
    if (fails && key === 'b') throw new RangeError('no')
    return { key }
  })
  const first = get('a')
  assert.throws(() => get('b'), RangeError)
  assert.equal(get('a'), first)
  fails = false
  assert.deepEqual(get('b'), { key: 'b' })
})
