import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  blockSize,
  cidr,
  contains,
  formatAddress,
  formatCidr,
  isCanonical,
  isPrivate,
  overlaps,
  parseAddress,
  parseCidr,
  subnet,
  subnetCount,
  type Block
} from '../../../automation/federation/cidr.ts'

const block: fc.Arbitrary<Block> = fc.tuple(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.integer({ min: 0, max: 32 })
).map(([address, prefix]) => ({
  base: Math.floor(address / blockSize(prefix)) * blockSize(prefix),
  prefix
}))
/** Blocks in a small part of the address space, so that many of them overlap. */
const crowded: fc.Arbitrary<Block> = fc.tuple(
  fc.integer({ min: 0, max: 63 }),
  fc.integer({ min: 26, max: 32 })
).map(([address, prefix]) => ({
  base: Math.floor(address / blockSize(prefix)) * blockSize(prefix),
  prefix
}))
const addressesOf = (one: Block) =>
  new Set(Array.from({ length: blockSize(one.prefix) }, (_, index) => one.base + index))

describe('CIDR arithmetic', () => {
  test('addresses survive formatting and parsing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (address) => {
      assert.equal(parseAddress(formatAddress(address)), address)
    }))
  })

  test('blocks survive formatting and parsing', () => {
    fc.assert(fc.property(block, (one) => {
      assert.deepEqual(parseCidr(formatCidr(one)), one)
      assert.ok(isCanonical(formatCidr(one)))
    }))
  })

  test('overlapping is sharing an address, containing is having all of them', () => {
    fc.assert(fc.property(crowded, crowded, (a, b) => {
      const [inA, inB] = [addressesOf(a), addressesOf(b)]
      assert.equal(overlaps(a, b), !inA.isDisjointFrom(inB))
      assert.equal(contains(a, b), inB.isSubsetOf(inA))
      assert.equal(overlaps(a, b), overlaps(b, a))
    }))
  })

  test('sub-blocks lie inside, apart from each other, and fill the block', () => {
    fc.assert(fc.property(block, fc.integer({ min: 0, max: 6 }), (outer, more) => {
      const prefix = Math.min(32, outer.prefix + more)
      const all = Array.from(
        { length: subnetCount(outer, prefix) },
        (_, index) => subnet(outer, prefix, index)
      )
      assert.ok(all.every((inner) => contains(outer, inner)))
      assert.ok(
        all.every((inner, index) =>
          index === 0 || inner.base === (all[index - 1]?.base ?? 0) + blockSize(prefix)
        )
      )
      assert.equal(all.length * blockSize(prefix), blockSize(outer.prefix))
    }))
  })

  test('what is no block is not taken for one', () => {
    for (
      const text of [
        '',
        '10.0.0.0',
        '10.0.0.0/',
        '10.0.0/8',
        '10.0.0.0/33',
        '10.0.0.256/8',
        '010.0.0.0/8',
        '10.0.0.0/08',
        '10.0.0.0/8/8',
        '-1.0.0.0/8',
        '1e1.0.0.0/8',
        ' 10.0.0.0/8',
        '::/0'
      ]
    ) {
      assert.equal(parseCidr(text), undefined, text)
    }
    assert.throws(() => cidr('10.0.0.0'), RangeError)
  })

  test('host bits make a block not canonical', () => {
    assert.ok(isCanonical('10.1.0.0/16'))
    assert.ok(!isCanonical('10.1.2.0/16'))
  })

  test('private is RFC 1918 and nothing that reaches beyond it', () => {
    for (
      const text of ['10.0.0.0/8', '10.255.0.0/16', '172.16.0.0/12', '172.31.255.255/32', '192.168.0.0/16']
    ) assert.ok(isPrivate(cidr(text)), text)
    for (
      const text of [
        '8.0.0.0/6',
        '11.0.0.0/8',
        '172.32.0.0/16',
        '172.0.0.0/8',
        '192.169.0.0/16',
        '100.64.0.0/10',
        '0.0.0.0/0'
      ]
    ) assert.ok(!isPrivate(cidr(text)), text)
  })

  test('a sub-block that does not exist is refused', () => {
    assert.throws(() => subnet(cidr('10.0.0.0/16'), 20, 16), RangeError)
    assert.throws(() => subnet(cidr('10.0.0.0/16'), 15, 0), RangeError)
    assert.throws(() => subnet(cidr('10.0.0.0/16'), 20, -1), RangeError)
  })
})
