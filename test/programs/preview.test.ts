/**
 * Previews over all phases beside what the up then does: two clusters of two clouds that are a DR
 * pair.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { stringify } from 'yaml'
import { unknownValue } from '../../automation/stacks/types.ts'
import { type Federation } from '../../programs/types.ts'
import { partFile } from '../../scripts/part-of-nautilus.ts'
import { federationOf, type Operated, OperatedWorld } from '../fixtures/programs/operated-world.ts'

const edited = 'nautilus-primary-us-east'
const hub = 'nautilus-dr-us-west'

/** The two clusters, the first with this range, the second with monitoring's hub. */
async function federation (cidr: string): Promise<Federation> {
  const file = await partFile([edited, hub])
  const clusters = file.clusters.map((cluster) => cluster.name === edited ? { ...cluster, cidr } : cluster)
  return federationOf(stringify({ ...file, clusters, monitoring: { ...file.monitoring, hub } }))
}

/** `unit: resource was -> is`, for each resource of which two operations say different things. */
function differences (
  promised: ReadonlyMap<string, Operated>,
  done: ReadonlyMap<string, Operated>
): string[] {
  return [...done].flatMap(([unit, { changes }]) => {
    const before = promised.get(unit)?.changes ?? new Map<string, string>()
    return [...new Set([...changes.keys(), ...before.keys()])].filter((urn) =>
      before.get(urn) !== changes.get(urn)
    )
      .map((urn) =>
        `${unit}: ${urn.split('::').at(-1)} ${before.get(urn) ?? 'same'} -> ${changes.get(urn) ?? 'same'}`
      )
  })
}

suite('a preview over all phases', { timeout: 600_000 }, () => {
  const world = new OperatedWorld()

  test('of an edited network shows in each unit what the up then does', async () => {
    await world.deploy(await federation('10.1.0.0/16'), 'up')
    const deployed = structuredClone([...world.outputs])
    const stacks = await world.stacks.list()
    const edit = await federation('10.77.0.0/16')

    const promised = await world.deploy(edit, 'preview')
    // It changed nothing, and what is deployed hands on what it did.
    assert.deepEqual(await world.stacks.list(), stacks)
    assert.deepEqual([...world.outputs], deployed)
    const outputs = promised.get(`infrastructure.${edited}`)?.outcome.outputs
    assert.deepEqual([outputs?.['networkId'], outputs?.['kubeconfig'], outputs?.['clusterName']], [
      { value: unknownValue, secret: false },
      { value: unknownValue, secret: true },
      { value: edited, secret: false }
    ])
    for (
      const phase of [
        'infrastructure',
        'networking',
        'mesh',
        'federation',
        'monitoring',
        'disaster-recovery',
        'validation'
      ]
    ) {
      assert.ok(
        (promised.get(`${phase}.${edited}`)?.outcome.resourceChanges.replace ?? 0) > 0,
        `${phase} replaces nothing`
      )
    }

    const done = await world.deploy(edit, 'up')
    assert.deepEqual(differences(promised, done).filter((difference) => !difference.endsWith(' -> same')), [])
    // The report's data changes in place if the Jobs, which are made anew, measure something else:
    // nobody can know before.
    assert.deepEqual(differences(promised, done), [
      'validation.global: windlass-validation-federation update -> same'
    ])
  })
})
