/**
 * The ResourceMonitor service, which a program's SDK calls to register and read resources and to
 * call functions (pulumi `deploy/source_eval.go`).
 */
import grpc from '@grpc/grpc-js'
import type callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import provider from '@pulumi/pulumi/proto/provider_pb.js'
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import { unknownValue, type WireObject } from '../../wire.ts'
import { messageOf } from '../errors.ts'
import { type Goal } from '../plan/goal.ts'
import {
  DefaultProviderDenied,
  type DefaultProviders,
  type ProviderRequest
} from '../providers/default-providers.ts'
import { handler } from '../providers/grpc.ts'
import { type ProviderRegistry, pluginInputs } from '../providers/provider-registry.ts'
import { type EventQueue } from '../run/event-queue.ts'
import { type RegisterResult } from '../steps/step.ts'
import { isProviderType, packageOf, parseReference, providerPackage, typeOf } from '../urn.ts'
import { hashAssets } from '../values/assets.ts'
import { fromStruct, toStruct } from '../values/struct.ts'
import {
  containsUnknowns,
  lowerOutputValues,
  outputDependencies,
  revealSecrets
} from '../values/wire-values.ts'
import { type ResourceRequest, registerRequest } from './resource-request.ts'
import { sourceOf } from './source-positions.ts'
import { Transforms } from './transforms.ts'

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
  'transforms'
])

/** Numbers of the protocol's Result; the generated typings lack SKIP. */
const results: Record<RegisterResult['result'], number> = { success: 0, failed: 1, skipped: 2 }

export interface MonitorOptions {
  preview: boolean
  /** Folder that source positions are relative to. */
  root: string
  events: EventQueue
  registry: ProviderRegistry
  defaultProviders: DefaultProviders
}

function status (code: grpc.status, details: string): grpc.ServiceError {
  return Object.assign(new Error(details), { code, details, metadata: new grpc.Metadata() })
}

export class ResourceMonitor {
  readonly #options: MonitorOptions
  readonly #transforms = new Transforms()
  readonly #stackTransforms: callbacks.Callback[] = []
  readonly #resourceTransforms = new Map<string, callbacks.Callback[]>()
  readonly #parents = new Map<string, string>()
  readonly #goals = new Map<string, Goal>()
  readonly #componentProviders = new Map<string, Record<string, string>>()
  /** Aborts when the run is over, which ends every wait. */
  readonly #closed = new AbortController()
  #signaled = false

  constructor (options: MonitorOptions) {
    this.#options = options
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
      invoke: handler((request: messages.ResourceInvokeRequest) => this.#invoke(request)),
      registerStackTransform: handler(async (callback: callbacks.Callback) => {
        this.#stackTransforms.push(callback)
        return new empties.Empty()
      }),
      signalAndWaitForShutdown: handler(() => this.#signalAndWait())
    }
  }

  /** Ends the service after the run: no further resource will come, and the program may end. */
  close (): void {
    this.#closed.abort()
    this.#transforms.close()
  }

  async #signalAndWait (): Promise<empties.Empty> {
    if (!this.#signaled) {
      this.#signaled = true
      this.#options.events.push({ kind: 'end' })
    }
    await new Promise<void>((resolve) => {
      if (this.#closed.signal.aborted) resolve()
      else this.#closed.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    return new empties.Empty()
  }

  /** Waits for the run's answer to a request. */
  #answer<T> (ask: (done: (result: T) => void) => void, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#closed
      const closed = (): void =>
        reject(status(grpc.status.UNAVAILABLE, `resource monitor shut down while waiting on ${what}`))
      if (signal.aborted) return closed()
      signal.addEventListener('abort', closed, { once: true })
      ask((result) => {
        signal.removeEventListener('abort', closed)
        resolve(result)
      })
    })
  }

  async #register (message: messages.RegisterResourceRequest): Promise<messages.RegisterResourceResponse> {
    if (message.getRemote()) {
      throw status(
        grpc.status.UNIMPLEMENTED,
        `${message.getType()} '${message.getName()}': components of provider packages (remote ` +
          'components) are not supported by the rehearsal engine'
      )
    }
    this.#inherit(message)
    const own = message.getTransformsList()
    let request = registerRequest(message)
    const { parent, custom } = request
    if (custom) request.options.provider = this.#provider(request.options, parent, packageOf(request.type))
    for (const transform of [...own, ...this.#parentTransforms(parent), ...this.#stackTransforms]) {
      request = await this.#transforms.apply(transform, request)
    }
    if (!custom) {
      request.options.providers = { ...this.#componentProviders.get(parent), ...request.options.providers }
    }
    const reference = custom && !isProviderType(request.type)
      ? request.options.provider ||
        await this.#defaultProvider({
          pkg: packageOf(request.type),
          version: request.options.version,
          pluginDownloadURL: request.options.pluginDownloadURL
        }, request.type)
      : request.options.provider
    const goal = this.#goal(request, reference, sourceOf(this.#options.root, message), own.length > 0)
    const { state, result, unknown } = await this.#answer<RegisterResult>(
      (done) => this.#options.events.push({ kind: 'register', registration: { goal, done } }),
      "step's done channel"
    )
    if (result !== 'success' && !message.getSupportsresultreporting()) {
      throw status(grpc.status.INTERNAL, 'resource registration failed')
    }
    this.#goals.set(state.urn, goal)
    this.#parents.set(state.urn, parent)
    this.#resourceTransforms.set(state.urn, own)
    if (!custom) this.#componentProviders.set(state.urn, request.options.providers)
    const response = new messages.RegisterResourceResponse()
    response.setUrn(state.urn)
    response.setId(state.id)
    response.setObject(
      toStruct(
        custom
          ? sendable(state.outputs ?? {}, {
            secrets: message.getAcceptsecrets(),
            unknowns: message.getSupportspartialvalues()
          })
          : {}
      )
    )
    response.setResult(results[result])
    response.setUnknown(unknown)
    return response
  }

  /** Gives a child the options of its parent that it does not name itself. */
  #inherit (message: messages.RegisterResourceRequest): void {
    const parent = this.#goals.get(message.getParent())
    if (parent === undefined) return
    if (message.getDeletedwith() === '') message.setDeletedwith(parent.deletedWith)
    if (!message.hasProtect() && parent.protect !== undefined) message.setProtect(parent.protect)
    if (!message.hasRetainondelete() && parent.retainOnDelete !== undefined) {
      message.setRetainondelete(parent.retainOnDelete)
    }
    const provider = parseReference(parent.provider)
    if (
      message.getProvider() === '' &&
      (!message.getCustom() ||
        (provider && providerPackage(typeOf(provider.urn)) === packageOf(message.getType())))
    ) message.setProvider(parent.provider)
  }

  #provider (options: ResourceRequest['options'], parent: string, pkg: string): string {
    return options.provider || options.providers[pkg] || this.#componentProviders.get(parent)?.[pkg] || ''
  }

  #parentTransforms (parent: string): callbacks.Callback[] {
    const result: callbacks.Callback[] = []
    for (let urn = parent; urn !== ''; urn = this.#parents.get(urn) ?? '') {
      result.push(...this.#resourceTransforms.get(urn) ?? [])
    }
    return result
  }

  async #defaultProvider (request: ProviderRequest, type: string): Promise<string> {
    try {
      return await this.#answer<Promise<string>>(
        (done) =>
          done(
            this.#options.defaultProviders.reference({
              ...request,
              version: request.version.replace(/^v/, '')
            })
          ),
        'its default provider'
      )
    } catch (error) {
      if (error instanceof DefaultProviderDenied) {
        throw new Error(
          `Default provider for '${request.pkg}' disabled. '${type}' must use an explicit provider.`
        )
      }
      throw error
    }
  }

  #goal (
    request: ResourceRequest,
    reference: string,
    source: { sourcePosition: string, stackTrace: { sourcePosition?: string }[] },
    transformed: boolean
  ): Goal {
    const { options } = request
    const properties = hashAssets(lowerOutputValues(request.properties)) as WireObject
    const dependencies = new Set(options.dependsOn)
    const propertyDependencies: Record<string, string[]> = {}
    for (
      const key of new Set([
        ...(transformed ? [] : Object.keys(request.propertyDependencies)),
        ...Object.keys(request.properties)
      ])
    ) {
      const urns = new Set(transformed ? [] : request.propertyDependencies[key])
      outputDependencies(request.properties[key] ?? null, urns)
      propertyDependencies[key] = [...urns]
      if (transformed) { for (const urn of urns) dependencies.add(urn) }
    }
    if (isProviderType(request.type)) {
      Object.assign(
        properties,
        pluginInputs({
          version: options.version.replace(/^v/, ''),
          pluginDownloadURL: options.pluginDownloadURL
        })
      )
    }
    return {
      type: request.type,
      name: request.name,
      custom: request.custom,
      properties,
      parent: request.parent,
      protect: options.protect,
      dependencies: [...dependencies],
      provider: isProviderType(request.type) ? '' : reference,
      propertyDependencies,
      deleteBeforeReplace: options.deleteBeforeReplace,
      ignoreChanges: options.ignoreChanges,
      additionalSecretOutputs: options.additionalSecretOutputs,
      aliases: options.aliases,
      id: options.importID,
      customTimeouts: options.customTimeouts,
      replaceOnChanges: options.replaceOnChanges,
      replacementTrigger: options.replacementTrigger,
      retainOnDelete: options.retainOnDelete,
      deletedWith: options.deletedWith,
      replaceWith: options.replaceWith,
      hideDiff: options.hideDiff,
      ...source
    }
  }

  async #registerOutputs (message: messages.RegisterResourceOutputsRequest): Promise<empties.Empty> {
    const outputs = hashAssets(lowerOutputValues(fromStruct(message.getOutputs()))) as WireObject
    await this.#answer<void>(
      (done) =>
        this.#options.events.push({ kind: 'outputs', outputs: { urn: message.getUrn(), outputs, done } }),
      "output step's done channel"
    )
    return new empties.Empty()
  }

  async #read (message: messages.ReadResourceRequest): Promise<messages.ReadResourceResponse> {
    const type = message.getType()
    const provider = message.getProvider() ||
      await this.#defaultProvider({
        pkg: packageOf(type),
        version: message.getVersion(),
        pluginDownloadURL: message.getPlugindownloadurl()
      }, type)
    const properties = lowerOutputValues(fromStruct(message.getProperties())) as WireObject
    const { state } = await this.#answer<RegisterResult>((done) =>
      this.#options.events.push({
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
          ...sourceOf(this.#options.root, message),
          done
        }
      }), "step's done channel")
    this.#parents.set(state.urn, message.getParent())
    const response = new messages.ReadResourceResponse()
    response.setUrn(state.urn)
    response.setProperties(
      toStruct(sendable(state.outputs ?? {}, { secrets: message.getAcceptsecrets(), unknowns: true }))
    )
    return response
  }

  async #invoke (message: messages.ResourceInvokeRequest): Promise<messages.ResourceInvokeResponse> {
    const tok = message.getTok()
    const reference = message.getProvider() ||
      this.#componentProviders.get(message.getParent())?.[packageOf(tok)] ||
      await this.#defaultProvider({
        pkg: packageOf(tok),
        version: message.getVersion(),
        pluginDownloadURL: message.getPlugindownloadurl()
      }, tok)
    const instance = this.#options.registry.get(reference)
    if (instance === undefined) throw new Error(`Invoke: unknown provider '${reference}'`)
    const args = lowerOutputValues(fromStruct(message.getArgs())) as WireObject
    const response = new messages.ResourceInvokeResponse()
    let result
    try {
      result = await instance.invoke(tok, args, this.#options.preview)
    } catch (error) {
      throw new Error(`invocation of ${tok} returned an error: ${messageOf(error)}`)
    }
    response.setReturn(toStruct(result.return))
    response.setFailuresList(result.failures.map(({ property, reason }) => {
      const failure = new provider.CheckFailure()
      failure.setProperty(property)
      failure.setReason(reason)
      return failure
    }))
    return response
  }
}

/** Outputs in a form that the SDK can take. */
function sendable (outputs: WireObject, accepts: { secrets: boolean, unknowns: boolean }): WireObject {
  let result = outputs
  if (!accepts.unknowns) {
    result = Object.fromEntries(
      Object.entries(result).filter(([, value]) => value !== unknownValue && !containsUnknowns(value))
    )
  }
  return accepts.secrets ? result : revealSecrets(result) as WireObject
}
