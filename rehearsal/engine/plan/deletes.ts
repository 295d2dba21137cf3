/** The deletions at the end of a run, and their order. */
import { DependencyGraph } from '../dependency-graph.ts'
import { Bail } from '../errors.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { DeleteStep } from '../steps/delete-step.ts'
import { RemovePendingReplaceStep } from '../steps/replace-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { dependentReplacements, cascadeReplacements } from './dependents.ts'
import { type PlanContext, type Planned } from './plan-context.ts'

/** URNs that a targeted run may delete: the targets and everything that depends on them. */
async function allowed (context: PlanContext, planned: Planned): Promise<Set<string>> {
  const result = new Set<string>()
  const frontier = context.prev.filter((state) => context.options.targets.has(state.urn))
  const seen = new Set<string>()
  for (let state = frontier.shift(); state; state = frontier.shift()) {
    if (seen.has(state.urn)) continue
    seen.add(state.urn)
    frontier.push(...context.graph.dependingOn(state, seen, { children: true }))
  }
  for (const state of context.prev.filter(({ urn }) => seen.has(urn))) {
    result.add(state.urn)
    for (
      const dependent of [
        ...await dependentReplacements(context, planned, state),
        ...cascadeReplacements(context.prev, state.urn)
      ]
    ) result.add(dependent.state.urn)
  }
  return result
}

/**
 * URNs that a run with exclusions must keep: the excluded resources and everything that they depend
 * on.
 */
function kept (context: PlanContext): Set<string> {
  const result = new Set<string>()
  const frontier = context.prev.filter((state) => context.options.excludes.has(state.urn))
  for (let state = frontier.shift(); state; state = frontier.shift()) {
    if (result.has(state.urn)) continue
    result.add(state.urn)
    frontier.push(...context.graph.dependenciesOf(state))
    if (context.options.excludeDependents) {
      frontier.push(...context.graph.dependingOn(state, result, { children: true }))
    }
  }
  return result
}

/**
 * Steps for old resources that nobody registered: `deletes`, and `sames` for those that are not
 * among the targets.
 */
export async function planDeletes (
  context: PlanContext,
  planned: Planned
): Promise<{ sames: Step[], deletes: Step[] }> {
  const { targets, excludes, targetDependents } = context.options
  const only = targets.constrained ? await allowed(context, planned) : undefined
  const never = !targets.constrained && excludes.constrained ? kept(context) : undefined
  const sames: Step[] = []
  const deletes: Step[] = []
  for (const old of context.prev) {
    const state = planned.refreshed.get(old) ?? old
    if ((only && !only.has(state.urn)) || never?.has(state.urn)) {
      if (!planned.isOperatedOn(state.urn) && !state.delete) {
        sames.push(new SameStep(context, undefined, state, { ...state, id: '' }, { untargeted: true }))
      }
      continue
    }
    const step = planDelete(context, planned, state)
    if (step) {
      planned.deletes.add(state.urn)
      deletes.push(step)
      if (state.provider !== '') await context.ensureProvider(state.provider)
    }
  }
  for (const state of planned.toDelete) {
    if ((only && !only.has(state.urn)) || never?.has(state.urn)) continue
    planned.deletes.add(state.urn)
    deletes.push(new DeleteStep(context, state, { deletions: planned.deletes }))
  }
  context.updatePlans?.steps([...sames, ...deletes], (urn) => urn)
  if (targets.constrained && !targetDependents) refuseUntargeted(context, planned, deletes)
  return { sames, deletes }
}

function planDelete (context: PlanContext, planned: Planned, state: ResourceState): Step | undefined {
  const deletions = planned.deletes
  if (state.delete) {
    return planned.pendingDeletes.has(state)
      ? undefined
      : new DeleteStep(context, state, { deletions, replaced: 'after' })
  }
  if (planned.isOperatedOn(state.urn)) return undefined
  return state.pendingReplacement
    ? new RemovePendingReplaceStep(state)
    : new DeleteStep(context, state, { deletions })
}

function refuseUntargeted (context: PlanContext, planned: Planned, deletes: Step[]): void {
  const others = deletes.filter(({ urn }) => !context.options.targets.has(urn))
  for (const { urn } of others) {
    context.diagnostics.error(
      urn,
      `Resource '${urn}' will be destroyed but was not specified in --target list.\nEither include ` +
        'resource in --target list or pass --target-dependents to proceed.'
    )
    planned.sawError = true
  }
  if (others.length > 0 && !context.preview) throw new Bail('delete untargeted resource')
}

/**
 * The dependencies among everything that a run may delete. (The CLI forgets those that a resource
 * had before it was read with the program, and deletes some at once that depend on each other.)
 */
export function deletionGraph (context: PlanContext, planned: Planned): DependencyGraph {
  const before = new Map([...planned.refreshed].map(([old, state]) => [state, old]))
  return new DependencyGraph([
    ...planned.toDelete,
    ...context.prev.map((old) => planned.refreshed.get(old) ?? old)
  ], before)
}

/**
 * Groups deletions so that each group depends on nothing that an earlier one deletes: dependents go
 * first.
 */
export function scheduleDeletes (graph: DependencyGraph, deletes: readonly Step[]): Step[][] {
  const waiting = new Map(deletes.map((step) => [step.res, step]))
  const layers: Step[][] = []
  while (waiting.size > 0) {
    const layer = [...waiting].filter(([state]) =>
      ![...graph.dependenciesOf(state)].some((dependency) => waiting.has(dependency))
    )
    for (const [state] of layer) waiting.delete(state)
    layers.push(layer.map(([, step]) => step))
  }
  return layers.reverse()
}
