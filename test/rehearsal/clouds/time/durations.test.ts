import assert from 'node:assert/strict'
import { test } from 'node:test'
import { make, provider, world } from '../world.ts'

const seconds = { create: 5, update: 5, delete: 5 }
const vpcType = 'aws:ec2/vpc:Vpc'

/** Unknowns once a VPC was made by a table. */
async function unknownBy (own: boolean, source?: string) {
  const { clouds } = world({
    durations: {
      defaults: { aws: { ...seconds, ...(source !== undefined && { source }) } },
      types: own ? { [vpcType]: { ...seconds, source: 'a log' } } : {}
    }
  })
  const aws = await provider(clouds, 'aws', { region: 'eu-west-1' })
  await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  return clouds.judged().unknown.filter(({ what }) => what.includes('takes'))
}

test('an operation that takes its default is counted as unknown, unless a source says it holds', async () => {
  assert.deepEqual(await unknownBy(false), [
    { what: `${vpcType}: no source says how long a create takes; it took the default`, count: 1 }
  ])
  assert.deepEqual(await unknownBy(true), [])
  assert.deepEqual(await unknownBy(false, 'a document'), [])
})
