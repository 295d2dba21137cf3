import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  diff,
  eksCluster,
  kubeconfig,
  make,
  provider,
  remove,
  roleType,
  subject,
  vpcType,
  world
} from './world.ts'

test('a resource can be read after its creation, and no longer after its deletion', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  const request = { ...subject(vpcType, 'v'), id: made.id, properties: made.properties, inputs: made.inputs }
  assert.deepEqual(await aws.read(request), { id: made.id, properties: made.properties, inputs: made.inputs })
  await remove(aws, vpcType, 'v', made)
  assert.equal((await aws.read(request)).id, '')
  assert.equal(await store.count({}), 0)
  await remove(aws, vpcType, 'v', made)
})

test('a change made outside is drift: read shows it in outputs and inputs', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16', tags: { a: '1' } })
  const [record] = await store.find({ id: made.id })
  assert.ok(record)
  await store.put({ ...record, outputs: { ...record.outputs, tags: { a: '2', b: 'added' } } })
  const read = await aws.read({
    ...subject(vpcType, 'v'),
    id: made.id,
    properties: made.properties,
    inputs: made.inputs
  })
  assert.deepEqual(read.inputs?.tags, { a: '2', b: 'added' })
  const drift = await diff(aws, vpcType, 'v', { ...made, inputs: read.inputs ?? {} }, {
    cidrBlock: '10.0.0.0/16',
    tags: { a: '1' }
  })
  assert.equal(drift.changes, 'some')
  assert.deepEqual(drift.replaces, [])
})

test('a change that cannot be made in place replaces, another one keeps computed outputs', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
  const replaced = await diff(aws, vpcType, 'v', made, { cidrBlock: '10.9.0.0/16' })
  assert.deepEqual(replaced.replaces, ['cidrBlock'])
  assert.equal(replaced.detailedDiff?.cidrBlock?.kind, 'UPDATE_REPLACE')
  const news = await diff(aws, vpcType, 'v', made, { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true })
  assert.deepEqual([news.changes, news.replaces], ['some', []])
  const updated = await aws.update({
    ...subject(vpcType, 'v'),
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

test('equal inputs are no change, and made-up names stay', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const role = await make(aws, roleType, 'r', { assumeRolePolicy: '{"Statement":[]}' })
  assert.match(role.id, /^r-[0-9a-f]{7}$/)
  const same = await diff(aws, roleType, 'r', role, { assumeRolePolicy: '{"Statement":[]}' })
  assert.deepEqual([same.changes, same.diffs], ['none', []])
})

test('a given name makes a replacement delete first, a made-up name lets both exist', async () => {
  const { clouds } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const auto = await make(aws, roleType, 'r', { assumeRolePolicy: '{"Statement":[]}' })
  const named = await make(aws, roleType, 'n', { name: 'fixed', assumeRolePolicy: '{"Statement":[]}' })
  assert.equal(
    (await diff(aws, roleType, 'r', auto, { assumeRolePolicy: '{"Statement":[]}', path: '/x/' }))
      .deleteBeforeReplace,
    false
  )
  assert.equal(
    (await diff(aws, roleType, 'n', named, {
      name: 'fixed',
      assumeRolePolicy: '{"Statement":[]}',
      path: '/x/'
    }))
      .deleteBeforeReplace,
    true
  )
})

test('lookup finds a creation whose answer was lost, but for ids that the state knows', async () => {
  const { clouds } = world({
    durations: { defaults: { aws: { create: 3600, update: 0, delete: 0 } }, types: {} },
    timeScale: 1
  })
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  assert.equal(
    await aws.lookup?.({ ...subject(vpcType, 'v'), inputs: { cidrBlock: '10.0.0.0/16' } }),
    undefined
  )
  const abort = new AbortController()
  const creating = make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' }, abort.signal)
  setImmediate(() => abort.abort())
  await assert.rejects(creating, /canceled/)
  const found = await aws.lookup?.({ ...subject(vpcType, 'v'), inputs: { cidrBlock: '10.0.0.0/16' } })
  assert.match(found?.id ?? '', /^vpc-/)
  assert.equal(
    await aws.lookup?.({
      ...subject(vpcType, 'v'),
      inputs: { cidrBlock: '10.0.0.0/16' },
      known: [found?.id ?? '']
    }),
    undefined
  )
})

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

test('a type without a model has required inputs checked and outputs by convention', async () => {
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
    make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16', cidr: 'x' }),
    /cidr: Invalid or unknown key/
  )
  assert.equal(await store.count({}), 1)
})

test('a kubernetes provider is replaced only when its kubeconfig means another cluster', async () => {
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
