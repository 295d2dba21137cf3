/**
 * The simulated clouds as gRPC ResourceProvider servers: what the real CLI attaches to through
 * PULUMI_DEBUG_PROVIDERS.
 *
 * One port a package, and all instances of a provider share it. A Create does not say which
 * instance it is for, but the engine opens a connection for each, so the peer's address tells them
 * apart.
 */
import * as grpc from '@grpc/grpc-js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import {
  ProviderError,
  Status,
  type CheckResponse,
  type DiffResponse,
  type Provider,
  type ProviderSource
} from '../provider.ts'
import { type WireObject } from '../wire.ts'
import { type PackageName } from './model.ts'

type StructMessage = InstanceType<typeof structProto.Struct>
/**
 * What the engine and its SDKs use themselves; gRPC's own limit of 4 MB is less than a large
 * chart's values can be.
 */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024
/**
 * Time for calls in flight to end when the servers close; then connections are cut. Calls at time
 * scale 0 take milliseconds.
 */
const CLOSE_GRACE_MS = 1000

/** Servers that run. */
export interface ServedClouds {
  ports: Record<string, number>
  /** Value of PULUMI_DEBUG_PROVIDERS that makes an engine attach to them. */
  debugProviders: string
  /** Ends the servers; calls in flight are given a second. */
  close(): Promise<void>
}

const isMap = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const plainOf = (struct: StructMessage | undefined): WireObject => {
  const value: unknown = struct?.toJavaScript()
  return isMap(value) ? value : {}
}
const structOf = (object: WireObject): StructMessage => structProto.Struct.fromJavaScript(object)

/**
 * What a failure carries besides its message when the resource exists already: a google.rpc.Status
 * in the `grpc-status-details-bin` trailer.
 */
function initFailedTrailer (error: ProviderError): grpc.Metadata | undefined {
  if (!error.initFailed) return undefined
  const detail = new proto.ErrorResourceInitFailed()
  detail.setId(error.initFailed.id)
  detail.setProperties(structOf(error.initFailed.properties))
  detail.setReasonsList(error.initFailed.reasons)
  detail.setInputs(structOf(error.initFailed.inputs))
  const metadata = new grpc.Metadata()
  metadata.set(
    'grpc-status-details-bin',
    encodeStatus(
      error.code,
      error.message,
      'type.googleapis.com/pulumirpc.ErrorResourceInitFailed',
      detail.serializeBinary()
    )
  )
  return metadata
}

/**
 * google.rpc.Status { int32 code = 1; string message = 2; repeated google.protobuf.Any details = 3
 * }, whose stub is not shipped.
 */
function encodeStatus (code: number, message: string, typeUrl: string, value: Uint8Array): Buffer {
  const varint = (number: number): number[] =>
    number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...varint(number >>> 7)]
  const field = (number: number, bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes])
  const any = Buffer.concat([field(1, Buffer.from(typeUrl)), field(2, value)])
  return Buffer.concat([
    Buffer.from([1 << 3, ...varint(code)]),
    field(2, Buffer.from(message)),
    field(3, any)
  ])
}

function checkResponse (response: CheckResponse): InstanceType<typeof proto.CheckResponse> {
  const message = new proto.CheckResponse()
  message.setInputs(structOf(response.inputs))
  message.setFailuresList(response.failures.map(({ property, reason }) => {
    const failure = new proto.CheckFailure()
    failure.setProperty(property)
    failure.setReason(reason)
    return failure
  }))
  return message
}

function diffResponse (response: DiffResponse): InstanceType<typeof proto.DiffResponse> {
  const message = new proto.DiffResponse()
  message.setChanges({ unknown: 0, none: 1, some: 2 }[response.changes])
  message.setDiffsList(response.diffs)
  message.setReplacesList(response.replaces)
  message.setStablesList(response.stables)
  message.setDeletebeforereplace(response.deleteBeforeReplace)
  for (const [path, { kind, inputDiff }] of Object.entries(response.detailedDiff ?? {})) {
    const diff = new proto.PropertyDiff()
    diff.setKind(proto.PropertyDiff.Kind[kind])
    diff.setInputdiff(inputDiff)
    message.getDetaileddiffMap().set(path, diff)
  }
  if (response.detailedDiff) message.setHasdetaileddiff(true)
  return message
}

/**
 * Runs a handler; its result or its error goes back over the call. Errors that are not a provider's
 * own are Internal, with their text.
 */
function answer<Request, Response> (
  handle: (call: grpc.ServerUnaryCall<Request, Response>, signal: AbortSignal) => Promise<Response>
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const abort = new AbortController()
    call.on('cancelled', () => abort.abort())
    handle(call, abort.signal).then((response) => callback(null, response), (error: unknown) => {
      const failure = error instanceof ProviderError
        ? error
        : new ProviderError(error instanceof Error ? error.stack ?? error.message : String(error), {
          code: Status.Internal
        })
      const metadata = initFailedTrailer(failure)
      callback({ code: failure.code, details: failure.message, ...metadata && { metadata } })
    })
  }
}

class ConnectedProviders {
  readonly #byPeer = new Map<string, Promise<Provider>>()
  readonly #connect: () => Promise<Provider>

  constructor (connect: () => Promise<Provider>) {
    this.#connect = connect
  }

  /** The instance of the connection that a call came over. */
  of (call: { getPeer(): string }): Promise<Provider> {
    const peer = call.getPeer()
    let provider = this.#byPeer.get(peer)
    if (!provider) {
      provider = this.#connect()
      this.#byPeer.set(peer, provider)
    }
    return provider
  }

  async close (): Promise<void> {
    const all = [...this.#byPeer.values()]
    this.#byPeer.clear()
    for (const provider of await Promise.all(all)) await provider.close?.()
  }
}

const subjectOf = (request: { getUrn(): string, getName(): string, getType(): string }) => ({
  urn: request.getUrn(),
  name: request.getName() || (request.getUrn().split('::').slice(3).join('::')),
  type: request.getType() || (request.getUrn().split('::')[2]?.split('$').at(-1) ?? '')
})

/** Handlers of one package's server. */
function handlersOf (providers: ConnectedProviders): grpc.UntypedServiceImplementation {
  return {
    handshake: answer(async () => {
      const response = new proto.ProviderHandshakeResponse()
      response.setAcceptSecrets(true)
      return response
    }),
    attach: answer(async () => new emptyProto.Empty()),
    getPluginInfo: answer(async (call) => {
      const info = new pluginProto.PluginInfo()
      info.setVersion((await (await providers.of(call)).getPluginInfo()).version)
      return info
    }),
    checkConfig: answer(async (
      call: grpc.ServerUnaryCall<InstanceType<typeof proto.CheckRequest>, unknown>
    ) => checkResponse(await (await providers.of(call)).checkConfig(checkOf(call.request)))),
    diffConfig: answer(async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.DiffRequest>, unknown>) =>
      diffResponse(await (await providers.of(call)).diffConfig(diffOf(call.request)))
    ),
    configure: answer(
      async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.ConfigureRequest>, unknown>) => {
        const { request } = call
        const variables: Record<string, string> = {}
        request.getVariablesMap().forEach((value, key) => {
          variables[key] = value
        })
        const configured = await (await providers.of(call)).configure({
          args: plainOf(request.getArgs()),
          variables,
          acceptSecrets: request.getAcceptsecrets(),
          acceptResources: request.getAcceptresources()
        })
        const response = new proto.ConfigureResponse()
        response.setAcceptsecrets(configured.acceptSecrets)
        response.setSupportspreview(configured.supportsPreview)
        response.setAcceptresources(configured.acceptResources)
        response.setAcceptoutputs(configured.acceptOutputs)
        return response
      }
    ),
    check: answer(async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.CheckRequest>, unknown>) =>
      checkResponse(await (await providers.of(call)).check(checkOf(call.request)))
    ),
    diff: answer(async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.DiffRequest>, unknown>) =>
      diffResponse(await (await providers.of(call)).diff(diffOf(call.request)))
    ),
    create: answer(
      async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.CreateRequest>, unknown>, signal) => {
        const { request } = call
        const created = await (await providers.of(call)).create({
          ...subjectOf(request),
          properties: plainOf(request.getProperties()),
          timeout: request.getTimeout(),
          preview: request.getPreview()
        }, signal)
        const response = new proto.CreateResponse()
        response.setId(created.id)
        response.setProperties(structOf(created.properties))
        return response
      }
    ),
    read: answer(
      async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.ReadRequest>, unknown>, signal) => {
        const { request } = call
        const read = await (await providers.of(call)).read({
          ...subjectOf(request),
          id: request.getId(),
          properties: plainOf(request.getProperties()),
          inputs: plainOf(request.getInputs())
        }, signal)
        const response = new proto.ReadResponse()
        response.setId(read.id)
        if (read.properties) response.setProperties(structOf(read.properties))
        if (read.inputs) response.setInputs(structOf(read.inputs))
        return response
      }
    ),
    update: answer(
      async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.UpdateRequest>, unknown>, signal) => {
        const { request } = call
        const updated = await (await providers.of(call)).update({
          ...subjectOf(request),
          id: request.getId(),
          olds: plainOf(request.getOlds()),
          news: plainOf(request.getNews()),
          oldInputs: plainOf(request.getOldInputs()),
          timeout: request.getTimeout(),
          ignoreChanges: request.getIgnorechangesList(),
          preview: request.getPreview()
        }, signal)
        const response = new proto.UpdateResponse()
        response.setProperties(structOf(updated.properties))
        return response
      }
    ),
    delete: answer(
      async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.DeleteRequest>, unknown>, signal) => {
        const { request } = call
        await (await providers.of(call)).delete({
          ...subjectOf(request),
          id: request.getId(),
          properties: plainOf(request.getProperties()),
          oldInputs: plainOf(request.getOldInputs()),
          timeout: request.getTimeout()
        }, signal)
        return new emptyProto.Empty()
      }
    ),
    invoke: answer(async (call: grpc.ServerUnaryCall<InstanceType<typeof proto.InvokeRequest>, unknown>) => {
      const invoked = await (await providers.of(call)).invoke({
        tok: call.request.getTok(),
        args: plainOf(call.request.getArgs()),
        preview: call.request.getPreview()
      })
      const response = new proto.InvokeResponse()
      response.setReturn(structOf(invoked.return))
      response.setFailuresList(checkResponse({ inputs: {}, failures: invoked.failures }).getFailuresList())
      return response
    }),
    cancel: answer(async (call) => {
      await (await providers.of(call)).cancel()
      return new emptyProto.Empty()
    })
  }
}

const checkOf = (request: InstanceType<typeof proto.CheckRequest>) => ({
  ...subjectOf(request),
  olds: plainOf(request.getOlds()),
  news: plainOf(request.getNews()),
  randomSeed: request.getRandomseed_asU8()
})
const diffOf = (request: InstanceType<typeof proto.DiffRequest>) => ({
  ...subjectOf(request),
  id: request.getId(),
  olds: plainOf(request.getOlds()),
  news: plainOf(request.getNews()),
  oldInputs: plainOf(request.getOldInputs()),
  ignoreChanges: request.getIgnorechangesList()
})

async function close (server: grpc.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown()
      resolve()
    }, CLOSE_GRACE_MS)
    server.tryShutdown(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Serves packages (all of the clouds' when absent) on free ports of 127.0.0.1. */
export async function serveClouds (
  clouds: ProviderSource & { readonly packages: readonly PackageName[] },
  packages: readonly string[] = clouds.packages
): Promise<ServedClouds> {
  const servers: { server: grpc.Server, providers: ConnectedProviders }[] = []
  const ports: Record<string, number> = {}
  const stop = async (): Promise<void> => {
    for (const { server, providers } of servers) {
      await close(server)
      await providers.close()
    }
  }
  try {
    for (const pkg of packages) {
      const providers = new ConnectedProviders(async () => {
        const provider = await clouds.connect(pkg)
        if (!provider) {
          throw new ProviderError(`there is no simulated package ${pkg}`, { code: Status.NotFound })
        }
        return provider
      })
      const server = new grpc.Server({
        'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
        'grpc.max_send_message_length': MAX_MESSAGE_BYTES
      })
      server.addService(providerGrpc.ResourceProviderService, handlersOf(providers))
      servers.push({ server, providers })
      ports[pkg] = await new Promise<number>((resolve, reject) =>
        server.bindAsync(
          '127.0.0.1:0',
          grpc.ServerCredentials.createInsecure(),
          (error, port) => error ? reject(error) : resolve(port)
        )
      )
    }
  } catch (error) {
    await stop()
    throw error
  }
  let closing: Promise<void> | undefined
  return {
    ports,
    debugProviders: Object.entries(ports).map(([pkg, port]) => `${pkg}:${port}`).join(','),
    close: () => (closing ??= stop())
  }
}
