import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nearest } from '../../../automation/federation/near.ts'
import { cloudsOfRegion, regions } from '../../../automation/federation/regions.ts'

describe('regions', () => {
  test('belong to one cloud each', () => {
    for (const cloud of ['aws', 'gcp', 'azure'] as const) {
      for (const region of regions[cloud].keys()) assert.deepEqual(cloudsOfRegion(region), [cloud])
    }
  })

  test('have zones that are named as their cloud names them, and each once', () => {
    for (const [region, { zones }] of regions.aws) {
      assert.ok(zones.every((zone) => zone.startsWith(region) && zone.length === region.length + 1), region)
    }
    for (const [region, { zones }] of regions.gcp) {
      assert.ok(zones.every((zone) => zone.startsWith(`${region}-`)), region)
    }
    for (const [, { zones }] of regions.azure) assert.deepEqual(zones, ['1', '2', '3'])
    for (const cloud of ['aws', 'gcp', 'azure'] as const) {
      for (const [region, { zones }] of regions[cloud]) {
        assert.equal(new Set(zones).size, zones.length, region)
      }
    }
  })

  test('give three zones nearly everywhere: us-west-1 has two', () => {
    const few = (['aws', 'gcp', 'azure'] as const).flatMap((cloud) =>
      [...regions[cloud]].filter(([, { zones }]) => zones.length < 3).map(([region]) => region)
    )
    assert.deepEqual(few, ['us-west-1'])
  })

  test('have no zone where EKS has no control plane', () => {
    assert.ok(!regions.aws.get('us-east-1')?.zones.includes('us-east-1e'))
  })
})

describe('near matches', () => {
  test('are found across dashes, case and single letters, the nearest first', () => {
    assert.deepEqual(nearest('us-east1', regions.aws.keys()).slice(0, 1), ['us-east-1'])
    assert.deepEqual(nearest('EastUS', regions.azure.keys()).slice(0, 1), ['eastus'])
    assert.deepEqual(nearest('japaneats', regions.azure.keys()).slice(0, 1), ['japaneast'])
  })

  test('are none for what nobody could have meant', () => {
    assert.deepEqual(nearest('completely-different', regions.aws.keys()), [])
    assert.deepEqual(nearest('x'.repeat(10_000), regions.aws.keys()), [])
  })
})
