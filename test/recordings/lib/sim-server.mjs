// The scripted provider as a gRPC server.
import { createRequire } from 'node:module'
import { ProviderFailure } from './sim-core.mjs'
import { decodeRequest, initFailedStatus, responses } from './sim-messages.mjs'
const require = createRequire(import.meta.url)
const grpc = require('@grpc/grpc-js')
const { ResourceProviderService } = require('@pulumi/pulumi/proto/provider_grpc_pb.js')

/** gRPC code Unimplemented. */
const UNIMPLEMENTED = 12

/** Serves a core as the provider of a package. Returns `{ port, stop }`. */
export async function serve (core, pkg, version = '7.0.0') {
  const answers = {
    handshake: () => ({ acceptSecrets: true, acceptResources: true }),
    getPluginInfo: () => ({ version }),
    attach: () => ({}),
    cancel: () => ({})
  }
  const answer = (method, args) => {
    if (!responses[method]) throw new ProviderFailure('unimplemented', { code: UNIMPLEMENTED })
    return answers[method] ? answers[method]() : core[method](args)
  }
  const handler = (method) => async (call, callback) => {
    const args = call.request && call.request !== true ? decodeRequest(call.request) : {}
    try {
      const result = await core.call(pkg, method, args, () => answer(method, args))
      callback(null, responses[method](result))
    } catch (error) {
      callback(serviceError(error))
    }
  }
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 400 << 20 })
  const methods = Object.keys(ResourceProviderService)
  server.addService(
    ResourceProviderService,
    Object.fromEntries(methods.map((method) => [method, handler(method)]))
  )
  const port = await new Promise((resolve, reject) =>
    server.bindAsync(
      '127.0.0.1:0',
      grpc.ServerCredentials.createInsecure(),
      (error, bound) => (error ? reject(error) : resolve(bound))
    )
  )
  return { port, stop: () => server.forceShutdown() }
}

function serviceError (error) {
  const { code = 2, message, initFailed } = error
  if (!initFailed) return { code, message }
  const metadata = new grpc.Metadata()
  metadata.add('grpc-status-details-bin', initFailedStatus(error))
  return { code, message, metadata, details: message }
}
