import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networking } from '../../../programs/networking/plan.ts'
import { clusterOf, platformName } from '../../../programs/scopes.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed, type UnitRun } from '../../fixtures/programs/mock-engine.ts'
import { deployed } from '../infrastructure/upstream.ts'

const federation = await nautilus()
const upstream = deployed(federation)
const run = (name: string): Promise<UnitRun> =>
  runUnit(
    networking,
    federation,
    scopeNamed(federation, networking, 'platform', platformName(name)),
    upstream
  )
type Values = Record<string, unknown>

test('an EKS cluster has an autoscaler of its own minor version', async () => {
  const name = 'nautilus-primary-us-east'
  const unit = await run(name)
  const [release] = Object.values(inputsOf(unit, 'kubernetes:helm.sh/v3:Release'))
  const values = release?.['values'] as Values
  assert.equal((values['image'] as Values)['tag'], `v${clusterOf(federation, name).kubernetesVersion}.0`)
  const { Statement } = JSON.parse(
    String(inputsOf(unit, 'aws:iam/rolePolicy:RolePolicy')[`${name}-autoscaler`]?.['policy'])
  ) as { Statement: { Action: string | string[], Condition?: Values }[] }
  const changing = Statement.filter(({ Action }) =>
    [Action].flat().some((action) => !/:(Describe|Get)/.test(action))
  )
  assert.deepEqual(changing.map(({ Condition }) => Condition), [{
    StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: 'owned' }
  }])
})

test("what pods store is encrypted with the cluster's own key in every cloud", async () => {
  for (
    const [cloud, parameter] of [['aws', 'kmsKeyId'], ['gcp', 'disk-encryption-kms-key'], [
      'azure',
      'diskEncryptionSetID'
    ]] as const
  ) {
    for (const { name } of federation.clusters.filter((cluster) => cluster.cloud === cloud)) {
      const unit = await run(name)
      const [storage] = Object.values(inputsOf(unit, 'kubernetes:storage.k8s.io/v1:StorageClass'))
      const key = upstream[`infrastructure.${name}`]?.['storageKey']
      assert.equal((storage?.['parameters'] as Values)[parameter], key, name)
      assert.equal(
        ((storage?.['metadata'] as Values)['annotations'] as Values)[
          'storageclass.kubernetes.io/is-default-class'
        ],
        'true'
      )
    }
  }
})

test('the preflight asks about every kind of object that a platform registers', async () => {
  const [kind] = networking.units.filter(({ scope }) => scope === 'platform')
  for (const { name } of federation.clusters) {
    const { resources } = await run(name)
    const scope = scopeNamed(federation, networking, 'platform', platformName(name))
    const asked = kind?.preflight?.(federation, scope).access.map(({ type }) => type) ?? []
    const objects = resources.map(({ type }) => type).filter((type) => /^kubernetes:.+\/v\w+:/.test(type))
    assert.ok(asked.length > 0)
    // What a chart makes is not registered: Helm keeps its release in a Secret.
    for (const type of objects) {
      const needed = type === 'kubernetes:helm.sh/v3:Release' ? 'kubernetes:core/v1:Secret' : type
      assert.ok(asked.includes(needed), `${name}: ${type}`)
    }
  }
})
