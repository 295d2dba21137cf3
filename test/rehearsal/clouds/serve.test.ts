import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import * as grpc from '@grpc/grpc-js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import { serveClouds } from '../../../rehearsal/clouds/serve.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { make, provider, subject, subnetType, vpcType, world } from './world.ts'

const struct = (value: WireObject) => structProto.Struct.fromJavaScript(value)
type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>

function call<Response> (
  invoke: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown
): Promise<Response> {
  return new Promise((resolve, reject) => {
    invoke((error, response) => error ? reject(error) : resolve(response))
  })
}

/**
 * A connection of its own, configured for a region: what an engine opens for each provider
 * resource.
 */
async function connect (port: number | undefined, region: string): Promise<Client> {
  const client = new providerGrpc.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    { 'grpc.use_local_subchannel_pool': 1 }
  )
  const request = new proto.ConfigureRequest()
  request.setArgs(struct({ region }))
  request.setAcceptsecrets(true)
  const response = await call<InstanceType<typeof proto.ConfigureResponse>>((done) =>
    client.configure(request, done)
  )
  assert.ok(response.getAcceptsecrets() && response.getSupportspreview())
  return client
}

async function create (
  client: Client,
  type: string,
  name: string,
  inputs: WireObject
): Promise<{ id: string, properties: WireObject }> {
  const check = new proto.CheckRequest()
  check.setUrn(subject(type, name).urn)
  check.setType(type)
  check.setName(name)
  check.setNews(struct(inputs))
  const checked = await call<InstanceType<typeof proto.CheckResponse>>((done) => client.check(check, done))
  assert.deepEqual(checked.getFailuresList().map((failure) => failure.toObject()), [])
  const request = new proto.CreateRequest()
  request.setUrn(subject(type, name).urn)
  request.setType(type)
  request.setName(name)
  request.setProperties(checked.getInputs())
  const response = await call<InstanceType<typeof proto.CreateResponse>>((done) =>
    client.create(request, done)
  )
  return { id: response.getId(), properties: response.getProperties()?.toJavaScript() as WireObject }
}

/** Asserts that functions are answered, and that one without a model is refused. */
async function asksForIdentity (client: Awaited<ReturnType<typeof connect>>): Promise<void> {
  const identity = new proto.InvokeRequest()
  identity.setTok('aws:index/getCallerIdentity:getCallerIdentity')
  assert.equal(
    (await call<InstanceType<typeof proto.InvokeResponse>>((done) => client.invoke(identity, done)))
      .getReturn()?.toJavaScript().accountId,
    '123456789012'
  )
  identity.setTok('aws:index/getNothing:getNothing')
  await assert.rejects(
    call<InstanceType<typeof proto.InvokeResponse>>((done) => client.invoke(identity, done)),
    /has no function aws:index\/getNothing:getNothing/
  )
}

test('the clouds answer over gRPC as in process, and each connection is an instance', async () => {
  const served = await serveClouds(world().clouds, ['aws'])
  try {
    assert.equal(served.debugProviders, `aws:${served.ports.aws}`)
    const [east, west] = [
      await connect(served.ports.aws, 'us-east-1'),
      await connect(served.ports.aws, 'us-west-2')
    ]
    const vpc = await create(east, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })
    const { id, properties } = await make(
      await provider(world().clouds, 'aws', { region: 'us-east-1' }),
      vpcType,
      'v',
      { cidrBlock: '10.0.0.0/16' }
    )
    assert.deepEqual(vpc, { id, properties })
    assert.equal(
      (await create(west, vpcType, 'w', { cidrBlock: '10.0.0.0/16' })).properties.region,
      'us-west-2'
    )
    await assert.rejects(
      create(west, subnetType, 's', { vpcId: vpc.id, cidrBlock: '10.0.0.0/20' }),
      /InvalidVpcID\.NotFound/
    )

    const diff = new proto.DiffRequest()
    diff.setId(vpc.id)
    diff.setUrn(subject(vpcType, 'v').urn)
    diff.setOldInputs(struct({ cidrBlock: '10.0.0.0/16' }))
    diff.setNews(struct({ cidrBlock: '10.1.0.0/16' }))
    const difference = await call<InstanceType<typeof proto.DiffResponse>>((done) => east.diff(diff, done))
    assert.deepEqual(difference.getReplacesList(), ['cidrBlock'])
    assert.equal(
      difference.getDetaileddiffMap().get('cidrBlock')?.getKind(),
      proto.PropertyDiff.Kind.UPDATE_REPLACE
    )

    const read = new proto.ReadRequest()
    read.setId(vpc.id)
    read.setUrn(subject(vpcType, 'v').urn)
    assert.deepEqual(
      (await call<InstanceType<typeof proto.ReadResponse>>((done) => east.read(read, done))).getProperties()
        ?.toJavaScript(),
      vpc.properties
    )

    await asksForIdentity(east)

    const gone = new proto.DeleteRequest()
    gone.setId(vpc.id)
    gone.setUrn(subject(vpcType, 'v').urn)
    await call<unknown>((done) => east.delete(gone, done))
    assert.equal(
      (await call<InstanceType<typeof proto.ReadResponse>>((done) => east.read(read, done))).getId(),
      ''
    )
    east.close()
    west.close()
  } finally {
    await served.close()
  }
})

test('a canceled call ends its wait', async () => {
  const served = await serveClouds(
    world({
      durations: { defaults: { aws: { create: 3600, update: 0, delete: 0 } }, types: {} },
      timeScale: 1
    }).clouds,
    ['aws']
  )
  try {
    const client = await connect(served.ports.aws, 'us-east-1')
    const request = new proto.CreateRequest()
    request.setUrn(subject(vpcType, 'v').urn)
    request.setProperties(struct({ cidrBlock: '10.0.0.0/16' }))
    const stream = client.create(request, () => {})
    setTimeout(() => stream.cancel(), 20)
    const [status] = await once(stream, 'status') as [grpc.StatusObject]
    assert.equal(status.code, grpc.status.CANCELLED)
    client.close()
  } finally {
    await served.close()
  }
})
