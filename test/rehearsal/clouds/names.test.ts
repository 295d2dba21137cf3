import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WireObject } from '../../../rehearsal/wire.ts'
import {
  eksCluster,
  make,
  provider,
  remove,
  roleType,
  subject,
  subnetType,
  vpcType,
  world,
  clusterType
} from './world.ts'

test('outputs have the form that the cloud gives them', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', {
    region: 'us-east-1',
    allowedAccountIds: JSON.stringify(['210987654321']),
    defaultTags: JSON.stringify({ tags: { owner: 'platform' } })
  })
  const { vpc, cluster } = await eksCluster(aws)
  assert.match(vpc.id, /^vpc-0[0-9a-f]{16}$/)
  assert.equal(vpc.properties.arn, `arn:aws:ec2:us-east-1:210987654321:vpc/${vpc.id}`)
  assert.deepEqual(vpc.properties.tagsAll, { owner: 'platform' })
  assert.match(
    String(cluster.properties.endpoint),
    /^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/
  )
})

test('a second resource of one URN (a replacement) has an id of its own', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const first = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  const second = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  assert.notEqual(first.id, second.id)
})

test('rehearsals with the same seed repeat, and another seed gives other identifiers', async () => {
  const run = async (seed: number) => {
    const { clouds, store } = world({ seed })
    await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
    return store.find({})
  }
  assert.deepEqual(await run(1), await run(1))
  assert.notDeepEqual((await run(1)).map(({ id }) => id), (await run(2)).map(({ id }) => id))
})

test('identifiers, made-up names and random values do not depend on the order of keys', async () => {
  const [one, other] = await Promise.all(
    [[['cidrBlock', '10.0.0.0/16'], ['tags', { a: '1', b: '2' }]], [['tags', { b: '2', a: '1' }], [
      'cidrBlock',
      '10.0.0.0/16'
    ]]].map(async (entries) => {
      const { clouds } = world()
      const vpc = await make(
        await provider(clouds, 'aws', { region: 'us-east-1' }),
        vpcType,
        'v',
        Object.fromEntries(entries) as WireObject
      )
      const role = await make(
        await provider(clouds, 'aws', { region: 'us-east-1' }),
        roleType,
        'r',
        Object.fromEntries([
          ['assumeRolePolicy', '{"Version":"2012-10-17","Statement":[]}'],
          ...entries.filter(([name]) => name === 'tags')
        ]) as WireObject
      )
      return {
        id: vpc.id,
        properties: vpc.properties,
        name: role.properties.name,
        roleId: role.properties.uniqueId
      }
    })
  )
  assert.deepEqual(one, other)
})

test('worlds do not see each other', async () => {
  const [one, two] = [world(), world()]
  const bucket = { bucket: 'nautilus-backups' }
  await make(await provider(one.clouds, 'aws', {}), 'aws:s3/bucket:Bucket', 'b', bucket)
  await make(await provider(two.clouds, 'aws', {}), 'aws:s3/bucket:Bucket', 'b', bucket)
  await assert.rejects(
    make(await provider(one.clouds, 'aws', { region: 'eu-west-1' }), 'aws:s3/bucket:Bucket', 'c', bucket),
    /BucketAlreadyExists/
  )
})

test('names that AWS keeps by region may repeat in another region', async () => {
  const { clouds, store } = world()
  const group = { name: '/windlass/flow' }
  const [east, west] = [
    await provider(clouds, 'aws', { region: 'us-east-1' }),
    await provider(clouds, 'aws', { region: 'us-west-2' })
  ]
  const made = await make(east, 'aws:cloudwatch/logGroup:LogGroup', 'e', group)
  await make(west, 'aws:cloudwatch/logGroup:LogGroup', 'w', group)
  await assert.rejects(
    make(east, 'aws:cloudwatch/logGroup:LogGroup', 'e2', group),
    /ResourceAlreadyExistsException/
  )
  await remove(east, 'aws:cloudwatch/logGroup:LogGroup', 'e', made)
  assert.deepEqual((await store.find({})).map(({ region }) => region), ['us-west-2'])
})

test('a cluster made again under its name has an endpoint and authority of its own', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { role, cluster } = await eksCluster(aws)
  const update = { ...cluster.inputs, version: '1.35' }
  const { properties } = await aws.update({
    ...subject(clusterType, 'primary'),
    id: cluster.id,
    olds: cluster.properties,
    news: update,
    oldInputs: cluster.inputs,
    timeout: 0,
    ignoreChanges: [],
    preview: false
  })
  assert.deepEqual([properties.endpoint, properties.certificateAuthority], [
    cluster.properties.endpoint,
    cluster.properties.certificateAuthority
  ])
  const vpc = await make(aws, vpcType, 'second', { cidrBlock: '10.2.0.0/16' })
  const subnets = await Promise.all(
    ['a', 'b'].map((zone, index) =>
      make(aws, subnetType, `second-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.2.${16 * index}.0/20`,
        availabilityZone: `us-east-1${zone}`
      })
    )
  )
  const moved = {
    name: 'primary',
    roleArn: role.properties.arn ?? '',
    vpcConfig: { subnetIds: subnets.map(({ id }) => id) }
  }
  await assert.rejects(
    aws.update({
      ...subject(clusterType, 'primary'),
      id: cluster.id,
      olds: properties,
      news: { ...cluster.inputs, ...moved },
      oldInputs: update,
      timeout: 0,
      ignoreChanges: [],
      preview: false
    }),
    /belong to a VPC other than the cluster's/
  )
  await remove(aws, clusterType, 'primary', cluster)
  const again = await make(aws, clusterType, 'primary', moved)
  assert.equal(again.id, cluster.id)
  assert.notEqual(again.properties.endpoint, cluster.properties.endpoint)
  assert.notDeepEqual(again.properties.certificateAuthority, cluster.properties.certificateAuthority)
})

test('a made-up name is none that an earlier resource of the URN still has', async () => {
  const { clouds } = world()
  const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'us-west1' })
  const type = 'gcp:compute/network:Network'
  const first = await make(gcp, type, 'n', { autoCreateSubnetworks: false })
  // The same inputs again while the first is still there: what happens when a file is put back
  // after a replacement that could not delete it.
  const second = await make(gcp, type, 'n', { autoCreateSubnetworks: false })
  assert.notEqual(second.inputs.name, first.inputs.name)
})
