import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddressCounts, addressBlock, CallerCounts } from '../../server/minute-counts.ts'

test('an IPv6 network counts as one address, and a mapped address as what it maps', () => {
  for (
    const [one, other, same] of [
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
      ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
      ['::ffff:192.0.2.1', '192.0.2.1', true],
      ['192.0.2.1', '192.0.2.2', false]
    ] as const
  ) assert.equal(addressBlock(one) === addressBlock(other), same, `${one} ${other}`)
})

test('a count begins anew after a minute', () => {
  let now = 0
  for (const counts of [new CallerCounts(10, () => now), new AddressCounts(16, () => now)]) {
    now = 0
    assert.deepEqual(counts.add('192.0.2.1'), { count: 1, seconds: 60 })
    now = 59_000
    assert.deepEqual(counts.add('192.0.2.1'), { count: 2, seconds: 1 })
    now = 60_000
    assert.deepEqual(counts.add('192.0.2.1'), { count: 1, seconds: 60 })
  }
})

test('no number of other addresses makes the count of one be forgotten', () => {
  const counts = new AddressCounts(256, () => 0)
  for (let n = 0; n < 40; n++) counts.add('192.0.2.1')
  for (let n = 0; n < 5_000; n++) counts.add(`2001:db8:${(n % 256).toString(16)}:${n.toString(16)}::1`)
  assert.ok(counts.add('192.0.2.1').count > 40)
})

test('counts of callers have a bound: the one goes that would begin anew first', () => {
  const counts = new CallerCounts(3, () => 0)
  for (const caller of ['a', 'b', 'b', 'c', 'd']) counts.add(caller)
  assert.equal(counts.size, 3)
  assert.deepEqual(['b', 'c', 'd', 'a'].map((caller) => counts.add(caller).count), [3, 2, 2, 1])
})
