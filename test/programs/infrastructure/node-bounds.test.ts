// An edited node pool, in the simulated clouds: new bounds take effect in one up, and what an
// autoscaler has decided on stays as far as they let it.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { insideBounds } from '../../../programs/components/aws/node-groups.ts'
import { type NodePool } from '../../../programs/types/cluster.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'

type Edited = { -readonly [K in keyof NodePool]: NodePool[K] }
const hubs = {
  aws: 'nautilus-hub-us-west',
  gcp: 'nautilus-hub-eu-central',
  azure: 'nautilus-hub-asia-southeast'
}
const nodeGroup = 'aws:eks/nodeGroup:NodeGroup'

describe("a node pool's bounds", () => {
  let world: RehearsedWorld
  let planned: Record<string, number>
  /** The clusters' pools, to be edited as a platform engineer would edit the file. */
  const pools = new Map<string, Edited>()
  before(async () => {
    const whole = await nautilus()
    const clusters = whole.clusters.filter(({ name }) => Object.values(hubs).includes(name)).map((
      cluster
    ) => ({ ...cluster, nodePools: cluster.nodePools.map((pool): Edited => ({ ...pool })) }))
    for (const { name, nodePools: [pool] } of clusters) if (pool) pools.set(name, pool)
    const federation: Federation = {
      ...whole,
      clusters,
      links: [],
      disasterRecovery: { ...whole.disasterRecovery, pairs: [] }
    }
    world = new RehearsedWorld(federation)
    planned = await world.preview(`infrastructure.${hubs.aws}`)
    for (const name of pools.keys()) await world.up(`infrastructure.${name}`)
  })
  const edit = async (cluster: string, bounds: Partial<Edited>): Promise<Record<string, number>> => {
    Object.assign(pools.get(cluster) ?? assert.fail(cluster), bounds)
    const { same, ...changes } = await world.again(`infrastructure.${cluster}`)
    assert.ok((same ?? 0) > 0)
    return changes
  }
  const group = async () => (await world.clouds.find({ type: nodeGroup }))[0] ?? assert.fail('no node group')
  const scaling = async () => (await group()).outputs['scalingConfig']

  test('are previewed before there is a cluster to ask for its nodes', () => {
    assert.deepEqual(Object.keys(planned), ['create'])
  })

  for (const [cloud, cluster] of Object.entries(hubs)) {
    test(`of a cluster on ${cloud} are raised in one up, which changes nothing else`, async () => {
      assert.deepEqual(await edit(cluster, { min: 4, desired: 4 }), { update: 1 })
      assert.deepEqual(await edit(cluster, {}), {})
    })
  }

  test('on AWS keep the nodes that run: a raised minimum adds some, and none above it goes', async () => {
    assert.deepEqual(await scaling(), { minSize: 4, maxSize: 8, desiredSize: 4 })
    const record = await group()
    const scaled = { minSize: 4, maxSize: 8, desiredSize: 7 }
    await world.clouds.put({
      ...record,
      outputs: { ...record.outputs, scalingConfig: scaled },
      inputs: { ...record.inputs, scalingConfig: scaled }
    })
    await edit(hubs.aws, { min: 5, desired: 5 })
    assert.deepEqual(await scaling(), { minSize: 5, maxSize: 8, desiredSize: 7 })
    await edit(hubs.aws, { max: 6 })
    assert.deepEqual(await scaling(), { minSize: 5, maxSize: 6, desiredSize: 6 })
  })

  test('move a number no further than they must', () => {
    assert.deepEqual([3, 5, 9].map((nodes) => insideBounds(nodes, { min: 4, max: 8 })), [4, 5, 8])
  })
})
