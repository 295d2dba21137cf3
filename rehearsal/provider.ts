/**
 * A resource provider as the rehearsal engine calls it: Pulumi's ResourceProvider protocol with
 * property maps in wire form (see wire.ts). The simulated clouds implement it once;
 * `clouds/serve.ts` wraps the same object in a gRPC server for the real CLI, and
 * `engine/attached-provider.ts` is the other direction: a client of a provider attached through
 * PULUMI_DEBUG_PROVIDERS.
 *
 * Field names follow provider.proto in camelCase. A method that fails throws a ProviderError.
 */
import { type WireObject } from './wire.ts'

/** gRPC status codes that providers use (grpc `Status`). */
export const Status = {
  Canceled: 1,
  Unknown: 2,
  InvalidArgument: 3,
  DeadlineExceeded: 4,
  NotFound: 5,
  AlreadyExists: 6,
  PermissionDenied: 7,
  ResourceExhausted: 8,
  FailedPrecondition: 9,
  Aborted: 10,
  Unimplemented: 12,
  Internal: 13,
  Unavailable: 14
} as const

/**
 * What a provider call fails with. `initFailed` is set when the resource exists but did not become
 * ready (ErrorResourceInitFailed).
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly code: number
  readonly initFailed?: InitFailed
  constructor (message: string, options: { code?: number, initFailed?: InitFailed } = {}) {
    super(message)
    this.code = options.code ?? Status.Unknown
    if (options.initFailed) this.initFailed = options.initFailed
  }
}
export interface InitFailed {
  id: string
  properties: WireObject
  reasons: string[]
  inputs: WireObject
}

export interface CheckFailure {
  property: string
  reason: string
}
export interface PropertyDiff {
  kind: 'ADD' | 'ADD_REPLACE' | 'DELETE' | 'DELETE_REPLACE' | 'UPDATE' | 'UPDATE_REPLACE'
  inputDiff: boolean
}

/** What names the resource a call is about. */
export interface Subject {
  urn: string
  name: string
  type: string
}

export interface ConfigureRequest {
  urn?: string
  name?: string
  type?: string
  id?: string
  args: WireObject
  variables: Record<string, string>
  acceptSecrets: boolean
  acceptResources: boolean
}
export interface ConfigureResponse {
  acceptSecrets: boolean
  supportsPreview: boolean
  acceptResources: boolean
  acceptOutputs: boolean
  supportsAutonamingConfiguration?: boolean
}
export interface CheckRequest extends Subject {
  olds: WireObject
  news: WireObject
  randomSeed: Uint8Array
}
export interface CheckResponse {
  inputs: WireObject
  failures: CheckFailure[]
}
export interface DiffRequest extends Subject {
  id: string
  olds: WireObject
  news: WireObject
  oldInputs: WireObject
  ignoreChanges: string[]
}
export interface DiffResponse {
  changes: 'unknown' | 'none' | 'some'
  diffs: string[]
  replaces: string[]
  stables: string[]
  deleteBeforeReplace: boolean
  detailedDiff?: Record<string, PropertyDiff>
}
/** `timeout` is in seconds, 0 for none. */
export interface CreateRequest extends Subject {
  properties: WireObject
  timeout: number
  preview: boolean
}
export interface CreateResponse {
  id: string
  properties: WireObject
}
/** `fresh` is set when only the id is known (an import): there are no inputs then. */
export interface ReadRequest extends Subject {
  id: string
  properties: WireObject
  inputs: WireObject
  fresh?: boolean
}
/** An empty id means that the resource does not exist. */
export interface ReadResponse {
  id: string
  properties?: WireObject
  inputs?: WireObject
}
export interface UpdateRequest extends Subject {
  id: string
  olds: WireObject
  news: WireObject
  oldInputs: WireObject
  timeout: number
  ignoreChanges: string[]
  preview: boolean
}
export interface UpdateResponse {
  properties: WireObject
}
export interface DeleteRequest extends Subject {
  id: string
  properties: WireObject
  oldInputs: WireObject
  timeout: number
}
export interface InvokeRequest {
  tok: string
  args: WireObject
  preview: boolean
}
export interface InvokeResponse {
  return: WireObject
  failures: CheckFailure[]
}

/** One instance of a provider: one per provider resource (default or explicit) of a stack. */
export interface Provider {
  getPluginInfo(): Promise<{ version: string }>
  checkConfig(request: CheckRequest): Promise<CheckResponse>
  diffConfig(request: DiffRequest): Promise<DiffResponse>
  configure(request: ConfigureRequest): Promise<ConfigureResponse>
  check(request: CheckRequest): Promise<CheckResponse>
  diff(request: DiffRequest): Promise<DiffResponse>
  /** `signal` aborts the wait of a slow create; the resource may exist afterwards. */
  create(request: CreateRequest, signal?: AbortSignal): Promise<CreateResponse>
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadResponse>
  update(request: UpdateRequest, signal?: AbortSignal): Promise<UpdateResponse>
  delete(request: DeleteRequest, signal?: AbortSignal): Promise<void>
  invoke(request: InvokeRequest): Promise<InvokeResponse>
  /** The engine is shutting down or was asked to stop: calls in flight should end soon. */
  cancel(): Promise<void>
  /** Releases what the instance holds (a gRPC connection); called once, last. */
  close?(): Promise<void>
  /**
   * Looks for a resource whose creation had begun when the engine died: by the token that the
   * create carried (here: the URN), as real clouds do by client token or name. Resolves undefined
   * when it was never made. Only simulated clouds implement it. `known` are ids that the state
   * already holds for this URN (the old half of a replacement): they are not what is looked for.
   */
  lookup?(request: Subject & { inputs: WireObject, known?: string[] }): Promise<CreateResponse | undefined>
}

/** Makes provider instances by package name. `undefined` when it does not know the package. */
export interface ProviderSource {
  connect(pkg: string, version?: string): Promise<Provider | undefined>
}
