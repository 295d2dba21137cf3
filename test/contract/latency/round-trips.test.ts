import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { placeOfRegion } from '../../../contract/latency/region-places.ts'
import { greatCircleKm, roundTrip } from '../../../contract/latency/round-trips.ts'
import { awsRegionNames as awsRegions } from '../../../rehearsal/clouds/aws/regions.ts'
import { locations } from '../../../rehearsal/clouds/azure-native/locations.ts'
import { gcpRegionNames as gcpRegions } from '../../../rehearsal/clouds/gcp/regions.ts'

const regions = [...awsRegions, ...gcpRegions, ...locations].filter((region) => region !== 'global')

test('every region of the three clouds has a place', () => {
  assert.deepEqual(regions.filter((region) => placeOfRegion(region) === undefined), [])
  assert.equal(roundTrip('us-east-1', 'nowhere'), undefined)
})

test('round trips are the same in both directions, and no faster than light in fibre', () => {
  const region = fc.constantFrom(...regions)
  const route = fc.constantFrom('public' as const, 'circuit' as const)
  fc.assert(fc.property(region, region, route, (from, to, way) => {
    const [a, b] = [placeOfRegion(from), placeOfRegion(to)]
    const [there, back] = [roundTrip(from, to, way), roundTrip(to, from, way)]
    assert.ok(a && b && there && back)
    assert.ok(Math.abs(there.milliseconds - back.milliseconds) < 1e-9)
    assert.ok(there.milliseconds >= 2 * greatCircleKm(a, b) / 204.2)
    assert.ok(there.milliseconds >= 1.5 && there.milliseconds < 470)
  }))
})

test('public routes are as measured where somebody published it, and estimated elsewhere', () => {
  const between = (from: string, to: string) => roundTrip(from, to)
  // Virginia - Belgium, Belgium - Tokyo, Tokyo - Virginia: what Nautilus' ring passes.
  assert.deepEqual(between('us-east-1', 'europe-west1'), { milliseconds: 82.3, estimated: false })
  assert.deepEqual(between('europe-west1', 'japaneast'), { milliseconds: 221.1, estimated: false })
  assert.deepEqual(between('japaneast', 'us-east-1'), { milliseconds: 156.6, estimated: false })
  assert.equal(between('us-east-1', 'newzealandnorth')?.estimated, true)
  const circuit = roundTrip('europe-west1', 'japaneast', 'circuit')
  assert.ok(circuit && circuit.milliseconds < 120, 'a dedicated circuit follows the great circle')
})

test('distances are those of an atlas', () => {
  for (
    const [from, to, km] of [
      ['eu-west-2', 'ap-northeast-1', 9560],
      ['eu-central-1', 'ap-southeast-1', 10270],
      ['ap-southeast-1', 'ap-southeast-2', 6300]
    ] as const
  ) {
    const [a, b] = [placeOfRegion(from), placeOfRegion(to)]
    assert.ok(a && b && Math.abs(greatCircleKm(a, b) - km) < 0.02 * km, `${from} ${to}`)
  }
})
