// An edited node pool, in the simulated clouds: new bounds take effect in one up, and what an
// autoscaler has decided on stays as far as they let it. What cannot be changed of a group brings
// another one, which is there before it goes. The clusters were deployed by an earlier version,
// whose groups were named as their pools.
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
const agentPool = 'azure-native:containerservice:AgentPool'

describe("a node pool's bounds", () => {
  let world: RehearsedWorld
  let planned: Record<string, number>
  let earlier = true
  let more: Edited
  /** The clusters' pools, to be edited as a platform engineer would edit the file. */
  const pools = new Map<string, Edited>()
  before(async () => {
    const whole = await nautilus()
    const clusters = whole.clusters.filter(({ name }) => Object.values(hubs).includes(name)).map((
      cluster
    ) => ({ ...cluster, nodePools: cluster.nodePools.map((pool): Edited => ({ ...pool })) }))
    for (const { name, nodePools } of clusters) {
      const [pool = assert.fail(name)] = nodePools
      pools.set(name, pool)
      // AKS runs its own pods in the first.
      if (name === hubs.azure) nodePools.push(more = { ...pool, name: 'more' })
    }
    const federation: Federation = {
      ...whole,
      clusters,
      links: [],
      disasterRecovery: { ...whole.disasterRecovery, pairs: [] }
    }
    world = new RehearsedWorld(federation, (resource) => {
      const name = resource.type === nodeGroup ? 'nodeGroupName' : 'agentPoolName'
      if (!earlier || (resource.type !== nodeGroup && resource.type !== agentPool)) return undefined
      const pool = resource.type === nodeGroup ? 'hub' : 'more'
      return { props: { ...resource.props, [name]: pool }, opts: resource.opts }
    })
    planned = await world.preview(`infrastructure.${hubs.aws}`)
    for (const name of pools.keys()) await world.up(`infrastructure.${name}`)
    earlier = false
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

  /** Changes that are made in the clouds while something runs, in their order. */
  const changesOf = async (run: () => Promise<unknown>): Promise<string[]> => {
    const calls: string[] = []
    world.heard = (_unit, { call: { operation, type } }) => {
      if (operation !== 'read' && !type.includes('/get')) calls.push(`${operation} ${type}`)
    }
    await run()
    delete world.heard
    return calls
  }

  test('on AWS: another instance type brings a group beside the one that goes, as large as it', async () => {
    const before = await group()
    assert.equal(before.name, 'hub')
    const calls = await changesOf(() => edit(hubs.aws, { instanceType: 'c6i.4xlarge' }))
    assert.deepEqual(calls, [`create ${nodeGroup}`, `delete ${nodeGroup}`])
    const first = await group()
    assert.match(first.name, /^hub-[0-9a-f]{8}$/)
    assert.deepEqual(await scaling(), { minSize: 5, maxSize: 6, desiredSize: 6 })
    assert.deepEqual(await edit(hubs.aws, {}), {})
    const again = await changesOf(() => edit(hubs.aws, { instanceType: 'c6i.2xlarge' }))
    assert.deepEqual(again, [`create ${nodeGroup}`, `delete ${nodeGroup}`])
    assert.match((await group()).name, /^hub-[0-9a-f]{8}$/)
    assert.notEqual((await group()).name, first.name)
    assert.deepEqual(await edit(hubs.aws, {}), {})
  })

  test('on Google Cloud: another instance type changes the nodes of a pool one by one', async () => {
    const calls = await changesOf(() => edit(hubs.gcp, { instanceType: 'n2-standard-16' }))
    assert.deepEqual(calls, ['update gcp:container/nodePool:NodePool'])
    const [pool] = await world.clouds.find({ type: 'gcp:container/nodePool:NodePool' })
    assert.deepEqual(pool?.outputs['upgradeSettings'], {
      strategy: 'SURGE',
      maxSurge: 1,
      maxUnavailable: 0
    })
  })

  test('on Azure: another instance type brings a pool beside the one that goes', async () => {
    const named = async () => (await world.clouds.find({ type: agentPool })).map(({ name }) => name)
    assert.deepEqual(await named(), ['more'])
    const calls = await changesOf(async () => {
      more.instanceType = 'Standard_D16s_v5'
      await edit(hubs.azure, {})
    })
    assert.deepEqual(calls, [`create ${agentPool}`, `delete ${agentPool}`])
    const [name = ''] = await named()
    assert.match(name, /^more[0-9a-f]{4}$/)
    assert.deepEqual(await edit(hubs.azure, {}), {})
  })

  test('move a number no further than they must', () => {
    assert.deepEqual([3, 5, 9].map((nodes) => insideBounds(nodes, { min: 4, max: 8 })), [4, 5, 8])
  })
})
