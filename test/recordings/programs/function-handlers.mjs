// The provider's functions, methods, and a component that it constructs itself.
import { createRequire } from 'node:module'
import { UNKNOWN, unsecret } from '../lib/wire.mjs'
import { checkFailures, struct, values } from './messages.mjs'
const require = createRequire(import.meta.url)
const grpc = require('@grpc/grpc-js')
const messages = require('@pulumi/pulumi/proto/provider_pb.js')
const services = require('@pulumi/pulumi/proto/resource_grpc_pb.js')
const resources = require('@pulumi/pulumi/proto/resource_pb.js')

async function invoke (sim, request) {
  const [tok, args] = [request.getTok(), values(request.getArgs())]
  const result = await sim.call(
    'invoke',
    { tok, args, preview: request.getPreview?.(), logged: { args } },
    () => ({ return: { echo: unsecret(args), ...args } })
  )
  const response = new messages.InvokeResponse()
  response.setReturn(struct(result.return))
  response.setFailuresList(checkFailures(result.failures))
  return response
}

async function callMethod (sim, request) {
  const [tok, args] = [request.getTok(), values(request.getArgs())]
  const result = await sim.call('call', { tok, args, logged: { args } }, () => ({ return: { called: tok } }))
  const response = new messages.CallResponse()
  response.setReturn(struct(result.return))
  return response
}

/** Calls the engine that asked, once. */
const ask = (monitor, method, message) =>
  new Promise((resolve, reject) =>
    monitor[method](message, (error, response) => error ? reject(error) : resolve(response))
  )

function registration ({ type, name, custom, parent, object }) {
  const message = new resources.RegisterResourceRequest()
  message.setType(type)
  message.setName(name)
  message.setCustom(custom)
  message.setParent(parent)
  message.setObject(struct(object))
  message.setAcceptsecrets(true)
  message.setSupportspartialvalues(true)
  message.setAcceptresources(true)
  return message
}

/** Registers the component itself and one child with the engine that asked. */
async function constructed (request) {
  const monitor = new services.ResourceMonitorClient(
    request.getMonitorendpoint(),
    grpc.credentials.createInsecure()
  )
  const [type, name] = [request.getType(), request.getName()]
  const component = registration({ type, name, custom: false, parent: request.getParent(), object: {} })
  const self = await ask(monitor, 'registerResource', component)
  const child = await ask(
    monitor,
    'registerResource',
    registration({
      type: 'sim:index:Thing',
      name: `${name}-child`,
      custom: true,
      parent: self.getUrn(),
      object: { from: 'construct', ...values(request.getInputs()) }
    })
  )
  const outputs = { child: values(child.getObject()).out ?? UNKNOWN, size: 3 }
  const message = new resources.RegisterResourceOutputsRequest()
  message.setUrn(self.getUrn())
  message.setOutputs(struct(outputs))
  await ask(monitor, 'registerResourceOutputs', message)
  monitor.close()
  const response = new messages.ConstructResponse()
  response.setUrn(self.getUrn())
  response.setState(struct(outputs))
  return response
}

export const functionHandlers = (sim) => ({
  invoke: (request) => invoke(sim, request),
  call: (request) => callMethod(sim, request),
  construct: (request) => {
    const logged = { type: request.getType(), inputs: values(request.getInputs()) }
    return sim.call('construct', { urn: `::::::${request.getName()}`, logged }, () => constructed(request))
  }
})
