/** The steps of a resource that is in the state already, by what differs from it. */
import { type DiffResponse } from '../../provider.ts'
import { subjectOf } from '../providers/operations.ts'
import { DiffUnavailable } from '../providers/provider-instance.ts'
import { configOf } from '../providers/provider-registry.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { UpdateStep } from '../steps/update-step.ts'
import { parseReference } from '../urn.ts'
import { sameValue, triggersReplacement } from '../values/wire-values.ts'
import { noDifference, diffResource, isReplacement, replaceFor, withReplaceOnChanges } from './difference.ts'
import { type PlanContext, type Planned, isReplaceTarget } from './plan-context.ts'
import { type Planning } from './registration.ts'
import { planReplacement } from './replacement.ts'

/** Steps that keep, update or replace a resource. */
export async function planChange (
  context: PlanContext,
  planned: Planned,
  planning: Planning,
  old: ResourceState
): Promise<Step[]> {
  const { registration: { goal, done }, urn, state } = planning
  const triggered = triggersReplacement(old.replacementTrigger, state.replacementTrigger)
  let diff: DiffResponse
  try {
    diff = triggered
      ? { ...noDifference, changes: 'some' }
      : await differenceOf(context, planned, planning, old)
  } catch (error) {
    if (!(error instanceof DiffUnavailable)) throw error
    diff = { ...noDifference, changes: 'some' }
    context.diagnostics.warning(urn, error.message)
  }
  const hasInitErrors = old.initErrors.length > 0
  diff = withReplaceOnChanges(diff, goal.replaceOnChanges, hasInitErrors)
  if (
    (diff.changes === 'some' || old.pendingReplacement) &&
    (isReplacement(diff) || triggered || old.pendingReplacement)
  ) return planReplacement(context, planned, planning, old, diff)
  if (diff.changes === 'some' || hasInitErrors) {
    planned.updates.add(urn)
    const { diffs, detailedDiff } = diff
    return [new UpdateStep(context, done, old, state, { diffs, detailedDiff }, goal.ignoreChanges)]
  }
  if (planned.imports.has(urn)) {
    done({ state: old, result: 'success', unknown: false })
    return []
  }
  planned.sames.add(urn)
  return [new SameStep(context, done, old, state)]
}

async function differenceOf (
  context: PlanContext,
  planned: Planned,
  planning: Planning,
  old: ResourceState
): Promise<DiffResponse> {
  const { registration: { goal }, urn, state, operations } = planning
  if (isReplaceTarget(context, urn, old)) return replaceFor('id')
  if (state.replaceWith.some((other) => planned.replaces.has(other))) return replaceFor('replaceWith')
  if (planned.replaces.has(state.deletedWith)) return replaceFor('deletedWith')
  if (await providerChanged(context, planned, old, state)) return replaceFor('provider')
  if (operations === undefined) {
    return sameValue(old.inputs, state.inputs) ? noDifference : { ...noDifference, changes: 'some' }
  }
  return diffResource(
    context.diagnostics,
    operations,
    { urn, id: old.id },
    { inputs: old.inputs, outputs: old.outputs ?? {} },
    state.inputs,
    goal.ignoreChanges
  )
}

/**
 * Tells if the resource has another provider that replaces it: one which says that the difference
 * between the two configurations does.
 */
async function providerChanged (
  context: PlanContext,
  planned: Planned,
  old: ResourceState,
  state: ResourceState
): Promise<boolean> {
  if (old.provider === state.provider) return false
  const before = parseReference(old.provider)
  const after = parseReference(state.provider)
  if (before === undefined || after === undefined) return true
  if (planned.aliased.get(before.urn) === after.urn) return false
  const oldProvider = context.olds.get(before.urn)
  const newProvider = planned.providers.get(after.urn)
  const instance = context.registry.get(state.provider)
  if (oldProvider === undefined || newProvider === undefined || instance === undefined) return true
  const diff = await instance.diffConfig(
    subjectOf(after.urn),
    { inputs: configOf(oldProvider.inputs), outputs: oldProvider.outputs ?? {} },
    configOf(newProvider.inputs),
    []
  )
  return isReplacement(diff)
}
