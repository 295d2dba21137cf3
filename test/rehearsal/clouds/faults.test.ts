import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyProviderError } from '../../../automation/stacks/provider-errors.ts'
import { type Fault } from '../../../rehearsal/clouds/faults.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import { eksCluster, kubeconfig, make, provider, subject, urnOf, vpcType, world } from './world.ts'

const vpc = { cidrBlock: '10.0.0.0/16' }
const awsWith = async (faults: Fault[], options = {}) =>
  provider(world({ faults, ...options }).clouds, 'aws', { region: 'us-east-1' })
const message = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => assert.fail('it succeeded'),
    (error: unknown) => error instanceof Error ? error.message : String(error)
  )

test('a fault fails the first n times, then lets pass, also across processes', async () => {
  const store = new MemoryCloudStore()
  const faults: Fault[] = [{
    type: vpcType,
    kind: 'fail',
    operation: 'create',
    times: 2,
    message: 'the AZ burns'
  }]
  const again = () => awsWith(faults, { store, deployment: 'd1' })
  assert.match(
    await message(make(await again(), vpcType, 'v', vpc)),
    /creating EC2 VPC.*StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidParameterValue: the AZ burns/
  )
  assert.match(await message(make(await again(), vpcType, 'v', vpc)), /the AZ burns/)
  await make(await again(), vpcType, 'v', vpc)
  assert.match(
    await message(make(await awsWith(faults, { store, deployment: 'd2' }), vpcType, 'v', vpc)),
    /the AZ burns/
  )
})

test('a fault hits only what it names: cloud, region, type, name, operation, cluster', async () => {
  const misses: Fault[] = [
    { cloud: 'gcp', kind: 'fail' },
    { region: 'eu-west-1', kind: 'fail' },
    { type: 'aws:ec2/subnet:*', kind: 'fail' },
    { name: 'other*', kind: 'fail' },
    { operation: 'delete', kind: 'fail' },
    { cluster: 'hub', kind: 'fail' }
  ]
  await make(await awsWith(misses, { cluster: 'primary' }), vpcType, 'v', vpc)
  const hits: Fault[] = [
    { cloud: 'aws', kind: 'fail' },
    { region: 'us-east-1', kind: 'fail' },
    { type: 'aws:ec2/*', kind: 'fail' },
    { name: 'v*', kind: 'fail' },
    { operation: 'create', kind: 'fail' },
    { cluster: 'hub', kind: 'fail' }
  ]
  for (const fault of hits) {
    await message(make(await awsWith([fault], { clusters: ['primary', 'hub'] }), vpcType, 'v', vpc))
  }
})

test('a preview meets no fault', async () => {
  const aws = await awsWith([{ kind: 'fail' }])
  await aws.create({
    urn: 'urn:pulumi:t::p::aws:ec2/vpc:Vpc::v',
    name: 'v',
    type: vpcType,
    properties: vpc,
    timeout: 0,
    preview: true
  })
})

test('each kind of fault is classified as what it is, in every cloud', async () => {
  const said: Record<string, string> = {}
  for (const kind of ['fail', 'throttle', 'quota'] as const) {
    const { clouds, store } = world({ faults: [{ kind, name: 'hit' }] })
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const { cluster } = await eksCluster(aws)
    const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'europe-west1' })
    const azure = await provider(clouds, 'azure-native', { location: 'japaneast' })
    const kubernetes = await provider(clouds, 'kubernetes', {
      kubeconfig: kubeconfig(cluster.properties.endpoint)
    })
    const before = await store.count({})
    said[`aws ${kind}`] = await message(make(aws, vpcType, 'hit', vpc))
    said[`gcp ${kind}`] = await message(make(gcp, 'gcp:compute/network:Network', 'hit', {}))
    said[`azure ${kind}`] = await message(make(azure, 'azure-native:resources:ResourceGroup', 'hit', {}))
    said[`kubernetes ${kind}`] = await message(
      make(kubernetes, 'kubernetes:core/v1:Namespace', 'hit', { apiVersion: 'v1', kind: 'Namespace' })
    )
    assert.equal(await store.count({}), before, 'a fault leaves nothing behind')
  }
  const kinds = { fail: 'invalid', throttle: 'throttle', quota: 'quota' }
  for (const [what, text] of Object.entries(said)) {
    const [cloud = '', kind = 'fail'] = what.split(' ')
    assert.deepEqual(classifyProviderError(text), {
      cloud,
      kind: kinds[kind as keyof typeof kinds],
      retryable: kind === 'throttle'
    }, text)
  }
  assert.match(said['gcp quota'] ?? '', /googleapi: Error 403: QUOTA_EXCEEDED/)
  assert.match(said['azure throttle'] ?? '', /Code="TooManyRequests"/)
})

test('a slow operation takes longer and succeeds', async () => {
  const aws = await awsWith([{ kind: 'slow', times: 1 }])
  const started = performance.now()
  await make(aws, vpcType, 'v', vpc)
  // A lower bound: 50 ms at time scale 0, and timers may fire a millisecond early.
  assert.ok(performance.now() - started >= 49)
})

test('a fault that lets calls pass hits those after them, as often as it says', async () => {
  const faults: Fault[] = [{ kind: 'denied', operation: 'create', after: 1, times: 1 }]
  const aws = await awsWith(faults)
  await make(aws, vpcType, 'first', vpc)
  assert.match(
    await message(make(aws, vpcType, 'second', vpc)),
    /StatusCode: 403.*api error ExpiredToken: The security token included in the request is expired/
  )
  await make(aws, vpcType, 'third', vpc)
})

test("a fault speaks with the cloud's own code where it names one", async () => {
  const aws = await awsWith([{ kind: 'fail', code: 'InsufficientInstanceCapacity', message: 'none left' }])
  const said = await message(make(aws, vpcType, 'v', vpc))
  assert.match(said, /api error InsufficientInstanceCapacity: none left/)
  assert.equal(classifyProviderError(said).kind, 'unavailable')
  const { clouds } = world({
    faults: [{
      kind: 'fail',
      cloud: 'kubernetes',
      code: 'InternalError',
      message: 'etcdserver: request timed out'
    }]
  })
  const { cluster } = await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
  const kubernetes = await provider(clouds, 'kubernetes', {
    kubeconfig: kubeconfig(cluster.properties.endpoint)
  })
  const namespace = { apiVersion: 'v1', kind: 'Namespace' }
  const late = await message(make(kubernetes, 'kubernetes:core/v1:Namespace', 'n', namespace))
  assert.match(late, /etcdserver: request timed out \(500 InternalError\)/)
  assert.ok(classifyProviderError(late).retryable)
})

test('an operation whose answer is lost was done', async () => {
  const { clouds, store } = world({ faults: [{ kind: 'lost-answer', operation: 'create', times: 1 }] })
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const said = await message(make(aws, vpcType, 'v', vpc))
  assert.match(said, /connection reset by peer/)
  assert.equal(classifyProviderError(said).retryable, true)
  assert.equal(await store.count({ type: vpcType }), 1)
})

test('in an outage nothing of its place answers, API servers there included, until it is over', async () => {
  const store = new MemoryCloudStore()
  const { clouds } = world({ store })
  const east = await provider(clouds, 'aws', { region: 'us-east-1' })
  const west = await provider(clouds, 'aws', { region: 'us-west-2' })
  const { cluster } = await eksCluster(east)
  const config = { kubeconfig: kubeconfig(cluster.properties.endpoint) }
  const namespace = { apiVersion: 'v1', kind: 'Namespace' }
  store.down = [{ kind: 'outage', cloud: 'aws', region: 'us-east-1' }]
  const during = world({ store }).clouds
  const inside = await provider(during, 'kubernetes', config)
  const cut = await provider(during, 'aws', { region: 'us-east-1' })
  assert.match(
    await message(make(inside, 'kubernetes:core/v1:Namespace', 'n', namespace)),
    /cluster is unreachable: .*i\/o timeout/
  )
  for (
    const call of [
      make(cut, vpcType, 'v', vpc),
      cut.read({ ...subject('aws:eks/cluster:Cluster', 'c'), ...cluster }),
      cut.invoke({ tok: 'aws:index/getCallerIdentity:getCallerIdentity', args: {}, preview: false })
    ]
  ) {
    const said = await message(call)
    assert.match(said, /dial tcp: i\/o timeout/)
    assert.equal(classifyProviderError(said).kind, 'unavailable')
  }
  await make(west, vpcType, 'v', vpc)
  store.down = []
  await make(
    await provider(world({ store }).clouds, 'kubernetes', config),
    'kubernetes:core/v1:Namespace',
    'n',
    namespace
  )
})

test('a mistake gives another input, none, or no resource, in checks and so in previews', async () => {
  const faults: Fault[] = [
    { kind: 'mistake', type: vpcType, name: 'v', property: 'cidrBlock', value: '10.9.0.0/16' },
    { kind: 'mistake', type: vpcType, name: 'v', property: 'tags.owner' },
    { kind: 'mistake', type: vpcType, name: 'absent' }
  ]
  const { clouds, store } = world({ faults })
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, vpcType, 'v', { ...vpc, tags: { owner: 'a', team: 'b' } })
  assert.equal(made.inputs.cidrBlock, '10.9.0.0/16')
  assert.deepEqual(made.inputs.tags, { team: 'b' })
  await make(aws, vpcType, 'absent', vpc)
  assert.deepEqual((await store.find({ type: vpcType })).map(({ token }) => token), [urnOf(vpcType, 'v')])
})
