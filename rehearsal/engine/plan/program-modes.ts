/**
 * Registrations of runs whose program only tells what providers and components are now: everything
 * is deleted afterwards (`destroy --run-program`), or only read (`refresh --run-program`).
 * Resources in clouds are neither made nor changed; providers and components are, since deletions
 * and readings may need them.
 */
import { type ResourceState, dependencyUrns } from '../state/resource-state.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { isProviderType, parseReference } from '../urn.ts'
import { type PlanContext, type Planned } from './plan-context.ts'
import { type Found } from './registration.ts'

/** Steps of a registration in such a run; undefined when it is planned as in an update. */
export function planByMode (context: PlanContext, planned: Planned, found: Found): Step[] | undefined {
  switch (context.options.mode) {
    case 'update':
      return undefined
    case 'destroy':
      return planCondemned(context, planned, found)
    case 'refresh':
      return planRefreshOnly(context, planned, found)
  }
}

function planCondemned (
  context: PlanContext,
  planned: Planned,
  { registration: { goal, done }, urn, old, state }: Found
): Step[] | undefined {
  const managed = goal.custom && !isProviderType(goal.type)
  if (dependsOnSkipped(planned, state) || (managed && old === undefined)) {
    if (old) state.outputs = old.outputs
    return skipped(context, planned, { done, urn, state })
  }
  planned.toDelete.push(state)
  if (!managed || old === undefined) return undefined
  planned.sames.add(urn)
  state.inputs = old.inputs
  return [new SameStep(context, done, old, state)]
}

function planRefreshOnly (
  context: PlanContext,
  planned: Planned,
  { registration: { goal, done }, urn, old, state }: Found
): Step[] | undefined {
  const managed = goal.custom && !isProviderType(goal.type)
  if (!managed && !dependsOnSkipped(planned, state)) return undefined
  if (old === undefined) {
    planned.sames.add(urn)
    return skipped(context, planned, { done, urn, state })
  }
  // It was read already.
  done({ state: old, result: 'success', unknown: false })
  return []
}

function skipped (
  context: PlanContext,
  planned: Planned,
  { done, urn, state }: { done: Found['registration']['done'], urn: string, state: ResourceState }
): Step[] {
  planned.skippedCreates.add(urn)
  return [new SameStep(context, done, { ...state }, state, { skippedCreate: true })]
}

/** Tells if a resource needs one that this run does not make. */
function dependsOnSkipped (planned: Planned, state: ResourceState): boolean {
  const provider = parseReference(state.provider)
  return (provider !== undefined && planned.skippedCreates.has(provider.urn)) ||
    dependencyUrns(state, { parent: true }).some((urn) => planned.skippedCreates.has(urn))
}
