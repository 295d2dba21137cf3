/** One run over a stack: its old resources, its options, and the context of its steps. */
import { type DiffResponse } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { DependencyGraph } from '../dependency-graph.ts'
import { messageOf } from '../errors.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type Autonaming } from '../plan/autonaming.ts'
import { diffResource } from '../plan/difference.ts'
import { type PlanContext, type PlanOptions } from '../plan/plan-context.ts'
import { type PolicyChecks } from '../policies/policy-checks.ts'
import { CallFailed, Outcome } from '../providers/call-result.ts'
import { type Operations, registryOperations } from '../providers/operations.ts'
import { type ProviderRegistry, providerState } from '../providers/provider-registry.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type StepHooks } from '../steps/hooks.ts'
import { type UpdatePlans } from '../update-plan/update-plan.ts'
import { isProviderType } from '../urn.ts'

export interface DeploymentOptions {
  stack: string
  project: string
  preview: boolean
  registry: ProviderRegistry
  diagnostics: Diagnostics
  plan: PlanOptions
  autonaming?: Autonaming | undefined
  hooks: StepHooks
  policies?: PolicyChecks | undefined
  updatePlans?: UpdatePlans | undefined
}

export class Deployment implements PlanContext {
  readonly stack: string
  readonly project: string
  readonly preview: boolean
  readonly registry: ProviderRegistry
  readonly diagnostics: Diagnostics
  readonly options: PlanOptions
  readonly autonaming: Autonaming | undefined
  readonly hooks: StepHooks
  readonly policies: PolicyChecks | undefined
  readonly updatePlans: UpdatePlans | undefined
  readonly #registryOperations: Operations
  #failedAfter: Error | undefined
  #prev: readonly ResourceState[] = []
  #olds = new Map<string, ResourceState>()
  #graph = new DependencyGraph([])

  constructor (options: DeploymentOptions, prev: readonly ResourceState[]) {
    this.stack = options.stack
    this.project = options.project
    this.preview = options.preview
    this.registry = options.registry
    this.diagnostics = options.diagnostics
    this.options = options.plan
    this.autonaming = options.autonaming
    this.hooks = options.hooks
    this.policies = options.policies
    this.updatePlans = options.updatePlans
    this.#registryOperations = registryOperations(options.registry)
    this.rebase(prev)
  }

  get prev (): readonly ResourceState[] {
    return this.#prev
  }
  get olds (): ReadonlyMap<string, ResourceState> {
    return this.#olds
  }
  get graph (): DependencyGraph {
    return this.#graph
  }

  /** Takes over the old resources that a refresh found. */
  rebase (prev: readonly ResourceState[]): void {
    this.#prev = prev
    this.#olds = new Map(prev.filter((state) => !state.delete).map((state) => [state.urn, state]))
    this.#graph = new DependencyGraph(prev)
  }

  operationsOf (state: ResourceState): Operations {
    if (isProviderType(state.type)) return this.#registryOperations
    const instance = this.registry.get(state.provider)
    if (instance === undefined) {
      throw new CallFailed(`unknown provider '${state.provider}' for resource '${state.urn}'`, Outcome.Ok)
    }
    return instance
  }

  async ensureProvider (reference: string): Promise<void> {
    if (reference === '' || this.registry.get(reference)) return
    const state = providerState(this.#prev, reference)
    if (state === undefined) throw new Error(`could not find provider ${reference}`)
    await this.registry.same(state, false)
  }

  diff (
    operations: Operations,
    subject: { urn: string, id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse> {
    return diffResource(this.diagnostics, operations, subject, olds, news, ignoreChanges)
  }

  /** The first failure after a step whose result counts (a hook's). */
  get failedAfter (): Error | undefined {
    return this.#failedAfter
  }

  failAfter (urn: string, error: unknown): void {
    this.diagnostics.error(urn, messageOf(error))
    this.#failedAfter ??= error instanceof Error ? error : new Error(String(error))
  }

  warn (urn: string, message: string): void {
    this.diagnostics.warning(urn, message)
  }
}
