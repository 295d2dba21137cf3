/** Handlers of a ResourceProvider server, each a call of a provider. */
import type * as grpc from '@grpc/grpc-js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import proto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { type Provider } from '../../provider.ts'
import { failureOf } from './failure.ts'
import {
  checkRequest,
  checkResponse,
  configureRequest,
  configureResponse,
  createRequest,
  createResponse,
  deleteRequest,
  diffRequest,
  diffResponse,
  invokeRequest,
  invokeResponse,
  readRequest,
  readResponse,
  updateRequest,
  updateResponse
} from './messages.ts'

/** Gives the provider that a call is for. */
type ProviderOf = (call: { getPeer(): string }) => Promise<Provider>

/** Runs a handler; its result or its error goes back over the call. */
function answer<Request, Response> (
  handle: (call: grpc.ServerUnaryCall<Request, Response>, signal: AbortSignal) => Promise<Response>
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const abort = new AbortController()
    call.on('cancelled', () => abort.abort())
    handle(call, abort.signal).then(
      (response) => callback(null, response),
      (error: unknown) => callback(failureOf(error))
    )
  }
}

const empty = () => new emptyProto.Empty()

/** Handlers of one package's server. */
export function handlersOf (providerOf: ProviderOf): grpc.UntypedServiceImplementation {
  /** A handler that translates a request, passes it on, and translates the response. */
  function passing<Message, Request, Result, Response> (
    request: (message: Message) => Request,
    call: (provider: Provider, request: Request, signal: AbortSignal) => Promise<Result>,
    response: (result: Result) => Response
  ): grpc.handleUnaryCall<Message, Response> {
    return answer(async (incoming, signal) =>
      response(await call(await providerOf(incoming), request(incoming.request), signal))
    )
  }
  return {
    handshake: answer(async () => {
      const response = new proto.ProviderHandshakeResponse()
      response.setAcceptSecrets(true)
      return response
    }),
    attach: answer(async () => empty()),
    getPluginInfo: answer(async (call) => {
      const info = new pluginProto.PluginInfo()
      info.setVersion((await (await providerOf(call)).getPluginInfo()).version)
      return info
    }),
    checkConfig: passing(checkRequest, (provider, request) => provider.checkConfig(request), checkResponse),
    diffConfig: passing(diffRequest, (provider, request) => provider.diffConfig(request), diffResponse),
    configure: passing(
      configureRequest,
      (provider, request) => provider.configure(request),
      configureResponse
    ),
    check: passing(checkRequest, (provider, request) => provider.check(request), checkResponse),
    diff: passing(diffRequest, (provider, request) => provider.diff(request), diffResponse),
    create: passing(
      createRequest,
      (provider, request, signal) => provider.create(request, signal),
      createResponse
    ),
    read: passing(readRequest, (provider, request, signal) => provider.read(request, signal), readResponse),
    update: passing(
      updateRequest,
      (provider, request, signal) => provider.update(request, signal),
      updateResponse
    ),
    delete: passing(deleteRequest, (provider, request, signal) => provider.delete(request, signal), empty),
    invoke: passing(invokeRequest, (provider, request) => provider.invoke(request), invokeResponse),
    cancel: answer(async (call) => {
      await (await providerOf(call)).cancel()
      return empty()
    })
  }
}
