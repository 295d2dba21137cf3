/** Calls of functions and of resources' methods, by a program. */
import { type Callback } from '@pulumi/pulumi/proto/callback_pb.js'
import provider from '@pulumi/pulumi/proto/provider_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import { type CheckFailure } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { messageOf } from '../errors.ts'
import { isProviderType, packageOf } from '../urn.ts'
import { fullReferences, lowerReferences } from '../values/resource-references.ts'
import { fromStruct, toStruct } from '../values/struct.ts'
import { urnLists } from '../values/urn-lists.ts'
import { isObject, lowerOutputValues, outputDependencies } from '../values/wire-values.ts'
import { type MonitorContext, propertiesOf } from './monitor-context.ts'
import { type Registrations } from './registrations.ts'
import { type InvokeCall, transformInvoke } from './transforms.ts'

/** Function that shows a resource: it answers with references to whoever asks. */
const getResource = 'pulumi:pulumi:getResource'

function failureMessages (failures: readonly CheckFailure[]): provider.CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const failure = new provider.CheckFailure()
    failure.setProperty(property)
    failure.setReason(reason)
    return failure
  })
}

export class Functions {
  readonly #context: MonitorContext
  readonly #registrations: Registrations
  readonly #transforms: Callback[] = []

  constructor (context: MonitorContext, registrations: Registrations) {
    this.#context = context
    this.#registrations = registrations
  }

  registerTransform (transform: Callback): void {
    this.#transforms.push(transform)
  }

  async invoke (message: messages.ResourceInvokeRequest): Promise<messages.ResourceInvokeResponse> {
    const tok = message.getTok()
    const { callbacks, info } = this.#context.options
    let call: InvokeCall = {
      tok,
      args: propertiesOf(message.getArgs()),
      provider: this.#registrations.provider(message.getProvider(), {}, message.getParent(), packageOf(tok)),
      version: message.getVersion(),
      pluginDownloadURL: message.getPlugindownloadurl()
    }
    for (const transform of this.#transforms) call = await transformInvoke(callbacks, transform, call)
    const instance = await this.#context.instance(
      call.provider,
      { pkg: packageOf(tok), version: call.version, pluginDownloadURL: call.pluginDownloadURL },
      { what: 'Invoke: ', denied: tok }
    )
    const args = fullReferences(lowerOutputValues(call.args) as WireObject)
    const response = new messages.ResourceInvokeResponse()
    let result
    try {
      result = await instance.invoke(tok, args, info.preview)
    } catch (error) {
      throw new Error(`invocation of ${tok} returned an error: ${messageOf(error)}`)
    }
    const keep = message.getAcceptresources() || tok === getResource
    response.setReturn(toStruct(keep ? result.return : lowerReferences(result.return)))
    response.setFailuresList(failureMessages(result.failures))
    return response
  }

  /** Calls a method, by the provider of its resource or by that resource itself. */
  async call (message: messages.ResourceCallRequest): Promise<provider.CallResponse> {
    const tok = message.getTok()
    const given = fromStruct(message.getArgs())
    const { reference, pkg } = this.#receiver(message, given)
    const instance = await this.#context.instance(
      reference,
      { pkg, version: message.getVersion(), pluginDownloadURL: message.getPlugindownloadurl() },
      { what: '', denied: tok }
    )
    const argDependencies = urnLists(message.getArgdependenciesMap())
    for (const [key, value] of Object.entries(given)) {
      argDependencies[key] = [...outputDependencies(value, new Set(argDependencies[key]))]
    }
    let result
    try {
      result = await instance.call({ ...this.#context.options.info, tok, args: given, argDependencies })
    } catch (error) {
      await this.#context.abort('', `call to function '${tok}' failed: ${messageOf(error)}`)
      throw new Error(`call of ${tok} returned an error: ${messageOf(error)}`)
    }
    const response = new provider.CallResponse()
    for (const [key, value] of Object.entries(result.return)) {
      const urns = new provider.CallResponse.ReturnDependencies()
      urns.setUrnsList([...outputDependencies(value, new Set(result.returnDependencies[key]))])
      response.getReturndependenciesMap().set(key, urns)
    }
    response.setReturn(toStruct(fullReferences(lowerOutputValues(result.return) as WireObject)))
    response.setFailuresList(failureMessages(result.failures))
    return response
  }

  #receiver (message: messages.ResourceCallRequest, args: WireObject): { reference: string, pkg: string } {
    const tok = message.getTok()
    const self = args['__self__']
    const member = (name: string): string => {
      const value = isObject(self) ? self[name] : undefined
      if (typeof value !== 'string') {
        throw new Error(`missing __self__.${name} for ${isProviderType(tok) ? 'provider ' : ''}method call`)
      }
      return value
    }
    if (isProviderType(tok)) {
      const [pkg = ''] = (tok.split(':')[2] ?? '').split('/')
      return { reference: `${member('urn')}::${member('id')}`, pkg }
    }
    const pkg = packageOf(tok)
    if (message.getProvider() !== '' || self === undefined) return { reference: message.getProvider(), pkg }
    const goal = this.#registrations.goal(member('urn'))
    if (goal === undefined) throw new Error(`unknown resource ${member('urn')}`)
    return { reference: goal.provider, pkg }
  }
}
