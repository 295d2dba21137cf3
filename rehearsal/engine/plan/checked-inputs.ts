/** Checks of a registration's inputs, by its provider and by the policy packs. */
import { Bail } from '../errors.ts'
import { subjectOf } from '../providers/operations.ts'
import { analyzed } from './analyzed.ts'
import { checkFailureText } from './check-failures.ts'
import { withoutIgnored } from './difference.ts'
import { type PlanContext, type Planned } from './plan-context.ts'
import { type Planning } from './registration.ts'

/**
 * Puts the checked inputs into the state; false when the provider refused them (reported). `fresh`:
 * the old inputs do not count.
 */
export async function checkInputs (
  context: PlanContext,
  planning: Planning,
  options: { targeted: boolean, fresh: boolean }
): Promise<boolean> {
  const { registration: { goal }, urn, old, state } = planning
  if (!options.targeted) {
    state.inputs = old?.inputs ?? {}
    return true
  }
  const inputs = old
    ? withoutIgnored(context.diagnostics, urn, goal.properties, old.inputs, goal.ignoreChanges)
    : goal.properties
  return options.fresh || old === undefined
    ? askProvider(context, planning, {}, goal.properties)
    : askProvider(context, planning, old.inputs, inputs)
}

/**
 * Checks the inputs of a replacement, which is a resource of its own: the old inputs do not count.
 * Ends the run when the provider refuses them.
 */
export async function checkReplacement (context: PlanContext, planning: Planning): Promise<void> {
  const accepted = await askProvider(context, planning, {}, planning.registration.goal.properties)
  if (!accepted) throw new Bail(`resource ${planning.urn} has check errors`)
}

async function askProvider (
  context: PlanContext,
  { urn, state, operations, seed, autonaming }: Planning,
  olds: Planning['state']['inputs'],
  news: Planning['state']['inputs']
): Promise<boolean> {
  if (operations === undefined) return true
  const response = await operations.check(subjectOf(urn), olds, news, { randomSeed: seed, autonaming })
  for (const failure of response.failures) {
    context.diagnostics.error(urn, checkFailureText(state, failure))
  }
  state.inputs = response.inputs
  return response.failures.length === 0
}

/**
 * Asks the policy packs about the checked inputs, which they may remedy. True when the resource
 * must not be made: a preview goes on, and fails at its end.
 */
export async function refusedByPolicy (
  { policies, preview }: PlanContext,
  planned: Planned,
  { registration: { goal }, state }: Planning
): Promise<boolean> {
  if (policies === undefined) return false
  const { inputs, mandatory } = await policies.resource(analyzed(state, goal, planned.providers))
  state.inputs = inputs
  planned.goals.set(state.urn, goal)
  if (mandatory) planned.sawError = true
  return mandatory && !preview
}
