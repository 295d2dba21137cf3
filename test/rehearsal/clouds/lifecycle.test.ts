import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringAt, plain, valueAt } from '../../../rehearsal/clouds/wire-values.ts'
import { UNKNOWN, type WireObject } from '../../../rehearsal/wire.ts'
import {
  diff,
  eksCluster,
  kubeconfig,
  make,
  provider,
  remove,
  ROLE,
  subject,
  SUBNET,
  VPC,
  world,
  CLUSTER
} from './world.ts'

const GKE = 'gcp:container/cluster:Cluster'

test('outputs look as the cloud names them', async () => {
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

test('what is made can be read, and is gone after its deletion', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' })
  const request = { ...subject(VPC, 'v'), id: made.id, properties: made.properties, inputs: made.inputs }
  assert.deepEqual(await aws.read(request), { id: made.id, properties: made.properties, inputs: made.inputs })
  await remove(aws, VPC, 'v', made)
  assert.equal((await aws.read(request)).id, '')
  assert.equal(await store.count({}), 0)
  await remove(aws, VPC, 'v', made)
})

test('a change made behind our back is drift: read shows it in outputs and inputs', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16', tags: { a: '1' } })
  const [record] = await store.find({ id: made.id })
  assert.ok(record)
  await store.put({ ...record, outputs: { ...record.outputs, tags: { a: '2', b: 'added' } } })
  const read = await aws.read({
    ...subject(VPC, 'v'),
    id: made.id,
    properties: made.properties,
    inputs: made.inputs
  })
  assert.deepEqual(read.inputs?.tags, { a: '2', b: 'added' })
  const drift = await diff(aws, VPC, 'v', { ...made, inputs: read.inputs ?? {} }, {
    cidrBlock: '10.0.0.0/16',
    tags: { a: '1' }
  })
  assert.equal(drift.changes, 'some')
  assert.deepEqual(drift.replaces, [])
})

test('a property that cannot change in place replaces, others update and keep what was computed', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' })
  const replaced = await diff(aws, VPC, 'v', made, { cidrBlock: '10.9.0.0/16' })
  assert.deepEqual(replaced.replaces, ['cidrBlock'])
  assert.equal(replaced.detailedDiff?.cidrBlock?.kind, 'UPDATE_REPLACE')
  const news = await diff(aws, VPC, 'v', made, { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true })
  assert.deepEqual([news.changes, news.replaces], ['some', []])
  const updated = await aws.update({
    ...subject(VPC, 'v'),
    id: made.id,
    olds: made.properties,
    news: news.checked,
    oldInputs: made.inputs,
    timeout: 0,
    ignoreChanges: [],
    preview: false
  })
  assert.deepEqual(updated.properties, { ...made.properties, enableDnsHostnames: true })
})

test('the same inputs are no change, and made-up names stay', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const role = await make(aws, ROLE, 'r', { assumeRolePolicy: '{"Statement":[]}' })
  assert.match(role.id, /^r-[0-9a-f]{7}$/)
  const same = await diff(aws, ROLE, 'r', role, { assumeRolePolicy: '{"Statement":[]}' })
  assert.deepEqual([same.changes, same.diffs], ['none', []])
})

test('a named resource is deleted before its replacement, a made-up name lets both exist', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const auto = await make(aws, ROLE, 'r', { assumeRolePolicy: '{"Statement":[]}' })
  const named = await make(aws, ROLE, 'n', { name: 'fixed', assumeRolePolicy: '{"Statement":[]}' })
  assert.equal(
    (await diff(aws, ROLE, 'r', auto, { assumeRolePolicy: '{"Statement":[]}', path: '/x/' }))
      .deleteBeforeReplace,
    false
  )
  assert.equal(
    (await diff(aws, ROLE, 'n', named, { name: 'fixed', assumeRolePolicy: '{"Statement":[]}', path: '/x/' }))
      .deleteBeforeReplace,
    true
  )
})

test('a preview makes nothing and computes nothing', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { id, properties } = await aws.create({
    ...subject(SUBNET, 's'),
    properties: { vpcId: UNKNOWN, cidrBlock: '10.0.0.0/20' },
    timeout: 0,
    preview: true
  })
  assert.equal(id, '')
  assert.equal(properties.arn, UNKNOWN)
  assert.equal(properties.vpcId, UNKNOWN)
  assert.equal(properties.cidrBlock, '10.0.0.0/20')
  assert.equal(await store.count({}), 0)
})

test(
  'a preview knows what the cloud fills in inside given objects: as it was for what is updated, unknown ' +
    'for what is made',
  async () => {
    const { clouds } = world()
    const gcp = await provider(clouds, 'gcp', { region: 'europe-west1', project: 'p' })
    const inputs = {
      name: 'c',
      location: 'europe-west1',
      initialNodeCount: 1,
      deletionProtection: false,
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } }
    }
    const made = await make(gcp, GKE, 'c', inputs)
    const authority = (properties: WireObject): string | undefined =>
      stringAt(plain(properties), 'masterAuth.clusterCaCertificate')
    assert.match(authority(made.properties) ?? '', /^LS0t/)
    const change = {
      ...subject(GKE, 'c'),
      id: made.id,
      olds: made.properties,
      oldInputs: made.inputs,
      timeout: 0,
      ignoreChanges: [],
      preview: true
    }
    const updated = await gcp.update({ ...change, news: { ...made.inputs, description: 'x' } })
    assert.equal(authority(updated.properties), authority(made.properties))
    const fresh = await gcp.create({
      ...subject(GKE, 'c'),
      properties: made.inputs,
      timeout: 0,
      preview: true
    })
    assert.equal(authority(fresh.properties), UNKNOWN)
    // What the program no longer asks for is gone.
    const { properties } = await gcp.update({ ...change, news: { ...made.inputs, masterAuth: {} } })
    assert.equal(valueAt(plain(properties), 'masterAuth.clientCertificateConfig'), undefined)
  }
)

test('a second resource of one URN (a replacement) gets an id of its own', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const first = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' })
  const second = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' })
  assert.notEqual(first.id, second.id)
})

test('lookup finds what a create had made before its answer was lost, and not what the state knows', async () => {
  const { clouds } = world({
    durations: { defaults: { aws: { create: 3600, update: 0, delete: 0 } }, types: {} },
    timeScale: 1
  })
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  assert.equal(await aws.lookup?.({ ...subject(VPC, 'v'), inputs: { cidrBlock: '10.0.0.0/16' } }), undefined)
  const abort = new AbortController()
  const creating = make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' }, abort.signal)
  setImmediate(() => abort.abort())
  await assert.rejects(creating, /canceled/)
  const found = await aws.lookup?.({ ...subject(VPC, 'v'), inputs: { cidrBlock: '10.0.0.0/16' } })
  assert.match(found?.id ?? '', /^vpc-/)
  assert.equal(
    await aws.lookup?.({
      ...subject(VPC, 'v'),
      inputs: { cidrBlock: '10.0.0.0/16' },
      known: [found?.id ?? '']
    }),
    undefined
  )
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

test(
  'what engines send in another order is the same: identifiers, made-up names and random values do not ' +
    'depend on it',
  async () => {
    const [one, other] = await Promise.all(
      [[['cidrBlock', '10.0.0.0/16'], ['tags', { a: '1', b: '2' }]], [['tags', { b: '2', a: '1' }], [
        'cidrBlock',
        '10.0.0.0/16'
      ]]].map(async (entries) => {
        const { clouds } = world()
        const vpc = await make(
          await provider(clouds, 'aws', { region: 'us-east-1' }),
          VPC,
          'v',
          Object.fromEntries(entries) as WireObject
        )
        const role = await make(
          await provider(clouds, 'aws', { region: 'us-east-1' }),
          ROLE,
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
  }
)

test('a store that does not understand unions is asked part by part, with the same result', async () => {
  const { clouds, store } = world()
  Object.assign(store, { unions: false })
  const find = store.find.bind(store)
  store.find = (query) => {
    assert.equal(query.any, undefined)
    return find(query)
  }
  const { vpc } = await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
  const plain = world()
  assert.deepEqual((await eksCluster(await provider(plain.clouds, 'aws', { region: 'us-east-1' }))).vpc, vpc)
  assert.deepEqual(await find({}), await plain.store.find({}))
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

test('any type of a package is accepted, with required inputs checked and outputs by convention', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'eu-west-1' })
  const table = await make(aws, 'aws:dynamodb/table:Table', 't', {
    attributes: [{ name: 'id', type: 'S' }],
    hashKey: 'id',
    billingMode: 'PAY_PER_REQUEST'
  })
  assert.match(String(table.properties.arn), /^arn:aws:dynamodb:eu-west-1:123456789012:table\//)
  await assert.rejects(make(aws, 'aws:lambda/function:Function', 'f', {}), /role: Missing required argument/)
  await assert.rejects(
    make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16', cidr: 'x' }),
    /cidr: Invalid or unknown key/
  )
  assert.equal(await store.count({}), 1)
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

test('deleting a cluster ends what runs in it', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { cluster } = await eksCluster(aws)
  await store.put({
    id: 'ns',
    pkg: 'kubernetes',
    type: 'kubernetes:core/v1:Namespace',
    account: String(cluster.properties.endpoint).replace('https://', '').toLowerCase(),
    region: '',
    name: 'ns',
    token: '',
    incarnation: '',
    created: '2026-01-01T00:00:00Z',
    inputs: {},
    outputs: {}
  })
  await remove(aws, CLUSTER, 'primary', cluster)
  assert.equal(await store.count({ pkg: 'kubernetes' }), 0)
})

test('a route table goes with its routes and a group with its rules, unless another group trusts it', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const vpc = await make(aws, VPC, 'v', { cidrBlock: '10.0.0.0/16' })
  const gateway = await make(aws, 'aws:ec2/internetGateway:InternetGateway', 'g', { vpcId: vpc.id })
  const table = await make(aws, 'aws:ec2/routeTable:RouteTable', 't', { vpcId: vpc.id })
  const route = await make(aws, 'aws:ec2/route:Route', 'r', {
    routeTableId: table.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id
  })
  await remove(aws, 'aws:ec2/routeTable:RouteTable', 't', table)
  assert.equal(await store.count({ type: 'aws:ec2/route:Route' }), 0)
  // What went with its table counts as deleted.
  await remove(aws, 'aws:ec2/route:Route', 'r', route)
  const group = await make(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', { vpcId: vpc.id })
  const other = await make(aws, 'aws:ec2/securityGroup:SecurityGroup', 'o', { vpcId: vpc.id })
  const rule = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
  const trust = await make(aws, rule, 'trust', {
    securityGroupId: other.id,
    referencedSecurityGroupId: group.id,
    ipProtocol: '-1'
  })
  await make(aws, rule, 'own', { securityGroupId: group.id, cidrIpv4: '10.0.0.0/8', ipProtocol: '-1' })
  await assert.rejects(remove(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', group), /DependencyViolation/)
  await remove(aws, rule, 'trust', trust)
  await remove(aws, 'aws:ec2/securityGroup:SecurityGroup', 's', group)
  assert.equal(await store.count({ type: rule }), 0)
})

test(
  'a cluster made again under its name is another cluster: its endpoint and authority differ, and stay ' +
    'through updates',
  async () => {
    const { clouds } = world()
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const { role, cluster } = await eksCluster(aws)
    const update = { ...cluster.inputs, version: '1.35' }
    const { properties } = await aws.update({
      ...subject(CLUSTER, 'primary'),
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
    const vpc = await make(aws, VPC, 'second', { cidrBlock: '10.2.0.0/16' })
    const subnets = await Promise.all(
      ['a', 'b'].map((zone, index) =>
        make(aws, SUBNET, `second-${zone}`, {
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
        ...subject(CLUSTER, 'primary'),
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
    await remove(aws, CLUSTER, 'primary', cluster)
    const again = await make(aws, CLUSTER, 'primary', moved)
    assert.equal(again.id, cluster.id)
    assert.notEqual(again.properties.endpoint, cluster.properties.endpoint)
    assert.notDeepEqual(again.properties.certificateAuthority, cluster.properties.certificateAuthority)
  }
)

test('a made-up name is one that no earlier resource of the URN still has', async () => {
  const { clouds } = world()
  const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'us-west1' })
  const type = 'gcp:compute/network:Network'
  const first = await make(gcp, type, 'n', { autoCreateSubnetworks: false })
  // The same inputs again while the first is still there: what happens when a file is put back
  // after a replacement that could not delete it.
  const second = await make(gcp, type, 'n', { autoCreateSubnetworks: false })
  assert.notEqual(second.inputs.name, first.inputs.name)
})

test('a kubernetes provider is replaced when its kubeconfig means another cluster, and only then', async () => {
  const { clouds } = world()
  const connected = await clouds.connect('kubernetes')
  assert.ok(connected)
  const diffOf = (before: string, after: string) =>
    connected.diffConfig({
      ...subject('pulumi:providers:kubernetes', 'k'),
      id: 'id',
      olds: { kubeconfig: before },
      oldInputs: { kubeconfig: before },
      news: { kubeconfig: after },
      ignoreChanges: []
    })
  const config = kubeconfig('https://a.example.com')
  assert.deepEqual((await diffOf(config, kubeconfig('https://b.example.com'))).replaces, ['kubeconfig'])
  const otherUser = JSON.stringify({
    ...JSON.parse(config) as object,
    users: [{ name: 'u', user: { token: 't' } }]
  })
  const { changes, replaces } = await diffOf(config, otherUser)
  assert.deepEqual([changes, replaces], ['some', []])
})

test('objects of a cluster that is gone count as deleted only where that was asked for', async () => {
  for (const deleteUnreachable of [false, true]) {
    const { clouds, store } = world({ deleteUnreachable })
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const { cluster } = await eksCluster(aws)
    const objects = await provider(clouds, 'kubernetes', {
      kubeconfig: kubeconfig(cluster.properties.endpoint)
    })
    const namespace = await make(objects, 'kubernetes:core/v1:Namespace', 'ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'ns' }
    })
    await remove(aws, CLUSTER, 'primary', cluster)
    const removed = remove(objects, 'kubernetes:core/v1:Namespace', 'ns', namespace)
    await (deleteUnreachable
      ? removed
      : assert.rejects(removed, /configured Kubernetes cluster is unreachable/))
    assert.equal(await store.count({ pkg: 'kubernetes' }), 0)
  }
})
