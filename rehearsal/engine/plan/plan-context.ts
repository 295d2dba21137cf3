/** What planning works with: the run's old resources and options, and what was planned so far. */
import { type DependencyGraph } from '../dependency-graph.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type PolicyChecks } from '../policies/policy-checks.ts'
import { type ResourceState, dependencyUrns } from '../state/resource-state.ts'
import { type StepContext } from '../steps/step.ts'
import { parseReference } from '../urn.ts'
import { type Goal } from './goal.ts'
import { type Targets } from './targets.ts'

export interface PlanOptions {
  targets: Targets
  excludes: Targets
  replaces: Targets
  targetDependents: boolean
  excludeDependents: boolean
}

export interface PlanContext extends StepContext {
  readonly stack: string
  readonly project: string
  readonly diagnostics: Diagnostics
  readonly options: PlanOptions
  /** The old resources in order, dependencies first. */
  readonly prev: readonly ResourceState[]
  /** The live old resource of each URN. */
  readonly olds: ReadonlyMap<string, ResourceState>
  readonly graph: DependencyGraph
  /** The run's policy packs; undefined without any. */
  readonly policies: PolicyChecks | undefined
  /** Configures a referenced provider from the old state unless it is configured. */
  ensureProvider(reference: string): Promise<void>
}

/** A resource that must be replaced because one it depends on is, and the inputs that force it. */
export interface DependentReplacement {
  state: ResourceState
  keys: string[]
}

/** What happened to each URN in this plan. */
export class Planned {
  readonly urns = new Set<string>()
  readonly reads = new Set<string>()
  readonly creates = new Set<string>()
  readonly sames = new Set<string>()
  readonly updates = new Set<string>()
  readonly deletes = new Set<string>()
  readonly replaces = new Set<string>()
  readonly refreshes = new Set<string>()
  readonly imports = new Set<string>()
  readonly skippedCreates = new Set<string>()
  /** Provider resources of this run, also by the URNs they had before. */
  readonly providers = new Map<string, ResourceState>()
  /** Old URN to the new one that took it over, and the reverse. */
  readonly aliased = new Map<string, string>()
  readonly aliases = new Map<string, string>()
  /** What the program asked for, of resources that policies are asked about again at the end. */
  readonly goals = new Map<string, Goal>()
  readonly pendingDeletes = new Set<ResourceState>()
  readonly dependentKeys = new Map<string, string[]>()
  readonly targetsActual = new Set<string>()
  readonly excludesActual = new Set<string>()
  /** A diagnostic was an error, but planning goes on. */
  sawError = false

  hasStep (urn: string): boolean {
    return [this.sames, this.updates, this.replaces, this.reads, this.creates, this.refreshes, this.imports]
      .some((set) => set.has(urn))
  }

  /** The old resource under this URN is still wanted. */
  isOperatedOn (urn: string): boolean {
    const own = this.aliased.get(urn) ?? urn
    return this.sames.has(own) || this.updates.has(own) || this.replaces.has(own) || this.reads.has(own) ||
      this.refreshes.has(own)
  }
}

function dependsOnAny (state: ResourceState, urns: ReadonlySet<string>): boolean {
  const provider = parseReference(state.provider)
  return (provider !== undefined && urns.has(provider.urn)) ||
    dependencyUrns(state, { parent: true }).some((urn) => urns.has(urn))
}

/** Whether the operation is about the resource, by --target and --exclude. */
export function isIncluded (context: PlanContext, planned: Planned, state: ResourceState): boolean {
  const { targets, excludes, targetDependents, excludeDependents } = context.options
  if (targets.constrained) {
    return targets.has(state.urn) || (targetDependents && dependsOnAny(state, planned.targetsActual))
  }
  if (excludes.constrained) {
    return !(excludes.has(state.urn) || (excludeDependents && dependsOnAny(state, planned.excludesActual)))
  }
  return true
}
