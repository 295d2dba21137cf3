import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  cidr,
  contains,
  formatCidr,
  overlaps,
  subnet,
  type Block
} from '../../../automation/federation/cidr.ts'
import {
  allocate,
  defaultRanges,
  rangePrefixes,
  subnetPlan,
  subnetPrefix
} from '../../../automation/federation/ranges.ts'

const pool = cidr(defaultRanges.pods)
const apart = (blocks: readonly Block[]) =>
  blocks.every((block, index) => blocks.slice(0, index).every((other) => !overlaps(block, other)))
/** Clusters, some of which pin a range; pins are apart, as validation has seen to. */
const pinned = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 20 }).chain((slots) =>
  fc.tuple(
    ...slots.map((slot) =>
      fc.boolean().map((pin) => pin ? subnet(pool, rangePrefixes.pods, slot) : undefined)
    )
  )
)

describe('ranges', () => {
  test('computed ranges lie in their pool, apart from each other and from pinned ones', () => {
    fc.assert(fc.property(pinned, (pins) => {
      const ranges = allocate(pool, rangePrefixes.pods, pins)
      const all = ranges.filter((range) => range !== undefined)
      assert.equal(all.length, pins.length)
      assert.ok(apart(all))
      assert.ok(all.every((range) => contains(pool, range)))
      for (const [index, pin] of pins.entries()) if (pin) assert.deepEqual(ranges[index], pin)
    }))
  })

  test('appending a cluster changes nobody else', () => {
    fc.assert(fc.property(pinned, (pins) => {
      assert.deepEqual(
        allocate(pool, rangePrefixes.pods, [...pins, undefined]).slice(0, pins.length),
        allocate(pool, rangePrefixes.pods, pins)
      )
    }))
  })

  test('a used-up pool leaves the last clusters without a range instead of giving one twice', () => {
    const ranges = allocate(cidr('100.64.0.0/15'), 16, [undefined, undefined, undefined])
    assert.deepEqual(ranges.map((range) => range && formatCidr(range)), [
      '100.64.0.0/16',
      '100.65.0.0/16',
      undefined
    ])
  })

  test('subnets lie apart inside the network and leave its last quarter free', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 20 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 1, max: 4 }),
        (prefix, at, zones) => {
          const network = subnet(cidr('10.0.0.0/8'), prefix, at % 2 ** (prefix - 8))
          const names = Array.from({ length: zones }, (_, index) => `zone-${index}`)
          const plan = subnetPlan(formatCidr(network), names)
          const blocks = plan.flatMap((zone) => [zone.public, zone.private, zone.intra]).map(cidr)
          assert.deepEqual(plan.map((zone) => zone.zone), names)
          assert.ok(apart(blocks))
          assert.ok(
            blocks.every((block) =>
              contains(network, block) && block.prefix === subnetPrefix(network) && block.prefix >= 20
            )
          )
          const lastQuarter = subnet(network, prefix + 2, 3)
          assert.ok(blocks.every((block) => !overlaps(block, lastQuarter)))
        }
      )
    )
  })

  test('one more zone moves none of the others', () => {
    const zones = ['a', 'b', 'c', 'd']
    assert.deepEqual(
      subnetPlan('10.1.0.0/16', zones).slice(0, 3),
      subnetPlan('10.1.0.0/16', zones.slice(0, 3))
    )
  })

  test('more zones than a network has places for are refused', () => {
    assert.throws(() => subnetPlan('10.1.0.0/16', ['a', 'b', 'c', 'd', 'e']), RangeError)
  })
})
