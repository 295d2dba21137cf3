/**
 * The things that planning works with: the old resources and options of the run, and the plan so
 * far.
 */
import { type DependencyGraph } from '../dependency-graph.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type PolicyChecks } from '../policies/policy-checks.ts'
import { type ResourceState, dependencyUrns } from '../state/resource-state.ts'
import { type StepContext } from '../steps/step.ts'
import { type UpdatePlans } from '../update-plan/update-plan.ts'
import { parseReference } from '../urn.ts'
import { type Autonaming } from './autonaming.ts'
import { type Goal } from './goal.ts'
import { type Targets } from './targets.ts'

export interface PlanOptions {
  targets: Targets
  excludes: Targets
  replaces: Targets
  targetDependents: boolean
  excludeDependents: boolean
  /**
   * What a run of the program is for: an update, or to know providers and components as they are
   * now while everything is deleted (`destroy --run-program`) or read (`refresh --run-program`).
   */
  mode: 'update' | 'destroy' | 'refresh'
  /** Resources are read as the program registers them, not before it starts. */
  refreshes: boolean
}

export interface PlanContext extends StepContext {
  readonly stack: string
  readonly project: string
  readonly diagnostics: Diagnostics
  readonly options: PlanOptions
  /** Old resources in order, dependencies first. */
  readonly prev: readonly ResourceState[]
  /** Old resources by URN, without those that are to be deleted. */
  readonly olds: ReadonlyMap<string, ResourceState>
  readonly graph: DependencyGraph
  /** Names that the configuration proposes; undefined when it says nothing of them. */
  readonly autonaming: Autonaming | undefined
  /** Policy packs of the run; undefined when it has none. */
  readonly policies: PolicyChecks | undefined
  /** The update plan that the run makes, or keeps to; undefined when nobody asked for one. */
  readonly updatePlans: UpdatePlans | undefined
  /** Configures a referenced provider from the old state unless it is configured. */
  ensureProvider(reference: string): Promise<void>
}

/** A resource that must be replaced because one that it depends on is replaced. */
export interface DependentReplacement {
  state: ResourceState
  keys: string[]
}

/** The plan so far, by URN. */
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
  /** New URN by old one, and the reverse, of resources that were found under an alias. */
  readonly aliased = new Map<string, string>()
  readonly aliases = new Map<string, string>()
  /** Goals of resources that policies are asked about again at the end. */
  readonly goals = new Map<string, Goal>()
  readonly pendingDeletes = new Set<ResourceState>()
  /** Findings of reading an old resource, by that resource; absent where it is gone. */
  readonly refreshed = new Map<ResourceState, ResourceState>()
  /** Resources of this run that it deletes at its end. */
  readonly toDelete: ResourceState[] = []
  readonly dependentKeys = new Map<string, string[]>()
  readonly targetsActual = new Set<string>()
  readonly excludesActual = new Set<string>()
  /** An error was reported: the run fails at its end, but planning goes on. */
  sawError = false

  hasStep (urn: string): boolean {
    return [this.sames, this.updates, this.replaces, this.reads, this.creates, this.refreshes, this.imports]
      .some((set) => set.has(urn))
  }

  /** Tells if the old resource with this URN is still wanted. */
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

/** Tells if --target and --exclude make the operation about a resource. */
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

/** Tells if a resource is to be replaced whatever its provider says. */
export function isReplaceTarget (context: PlanContext, urn: string, old: ResourceState | undefined): boolean {
  return context.options.replaces.has(urn) || old?.taint === true
}
