/**
 * What was destroyed is made again in the same accounts, although clouds keep some names: for ever,
 * or until what was deleted can no longer be recovered.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ResourceTransformation } from '@pulumi/pulumi'
import { type CloudName, clouds } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { isMemory } from '../../../rehearsal/clouds/kept-names.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'

const federation: Federation = {
  ...await nautilus(),
  ci: {
    issuer: 'https://token.actions.githubusercontent.com',
    subjects: ['repo:one/nautilus:environment:live']
  }
}

/** Units of phase 1 for a cloud's account and for one cluster there. */
function unitsOf (cloud: CloudName): string[] {
  const cluster = federation.clusters.find((one) => one.cloud === cloud)?.name ?? ''
  return [`prerequisites.${cloud}`, `prerequisites.${cluster}`]
}

/** Gives an input of one type its value whatever the program says. */
const fixed = (type: string, input: string, value: string): ResourceTransformation => (args) =>
  args.type === type ? { props: { ...args.props, [input]: value }, opts: args.opts } : undefined

/** Deploys, destroys, and deploys again what phase 1 makes in a cloud. */
async function twice (cloud: CloudName): Promise<void> {
  const world = new RehearsedWorld(federation)
  world.fresh = true
  for (const id of unitsOf(cloud)) await world.up(id)
  for (const id of unitsOf(cloud).toReversed()) await world.destroy(id)
  const left = (await world.clouds.find({})).filter((record) => !isMemory(record))
  assert.deepEqual(left.map(({ type }) => type), [])
  for (const id of unitsOf(cloud)) await world.again(id)
}

for (const cloud of clouds) {
  test(`phase 1 of ${cloud} comes up again after it was destroyed`, async () => {
    await twice(cloud)
  })
}

test('names that were deployed without an end of their own stay', async () => {
  let before = true
  const names: ResourceTransformation[] = [
    fixed('gcp:kms/keyRing:KeyRing', 'name', 'nautilus-primary-asia-northeast'),
    fixed('gcp:iam/workloadIdentityPool:WorkloadIdentityPool', 'workloadIdentityPoolId', 'nautilus-ci'),
    (args) =>
      args.type === 'gcp:projects/iAMCustomRole:IAMCustomRole'
        ? { props: { ...args.props, roleId: `nautilus_${args.name.replaceAll('-', '_')}` }, opts: args.opts }
        : undefined
  ]
  const world = new RehearsedWorld(federation, (args) => {
    for (const name of before ? names : []) {
      const changed = name(args)
      if (changed) return changed
    }
    return undefined
  })
  for (const id of unitsOf('gcp')) await world.up(id)
  before = false
  for (const id of unitsOf('gcp')) {
    const { same, ...changed } = await world.again(id)
    assert.deepEqual(changed, {}, `${id}: ${same ?? 0} are the same`)
  }
})
