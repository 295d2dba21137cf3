// A scripted provider of package `sim` over gRPC (any engine attaches by PULUMI_DEBUG_PROVIDERS).
// What exists is kept in memory. Conventions of its resources: a changed input whose name starts
// with `fixed` needs a replacement; outputs are the inputs and `out` ("<name>-out"), `list`,
// `nested`; what was created can be read and imported by id ("<name>-<n>").
import { createRequire } from 'node:module'
import { UNKNOWN } from '../lib/wire.mjs'
import { configurationHandlers } from './configuration-handlers.mjs'
import { functionHandlers } from './function-handlers.mjs'
import { nameOf } from './messages.mjs'
import { resourceHandlers } from './resource-handlers.mjs'
const require = createRequire(import.meta.url)
const grpc = require('@grpc/grpc-js')
const services = require('@pulumi/pulumi/proto/provider_grpc_pb.js')

/** The code of errors that say nothing of themselves. */
const UNKNOWN_CODE = 2

export class SimProvider {
  /** What exists, by id: `{ inputs, state }`. */
  cloud = new Map()
  counts = new Map()
  /**
   * What the scenario scripts: `on['create a'] = (call) => …` throws to fail, or returns a value in
   * place of the default's.
   */
  on = {}
  log = []
  /** More outputs for a type or a name: `extra['a'] = (inputs) => ({ … })`. */
  extra = {}

  state (urn, id, inputs, preview) {
    const name = nameOf(urn)
    const extra = this.extra[name] ?? this.extra[urn.split('::')[2].split('$').at(-1)]
    const known = {
      out: `${name}-out`,
      list: [{ x: 1 }, { x: 2 }],
      nested: { deep: `${name}-deep` },
      ...extra?.(inputs, { id, preview })
    }
    if (!preview) return { ...inputs, ...known }
    return { ...inputs, ...Object.fromEntries(Object.keys(known).map((key) => [key, UNKNOWN])) }
  }

  /** Answers a call, by the scenario's script or by default, and writes it down. */
  async call (method, request, fallback) {
    const name = request.urn ? nameOf(request.urn) : request.tok ?? ''
    const entry = { method, name, ...request.logged }
    this.log.push(entry)
    const scripted = this.on[`${method} ${name}`]
    try {
      return scripted && await scripted(request) || await fallback()
    } catch (error) {
      entry.error = error.message
      throw error
    }
  }

  async serve () {
    const server = new grpc.Server()
    const handlers = {
      ...configurationHandlers(this),
      ...resourceHandlers(this),
      ...functionHandlers(this)
    }
    const implementation = {}
    for (const name of Object.keys(services.ResourceProviderService)) {
      implementation[name] = (call, done) => {
        const handler = handlers[name]
        if (!handler) {
          return done({ code: grpc.status.UNIMPLEMENTED, details: `${name} is not implemented` })
        }
        Promise.resolve().then(() => handler(call.request)).then(
          (response) => done(null, response),
          (error) => done({ code: error.code ?? UNKNOWN_CODE, details: error.message })
        )
      }
    }
    server.addService(services.ResourceProviderService, implementation)
    const port = await new Promise((resolve, reject) =>
      server.bindAsync(
        '127.0.0.1:0',
        grpc.ServerCredentials.createInsecure(),
        (error, bound) => error ? reject(error) : resolve(bound)
      )
    )
    return { port, stop: () => server.forceShutdown() }
  }
}
