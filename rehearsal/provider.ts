/**
 * A resource provider as the rehearsal engine calls it: Pulumi's ResourceProvider protocol with
 * property maps in wire form (`wire.ts`). Fields are named as in provider.proto, in camelCase.
 *
 * The simulated clouds implement the interface once; `clouds/serve.ts` wraps the same objects in
 * gRPC servers for the real CLI. `engine/providers/attached-provider.ts` is the other direction: a
 * client of a provider that is attached through PULUMI_DEBUG_PROVIDERS.
 */
import { type WireObject } from './wire.ts'

/** gRPC status codes that providers use (`Status` of grpc). */
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

/** The error of every provider call that fails. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  /**
   * gRPC status code, one of `Status`.
   * @default Status.Unknown
   */
  readonly code: number
  /** Present when the resource exists but did not become ready (ErrorResourceInitFailed). */
  readonly initFailed?: InitFailed
  constructor (message: string, options: { code?: number, initFailed?: InitFailed } = {}) {
    super(message)
    this.code = options.code ?? Status.Unknown
    if (options.initFailed) this.initFailed = options.initFailed
  }
}

/** A resource that exists but did not become ready. */
export interface InitFailed {
  id: string
  /** Outputs as they are so far. */
  properties: WireObject
  /** Sentences about what it is not ready for. */
  reasons: string[]
  inputs: WireObject
}

/** An input that the provider refuses at check. */
export interface CheckFailure {
  /** Name or path of the input; empty for the resource as a whole. */
  property: string
  /** Sentence that says what is wrong. */
  reason: string
}

/** One changed property in a detailed diff. */
export interface PropertyDiff {
  /** The change; `_REPLACE` marks one that needs a replacement. */
  kind: 'ADD' | 'ADD_REPLACE' | 'DELETE' | 'DELETE_REPLACE' | 'UPDATE' | 'UPDATE_REPLACE'
  /** True when inputs differ, false when only the state does. */
  inputDiff: boolean
}

/** Names of the resource that a call is about. */
export interface Subject {
  urn: string
  /** Last part of the URN. */
  name: string
  /** Type token. */
  type: string
}

export interface ConfigureRequest {
  /** Identity of the provider resource, where there is one. */
  urn?: string
  name?: string
  type?: string
  id?: string
  /** Inputs of the provider resource. */
  args: WireObject
  /** Configuration by `package:config:key`. */
  variables: Record<string, string>
  /** The engine can take secrets in wire form. */
  acceptSecrets: boolean
  /** The engine can take resource references in wire form. */
  acceptResources: boolean
}
export interface ConfigureResponse {
  /** The provider can take secrets in wire form. */
  acceptSecrets: boolean
  /** Create and Update may be called in previews. */
  supportsPreview: boolean
  /** The provider can take resource references in wire form. */
  acceptResources: boolean
  /** The provider can take output values in wire form. */
  acceptOutputs: boolean
  supportsAutonamingConfiguration?: boolean
}

/** The name that the configuration of the stack (`pulumi:autonaming`) asks for. */
export interface AutonamingRequest {
  /** Empty when the provider must not make up a name. */
  proposedName: string
  /** `propose`: the provider may choose another; `enforce`: it must not; `disable`: no name. */
  mode: 'propose' | 'enforce' | 'disable'
}

export interface CheckRequest extends Subject {
  /** Inputs in the state; empty for a new resource. */
  olds: WireObject
  /** Inputs as the program gives them. */
  news: WireObject
  /** Randomness for names that the provider makes up. */
  randomSeed: Uint8Array
  /** Given to providers that take it (`supportsAutonamingConfiguration`). */
  autonaming?: AutonamingRequest
}
export interface CheckResponse {
  /** Inputs with everything that the provider fills in. */
  inputs: WireObject
  failures: CheckFailure[]
}

export interface DiffRequest extends Subject {
  id: string
  /** Outputs in the state. */
  olds: WireObject
  /** Checked inputs. */
  news: WireObject
  /** Inputs in the state. */
  oldInputs: WireObject
  /** Paths whose changes do not count. */
  ignoreChanges: string[]
}
export interface DiffResponse {
  /** `unknown` leaves the comparison to the engine. */
  changes: 'unknown' | 'none' | 'some'
  /** Names of changed properties. */
  diffs: string[]
  /** Names of properties whose change replaces the resource. */
  replaces: string[]
  /** Names of outputs that an update will not change. */
  stables: string[]
  /** A replacement has to delete the old resource first. */
  deleteBeforeReplace: boolean
  /** Changes by path. */
  detailedDiff?: Record<string, PropertyDiff>
}

export interface CreateRequest extends Subject {
  /** Checked inputs. */
  properties: WireObject
  /** Longest time in seconds; 0 for none. */
  timeout: number
  preview: boolean
}
export interface CreateResponse {
  /** Empty in previews. */
  id: string
  /** Outputs. */
  properties: WireObject
}

export interface ReadRequest extends Subject {
  id: string
  /** Outputs in the state. */
  properties: WireObject
  /** Inputs in the state. */
  inputs: WireObject
  /** Only the id is known (an import): there are no inputs. */
  fresh?: boolean
}
export interface ReadResponse {
  /** Empty when the resource does not exist. */
  id: string
  /** Outputs as they are now. */
  properties?: WireObject
  /** Inputs as they are now, seen from the cloud. */
  inputs?: WireObject
}

export interface UpdateRequest extends Subject {
  id: string
  /** Outputs in the state. */
  olds: WireObject
  /** Checked inputs. */
  news: WireObject
  /** Inputs in the state. */
  oldInputs: WireObject
  /** Longest time in seconds; 0 for none. */
  timeout: number
  /** Paths whose changes do not count. */
  ignoreChanges: string[]
  preview: boolean
}
export interface UpdateResponse {
  /** Outputs. */
  properties: WireObject
}

export interface DeleteRequest extends Subject {
  id: string
  /** Outputs in the state. */
  properties: WireObject
  /** Inputs in the state. */
  oldInputs: WireObject
  /** Longest time in seconds; 0 for none. */
  timeout: number
}

export interface InvokeRequest {
  /** Token of the function. */
  tok: string
  args: WireObject
  preview: boolean
}
export interface InvokeResponse {
  return: WireObject
  failures: CheckFailure[]
}

/** The run that components and methods of a package take part in. */
export interface RunInfo {
  project: string
  stack: string
  organization: string
  /** Configuration, secrets in plain text. */
  config: Record<string, string>
  configSecretKeys: string[]
  preview: boolean
  parallel: number
  /** Address of the engine's ResourceMonitor. */
  monitorEndpoint: string
}

/**
 * Another identity that a resource may have in the state: a URN, or the parts that differ from its
 * own.
 */
export type ResourceAlias = { urn: string } | {
  name: string
  type: string
  stack: string
  project: string
  parent: string
  noParent: boolean
}

/** A component that its package constructs. */
export interface ConstructRequest extends RunInfo {
  type: string
  name: string
  parent: string
  inputs: WireObject
  /** URNs by the input that depends on them. */
  inputDependencies: Record<string, string[]>
  /** Provider references by package. */
  providers: Record<string, string>
  /** URNs. */
  dependencies: string[]
  aliases: ResourceAlias[]
  protect?: boolean
  ignoreChanges: string[]
  replaceOnChanges: string[]
  additionalSecretOutputs: string[]
  /** Durations in Go's form. */
  customTimeouts?: { create: string, update: string, delete: string }
  deletedWith: string
  deleteBeforeReplace?: boolean
  retainOnDelete?: boolean
  replaceWith: string[]
}
export interface ConstructResponse {
  urn: string
  /** Outputs. */
  state: WireObject
  /** URNs by the output that depends on them. */
  stateDependencies: Record<string, string[]>
}

/** A call of a method of a resource. */
export interface CallRequest extends RunInfo {
  tok: string
  args: WireObject
  /** URNs by the argument that depends on them. */
  argDependencies: Record<string, string[]>
}
export interface CallResponse {
  return: WireObject
  /** URNs by the member of the result that depends on them. */
  returnDependencies: Record<string, string[]>
  failures: CheckFailure[]
}

/** Search for a resource whose creation had begun. */
export interface LookupRequest extends Subject {
  /** Inputs of the creation. */
  inputs: WireObject
  /** Ids under this URN that the state holds already (the old half of a replacement). */
  known?: string[]
}

/**
 * One instance of a provider. Each provider resource of a stack, default or explicit, has its own.
 */
export interface Provider {
  getPluginInfo(): Promise<{ version: string }>
  checkConfig(request: CheckRequest): Promise<CheckResponse>
  diffConfig(request: DiffRequest): Promise<DiffResponse>
  configure(request: ConfigureRequest): Promise<ConfigureResponse>
  check(request: CheckRequest): Promise<CheckResponse>
  diff(request: DiffRequest): Promise<DiffResponse>
  /**
   * `signal` ends the wait for a slow creation, not the creation: the resource may exist
   * afterwards.
   */
  create(request: CreateRequest, signal?: AbortSignal): Promise<CreateResponse>
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadResponse>
  update(request: UpdateRequest, signal?: AbortSignal): Promise<UpdateResponse>
  delete(request: DeleteRequest, signal?: AbortSignal): Promise<void>
  invoke(request: InvokeRequest): Promise<InvokeResponse>
  /** Makes a component of the package; absent where a package has none. */
  construct?(request: ConstructRequest): Promise<ConstructResponse>
  /** Calls a method of a resource; absent where a package has none. */
  call?(request: CallRequest): Promise<CallResponse>
  /** Asks for calls in flight to end soon: the engine shuts down or was asked to stop. */
  cancel(): Promise<void>
  /** Releases what the instance holds (a gRPC connection). Called once, last. */
  close?(): Promise<void>
  /**
   * Looks for a resource whose creation had begun when the engine died, by the token that the
   * create carried (here the URN), as real clouds do by client token or name. Resolves with
   * undefined when it was never made. Only simulated clouds can do this; without it, settling a
   * stack with a pending creation is refused.
   */
  lookup?(request: LookupRequest): Promise<CreateResponse | undefined>
}

/** An operation on a resource, as the clock of the clouds has to know it. */
export interface TimedSubject {
  urn: string
  /** The engine's name for the operation, such as `create-replacement`. */
  op: string
  /** URNs of the resources whose operations it waited for. */
  after: readonly string[]
}

/** An operation under way in the time of the clouds. */
export interface TimedOperation {
  /** Runs the operation's calls. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Notes that it has ended. */
  end(): void
}

/** The clock of simulated clouds, which the engine tells what each operation waited for. */
export interface OperationClock {
  begin(subject: TimedSubject): TimedOperation
  /** Notes that whatever begins from here on waited for all before it. */
  barrier(): void
}

/** Makes provider instances by package name. */
export interface ProviderSource {
  /** Present where the time that operations take is simulated. */
  readonly clock?: OperationClock
  /** A new instance, or undefined when the source does not know the package. */
  connect(pkg: string, version?: string): Promise<Provider | undefined>
}
