/**
 * A provider that runs elsewhere and is reached over gRPC, as PULUMI_DEBUG_PROVIDERS attaches them:
 * one connection per instance.
 */
import { randomUUID } from 'node:crypto'
import grpc from '@grpc/grpc-js'
import plugins from '@pulumi/pulumi/proto/plugin_pb.js'
import services from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/provider_pb.js'
import statuses from '@pulumi/pulumi/proto/status_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import {
  type CallRequest,
  type CallResponse,
  type CheckFailure,
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type ConstructRequest,
  type ConstructResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type InitFailed,
  type InvokeRequest,
  type InvokeResponse,
  type PropertyDiff,
  type Provider,
  ProviderError,
  type ReadRequest,
  type ReadResponse,
  Status,
  type UpdateRequest,
  type UpdateResponse
} from '../../provider.ts'
import { fromStruct, toStruct } from '../values/struct.ts'
import { urnLists } from '../values/urn-lists.ts'
import { callMessage, constructMessage } from './component-messages.ts'
import { grpcOptions, isServiceError, unary } from './grpc.ts'

const autonamingModes = { propose: 0, enforce: 1, disable: 2 } as const
const changeWords = ['unknown', 'none', 'some'] as const
const diffKinds = ['ADD', 'ADD_REPLACE', 'DELETE', 'DELETE_REPLACE', 'UPDATE', 'UPDATE_REPLACE'] as const

/** Reads ErrorResourceInitFailed from a failed call's status details. */
function initFailed (error: grpc.ServiceError): InitFailed | undefined {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? []
  if (!(bytes instanceof Uint8Array)) return undefined
  for (const detail of statuses.Status.deserializeBinary(bytes).getDetailsList()) {
    if (detail.getTypeName() !== 'pulumirpc.ErrorResourceInitFailed') continue
    const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8())
    return {
      id: failed.getId(),
      properties: fromStruct(failed.getProperties()),
      reasons: failed.getReasonsList(),
      inputs: fromStruct(failed.getInputs())
    }
  }
  return undefined
}

async function providerCall<Response> (call: Promise<Response>): Promise<Response> {
  try {
    return await call
  } catch (error) {
    if (!isServiceError(error)) throw error
    const failed = initFailed(error)
    throw new ProviderError(error.details, { code: error.code, ...(failed && { initFailed: failed }) })
  }
}

/** Waits for a call that older providers do not have; undefined where there is none. */
async function optional<T> (call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== Status.Unimplemented) throw error
    return undefined
  }
}

const failures = (list: { getProperty(): string, getReason(): string }[]): CheckFailure[] =>
  list.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }))
const checked = (response: messages.CheckResponse): CheckResponse => ({
  inputs: fromStruct(response.getInputs()),
  failures: failures(response.getFailuresList())
})

function checkMessage (request: CheckRequest): messages.CheckRequest {
  const message = new messages.CheckRequest()
  message.setUrn(request.urn)
  message.setName(request.name)
  message.setType(request.type)
  message.setOlds(toStruct(request.olds))
  message.setNews(toStruct(request.news))
  message.setRandomseed(request.randomSeed)
  if (request.autonaming) {
    const options = new messages.CheckRequest.AutonamingOptions()
    options.setProposedName(request.autonaming.proposedName)
    options.setMode(autonamingModes[request.autonaming.mode])
    message.setAutonaming(options)
  }
  return message
}
function diffMessage (request: DiffRequest): messages.DiffRequest {
  const message = new messages.DiffRequest()
  message.setId(request.id)
  message.setUrn(request.urn)
  message.setName(request.name)
  message.setType(request.type)
  message.setOlds(toStruct(request.olds))
  message.setNews(toStruct(request.news))
  message.setOldInputs(toStruct(request.oldInputs))
  message.setIgnorechangesList(request.ignoreChanges)
  return message
}
function diffed (response: messages.DiffResponse): DiffResponse {
  const detailed = response.getHasdetaileddiff() ? response.getDetaileddiffMap().toArray() : undefined
  return {
    changes: changeWords[response.getChanges()] ?? 'unknown',
    diffs: response.getDiffsList(),
    replaces: response.getReplacesList(),
    stables: response.getStablesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    ...(detailed && { detailedDiff: detailedDiff(response) })
  }
}
function detailedDiff (response: messages.DiffResponse): Record<string, PropertyDiff> {
  const result: Record<string, PropertyDiff> = {}
  response.getDetaileddiffMap().forEach((diff, path) => {
    result[path] = { kind: diffKinds[diff.getKind()] ?? 'UPDATE', inputDiff: diff.getInputdiff() }
  })
  return result
}

export class AttachedProvider implements Provider {
  readonly #client: services.ResourceProviderClient
  readonly #engineAddress: string
  /** Answer of the provider in its handshake, which counts more than its answer to Configure. */
  #protocol: ConfigureResponse | undefined

  constructor (port: number, options: { engineAddress: string }) {
    this.#client = new services.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      grpcOptions
    )
    this.#engineAddress = options.engineAddress
  }

  /** Tells a provider that runs already the engine's address. */
  async attach (): Promise<void> {
    await this.handshake()
    const message = new plugins.PluginAttach()
    message.setAddress(this.#engineAddress)
    await optional(providerCall(unary((done) => this.#client.attach(message, done))))
  }

  /** Asks the provider what it can, and tells it what the engine can. */
  async handshake (): Promise<void> {
    const handshake = new messages.ProviderHandshakeRequest()
    handshake.setEngineAddress(this.#engineAddress)
    handshake.setConfigureWithUrn(true)
    handshake.setInvokeWithPreview(true)
    const answer = await optional(
      providerCall(
        unary<messages.ProviderHandshakeResponse>((done) => this.#client.handshake(handshake, done))
      )
    )
    if (answer) {
      this.#protocol = {
        acceptSecrets: answer.getAcceptSecrets(),
        acceptResources: answer.getAcceptResources(),
        acceptOutputs: answer.getAcceptOutputs(),
        supportsPreview: true,
        supportsAutonamingConfiguration: answer.getSupportsAutonamingConfiguration()
      }
    }
  }

  async getPluginInfo (): Promise<{ version: string }> {
    const response = await providerCall(
      unary<plugins.PluginInfo>((done) => this.#client.getPluginInfo(new empties.Empty(), done))
    )
    return { version: response.getVersion() }
  }

  async checkConfig (request: CheckRequest): Promise<CheckResponse> {
    return checked(
      await providerCall(
        unary<messages.CheckResponse>((done) => this.#client.checkConfig(checkMessage(request), done))
      )
    )
  }

  async diffConfig (request: DiffRequest): Promise<DiffResponse> {
    return diffed(
      await providerCall(
        unary<messages.DiffResponse>((done) => this.#client.diffConfig(diffMessage(request), done))
      )
    )
  }

  async configure (request: ConfigureRequest): Promise<ConfigureResponse> {
    const message = new messages.ConfigureRequest()
    for (const [key, value] of Object.entries(request.variables)) message.getVariablesMap().set(key, value)
    message.setArgs(toStruct(request.args))
    message.setAcceptsecrets(request.acceptSecrets)
    message.setAcceptresources(request.acceptResources)
    message.setSendsOldInputs(true)
    message.setSendsOldInputsToDelete(true)
    if (request.id !== undefined) message.setId(request.id)
    if (request.urn !== undefined) message.setUrn(request.urn)
    if (request.name !== undefined) message.setName(request.name)
    if (request.type !== undefined) message.setType(request.type)
    const response = await providerCall(
      unary<messages.ConfigureResponse>((done) => this.#client.configure(message, done))
    )
    if (this.#protocol) return this.#protocol
    return {
      acceptSecrets: response.getAcceptsecrets(),
      supportsPreview: response.getSupportspreview(),
      acceptResources: response.getAcceptresources(),
      acceptOutputs: response.getAcceptoutputs(),
      supportsAutonamingConfiguration: response.getSupportsAutonamingConfiguration()
    }
  }

  async check (request: CheckRequest): Promise<CheckResponse> {
    return checked(
      await providerCall(
        unary<messages.CheckResponse>((done) => this.#client.check(checkMessage(request), done))
      )
    )
  }

  async diff (request: DiffRequest): Promise<DiffResponse> {
    return diffed(
      await providerCall(
        unary<messages.DiffResponse>((done) => this.#client.diff(diffMessage(request), done))
      )
    )
  }

  async create (request: CreateRequest, signal?: AbortSignal): Promise<CreateResponse> {
    const message = new messages.CreateRequest()
    message.setUrn(request.urn)
    message.setName(request.name)
    message.setType(request.type)
    message.setProperties(toStruct(request.properties))
    message.setTimeout(request.timeout)
    message.setPreview(request.preview)
    this.#status(message)
    const response = await providerCall(
      unary<messages.CreateResponse>((done) => this.#client.create(message, done), signal)
    )
    return { id: response.getId(), properties: fromStruct(response.getProperties()) }
  }

  async read (request: ReadRequest, signal?: AbortSignal): Promise<ReadResponse> {
    const message = new messages.ReadRequest()
    message.setId(request.id)
    message.setUrn(request.urn)
    message.setName(request.name)
    message.setType(request.type)
    if (!request.fresh) {
      message.setProperties(toStruct(request.properties))
      message.setInputs(toStruct(request.inputs))
    }
    this.#status(message)
    const response = await providerCall(
      unary<messages.ReadResponse>((done) => this.#client.read(message, done), signal)
    )
    return {
      id: response.getId(),
      ...(response.hasProperties() && { properties: fromStruct(response.getProperties()) }),
      ...(response.hasInputs() && { inputs: fromStruct(response.getInputs()) })
    }
  }

  async update (request: UpdateRequest, signal?: AbortSignal): Promise<UpdateResponse> {
    const message = new messages.UpdateRequest()
    message.setId(request.id)
    message.setUrn(request.urn)
    message.setName(request.name)
    message.setType(request.type)
    message.setOlds(toStruct(request.olds))
    message.setNews(toStruct(request.news))
    message.setOldInputs(toStruct(request.oldInputs))
    message.setTimeout(request.timeout)
    message.setIgnorechangesList(request.ignoreChanges)
    message.setPreview(request.preview)
    this.#status(message)
    const response = await providerCall(
      unary<messages.UpdateResponse>((done) => this.#client.update(message, done), signal)
    )
    return { properties: fromStruct(response.getProperties()) }
  }

  async delete (request: DeleteRequest, signal?: AbortSignal): Promise<void> {
    const message = new messages.DeleteRequest()
    message.setId(request.id)
    message.setUrn(request.urn)
    message.setName(request.name)
    message.setType(request.type)
    message.setProperties(toStruct(request.properties))
    message.setOldInputs(toStruct(request.oldInputs))
    message.setTimeout(request.timeout)
    this.#status(message)
    await providerCall(unary((done) => this.#client.delete(message, done), signal))
  }

  async invoke (request: InvokeRequest): Promise<InvokeResponse> {
    const message = new messages.InvokeRequest()
    message.setTok(request.tok)
    message.setArgs(toStruct(request.args))
    message.setPreview(request.preview)
    const response = await providerCall(
      unary<messages.InvokeResponse>((done) => this.#client.invoke(message, done))
    )
    return { return: fromStruct(response.getReturn()), failures: failures(response.getFailuresList()) }
  }

  async construct (request: ConstructRequest): Promise<ConstructResponse> {
    const response = await providerCall(
      unary<messages.ConstructResponse>((done) => this.#client.construct(constructMessage(request), done))
    )
    return {
      urn: response.getUrn(),
      state: fromStruct(response.getState()),
      stateDependencies: urnLists(response.getStatedependenciesMap())
    }
  }

  async call (request: CallRequest): Promise<CallResponse> {
    const response = await providerCall(
      unary<messages.CallResponse>((done) => this.#client.call(callMessage(request), done))
    )
    const returnDependencies = urnLists(response.getReturndependenciesMap())
    return {
      return: fromStruct(response.getReturn()),
      returnDependencies,
      failures: failures(response.getFailuresList())
    }
  }

  async cancel (): Promise<void> {
    await optional(providerCall(unary((done) => this.#client.cancel(new empties.Empty(), done))))
  }

  async close (): Promise<void> {
    this.#client.close()
  }

  /** Address for views of the resource, a service that this engine's server does not have. */
  #status (
    message: {
      setResourceStatusAddress(value: string): unknown
      setResourceStatusToken(value: string): unknown
    }
  ): void {
    message.setResourceStatusAddress(this.#engineAddress)
    message.setResourceStatusToken(randomUUID())
  }
}

/** `PULUMI_DEBUG_PROVIDERS`: `pkg:port,…`. */
export function attachedPorts (value: string | undefined): Map<string, number> {
  const pairs = (value ?? '').split(',').filter(Boolean).map((pair) => pair.split(':'))
  return new Map(
    pairs.flatMap(([pkg, port]) =>
      pkg && port && Number.isInteger(Number(port)) ? [[pkg, Number(port)] as const] : []
    )
  )
}
