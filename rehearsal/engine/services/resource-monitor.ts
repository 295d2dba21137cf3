/**
 * The ResourceMonitor service, which a program's SDK calls to register and read resources and to
 * call functions (pulumi `deploy/source_eval.go`).
 */
import type grpc from '@grpc/grpc-js'
import type callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import { type WireObject } from '../../wire.ts'
import { messageOf } from '../errors.ts'
import { type Goal } from '../plan/goal.ts'
import { deniedPackage } from '../providers/default-providers.ts'
import { handler } from '../providers/grpc.ts'
import { type RegisterResult } from '../steps/step.ts'
import { isProviderType, packageOf } from '../urn.ts'
import { hashAssets } from '../values/assets.ts'
import { fullReferences } from '../values/resource-references.ts'
import { toStruct } from '../values/struct.ts'
import { lowerOutputValues, outputDependencies } from '../values/wire-values.ts'
import { construct } from './components.ts'
import { Functions } from './functions.ts'
import { goalOf } from './goal-of-request.ts'
import { MonitorContext, type MonitorOptions, propertiesOf, sendable, status } from './monitor-context.ts'
import { Registrations } from './registrations.ts'
import { type ResourceRequest, registerRequest } from './resource-request.ts'
import { sourceOf } from './source-positions.ts'
import { transformResource } from './transforms.ts'

/**
 * Features that the monitor has, by the names that SDKs ask for. Like the CLI whose version the
 * engine names it has no GetDeploymentInfo: SDKs then ask for each feature, and order their calls
 * as recorded.
 */
const features = new Set([
  'secrets',
  'resourceReferences',
  'outputValues',
  'aliasSpecs',
  'replacementTrigger',
  'deletedWith',
  'replaceWith',
  'transforms',
  'invokeTransforms',
  'resourceHooks',
  'errorHooks',
  'sendsOptionsToHooks'
])

/** Status of a registration that failed. */
const internalError: grpc.status.INTERNAL = 13
/** Numbers of the protocol's Result; the generated typings lack SKIP. */
const results: Record<RegisterResult['result'], number> = { success: 0, failed: 1, skipped: 2 }

export class ResourceMonitor {
  readonly #context: MonitorContext
  readonly #registrations = new Registrations()
  readonly #functions: Functions
  readonly #stackTransforms: callbacks.Callback[] = []
  #signaled = false

  constructor (options: MonitorOptions) {
    this.#context = new MonitorContext(options)
    this.#functions = new Functions(this.#context, this.#registrations)
  }

  get implementation (): grpc.UntypedServiceImplementation {
    return {
      supportsFeature: handler(async (request: messages.SupportsFeatureRequest) => {
        const response = new messages.SupportsFeatureResponse()
        response.setHassupport(features.has(request.getId()))
        return response
      }),
      registerResource: handler((request: messages.RegisterResourceRequest) => this.#register(request)),
      registerResourceOutputs: handler((request: messages.RegisterResourceOutputsRequest) =>
        this.#registerOutputs(request)
      ),
      readResource: handler((request: messages.ReadResourceRequest) => this.#read(request)),
      invoke: handler((request: messages.ResourceInvokeRequest) => this.#functions.invoke(request)),
      call: handler((request: messages.ResourceCallRequest) => this.#functions.call(request)),
      registerStackTransform: handler(async (callback: callbacks.Callback) => {
        this.#stackTransforms.push(callback)
        return new empties.Empty()
      }),
      registerStackInvokeTransform: handler(async (callback: callbacks.Callback) => {
        this.#functions.registerTransform(callback)
        return new empties.Empty()
      }),
      registerResourceHook: handler(async (request: messages.RegisterResourceHookRequest) =>
        this.#hook('resource', request, {
          onDryRun: request.getOnDryRun(),
          ignoreErrors: request.getIgnoreErrors()
        })
      ),
      registerErrorHook: handler(async (request: messages.RegisterErrorHookRequest) =>
        this.#hook('error', request, { onDryRun: true, ignoreErrors: false })
      ),
      signalAndWaitForShutdown: handler(() => this.#signalAndWait())
    }
  }

  /** Ends the service after the run: no further resource will come, and the program may end. */
  close (): void {
    this.#context.close()
  }

  #hook (
    kind: 'resource' | 'error',
    request: messages.RegisterResourceHookRequest | messages.RegisterErrorHookRequest,
    options: { onDryRun: boolean, ignoreErrors: boolean }
  ): empties.Empty {
    const callback = request.getCallback()
    if (callback === undefined) throw new Error(`resource hook ${request.getName()} has no callback`)
    this.#context.options.hooks.register(request.getName(), { kind, callback, ...options })
    return new empties.Empty()
  }

  async #signalAndWait (): Promise<empties.Empty> {
    if (!this.#signaled) {
      this.#signaled = true
      this.#context.options.events.push({ kind: 'end' })
    }
    await this.#context.over()
    return new empties.Empty()
  }

  async #register (message: messages.RegisterResourceRequest): Promise<messages.RegisterResourceResponse> {
    this.#registrations.inherit(message)
    const transforms = this.#registrations.ownTransforms(message)
    const request = await this.#transformed(message, transforms)
    const { parent, custom } = request
    if (!custom) {
      request.options.providers = this.#registrations.componentProviders(request.options.providers, parent)
    }
    const goal = await this.#goal(request, message, transforms.length > 0)
    const providers = custom ? undefined : request.options.providers
    if (message.getRemote()) {
      const made = await construct(this.#context, goal, {
        inputs: request.properties,
        providers: request.options.providers
      })
      this.#registrations.add(made.urn, { parent, transforms, providers })
      return constructed(message, made)
    }
    const result = await this.#context.answer<RegisterResult>(
      (done) => this.#context.options.events.push({ kind: 'register', registration: { goal, done } }),
      "step's done channel"
    )
    if (result.result !== 'success' && !message.getSupportsresultreporting()) {
      throw status(internalError, 'resource registration failed')
    }
    this.#registrations.add(result.state.urn, { goal, parent, transforms, providers })
    return registered(message, result)
  }

  /** The request after the transforms of the resource, its parents and the stack. */
  async #transformed (
    message: messages.RegisterResourceRequest,
    own: readonly callbacks.Callback[]
  ): Promise<ResourceRequest> {
    const { folder, callbacks } = this.#context.options
    let request = registerRequest(message)
    try {
      request.properties = await hashAssets(request.properties, folder)
    } catch (error) {
      throw new Error(`unmarshal properties: ${messageOf(error)}`)
    }
    if (request.custom || message.getRemote()) {
      const { options, parent, type } = request
      options.provider = this.#registrations.provider(
        options.provider,
        options.providers,
        parent,
        packageOf(type)
      )
    }
    const parents = this.#registrations.parentTransforms(request.parent)
    for (const transform of [...own, ...parents, ...this.#stackTransforms]) {
      request = await transformResource(callbacks, transform, request)
    }
    return request
  }

  async #goal (
    request: ResourceRequest,
    message: messages.RegisterResourceRequest,
    transformed: boolean
  ): Promise<Goal> {
    const { options, type } = request
    const managed = (request.custom && !isProviderType(type)) || message.getRemote()
    const reference = managed
      ? options.provider || await this.#context.defaultProvider({
        pkg: packageOf(type),
        version: options.version,
        pluginDownloadURL: options.pluginDownloadURL
      })
      : options.provider
    const source = sourceOf(this.#context.options.root, message)
    const { folder } = this.#context.options
    return goalOf({ ...request, properties: await hashAssets(request.properties, folder) }, {
      reference,
      source,
      transformed
    })
  }

  async #registerOutputs (message: messages.RegisterResourceOutputsRequest): Promise<empties.Empty> {
    const { folder, events } = this.#context.options
    const outputs = await hashAssets(propertiesOf(message.getOutputs()), folder)
    await this.#context.answer<void>(
      (done) => events.push({ kind: 'outputs', outputs: { urn: message.getUrn(), outputs, done } }),
      "output step's done channel"
    )
    return new empties.Empty()
  }

  async #read (message: messages.ReadResourceRequest): Promise<messages.ReadResourceResponse> {
    const { root, events } = this.#context.options
    const type = message.getType()
    const provider = message.getProvider() ||
      await this.#context.defaultProvider({
        pkg: packageOf(type),
        version: message.getVersion(),
        pluginDownloadURL: message.getPlugindownloadurl()
      })
    // The CLI's own words, in which its arguments are in the wrong order.
    if (deniedPackage(provider) !== undefined) {
      throw new Error(`Default provider for '${type}' disabled. '${type}' must use an explicit provider.`)
    }
    const properties = propertiesOf(message.getProperties())
    const { state } = await this.#context.answer<RegisterResult>((done) =>
      events.push({
        kind: 'read',
        reading: {
          id: message.getId(),
          name: message.getName(),
          type,
          provider,
          parent: message.getParent(),
          properties,
          dependencies: message.getDependenciesList(),
          additionalSecretOutputs: message.getAdditionalsecretoutputsList(),
          ...sourceOf(root, message),
          done
        }
      }), "step's done channel")
    this.#registrations.read(state.urn, message.getParent())
    const response = new messages.ReadResourceResponse()
    response.setUrn(state.urn)
    response.setProperties(
      toStruct(
        sendable(state.outputs ?? {}, {
          secrets: message.getAcceptsecrets(),
          unknowns: true,
          resources: message.getAcceptresources()
        })
      )
    )
    return response
  }
}

function accepted (message: messages.RegisterResourceRequest, outputs: WireObject): WireObject {
  return sendable(outputs, {
    secrets: message.getAcceptsecrets(),
    unknowns: message.getSupportspartialvalues(),
    resources: message.getAcceptresources()
  })
}

/** The answer for a registered resource. Components have no outputs before they register them. */
function registered (
  message: messages.RegisterResourceRequest,
  { state, result, unknown }: RegisterResult
): messages.RegisterResourceResponse {
  const response = new messages.RegisterResourceResponse()
  response.setUrn(state.urn)
  response.setId(state.id)
  response.setObject(toStruct(message.getCustom() ? accepted(message, state.outputs ?? {}) : {}))
  response.setResult(results[result])
  response.setUnknown(unknown)
  return response
}

/** The answer for a component that its package constructed. */
function constructed (
  message: messages.RegisterResourceRequest,
  made: { urn: string, state: WireObject, stateDependencies: Record<string, string[]> }
): messages.RegisterResourceResponse {
  const response = new messages.RegisterResourceResponse()
  response.setUrn(made.urn)
  for (const [key, value] of Object.entries(made.state)) {
    const urns = new messages.RegisterResourceResponse.PropertyDependencies()
    urns.setUrnsList([...outputDependencies(value, new Set(made.stateDependencies[key]))])
    response.getPropertydependenciesMap().set(key, urns)
  }
  const state = fullReferences(lowerOutputValues(made.state) as WireObject)
  response.setObject(toStruct(accepted(message, state)))
  return response
}
