import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeardCall } from '../../../rehearsal/clouds/authorizer.ts'
import { make, provider, subject, world } from '../../rehearsal/clouds/world.ts'
import { type LifeCall, lifeCalls } from './life.ts'
import { removalsOf } from './removal.ts'
import { Replay } from './replay.ts'

const account = '123456789012'
const unit = 'prerequisites.aws'
const policyType = 'aws:iam/policy:Policy'
const allow = (action: string, resource: string): object => ({
  Effect: 'Allow',
  Action: action.split(' '),
  Resource: resource
})

/** A role that makes a role of its own by three statements, one of which nothing needs. */
async function lived () {
  const trust = JSON.stringify({
    Statement: [{
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole'
    }]
  })
  const policy = JSON.stringify({
    Statement: [
      allow('iam:CreateRole iam:GetRole iam:List*', '*'),
      allow('iam:DeleteRole', '*'),
      allow('s3:ListBucket', '*')
    ]
  })
  const { store, clouds } = world()
  const admin = await provider(clouds, 'aws', { region: 'us-east-1' })
  await make(admin, 'aws:iam/role:Role', 'deploy', { name: 'deploy', assumeRolePolicy: trust })
  const made = await make(admin, policyType, 'deploy', { name: 'deploy', policy })
  await make(admin, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'deploy', {
    role: 'deploy',
    policyArn: made.properties['arn'] ?? null
  })
  const calls: LifeCall[] = []
  const later = world({
    store,
    actingAs: { aws: `arn:aws:iam::${account}:role/deploy` },
    heard: (heard: HeardCall) => calls.push({ unit, heard, seen: store.size })
  })
  const on = await provider(later.clouds, 'aws', { region: 'us-east-1' })
  await make(on, 'aws:iam/role:Role', 'own', { name: 'own', assumeRolePolicy: trust })
  const records = (await store.find({})).map((record) => ({
    ...record,
    token: record.token.replace('urn:pulumi:test', `urn:pulumi:any.${unit}`)
  }))
  const resource = {
    ...subject(policyType, 'deploy'),
    custom: true,
    inputs: { policy }
  }
  return { calls, records, removals: removalsOf(unit, [resource]), found: await store.find({}) }
}

test('a grant is missed by the call of any part of a life that needs it', async () => {
  const { calls, records, removals, found } = await lived()
  const replay = new Replay(records, lifeCalls(calls, found))
  // An update of tags is not allowed to anybody here.
  assert.deepEqual(replay.lacking().map((one) => one.split(':')[1]), [' update aws'])
  const deletes = new Replay(
    records,
    lifeCalls(calls, found).filter(({ heard }) => heard.call.operation !== 'update')
  )
  assert.deepEqual(removals.map((removal) => deletes.refusalOf(removal)?.match(/iam:\w+/)?.[0]), [
    'iam:CreateRole',
    'iam:DeleteRole',
    undefined
  ])
})

test('a role that nobody may take any more is missed by whoever runs the unit', async () => {
  const { calls, records } = await lived()
  const trust = { unit, kind: 'statement', type: 'aws:iam/role:Role', name: 'deploy' } as const
  const refusal = new Replay(records, calls).refusalOf({
    ...trust,
    path: ['assumeRolePolicy', 'Statement', 0]
  })
  assert.match(refusal ?? '', /not authorized to perform: sts:AssumeRole/)
})
