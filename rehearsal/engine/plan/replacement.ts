/**
 * The steps that replace a resource: beside the old one, or after it and its dependents are gone.
 */
import { type DiffResponse } from '../../provider.ts'
import { type WireValue } from '../../wire.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { CreateStep } from '../steps/create-step.ts'
import { DeleteStep, shellQuote } from '../steps/delete-step.ts'
import { ReplaceStep } from '../steps/replace-step.ts'
import { type Difference, type Step } from '../steps/step.ts'
import { checkReplacement } from './checked-inputs.ts'
import { cascadeReplacements, dependentReplacements } from './dependents.ts'
import { type PlanContext, type Planned, isReplaceTarget } from './plan-context.ts'
import { bail, refuse } from './refusal.ts'
import { type Planning } from './registration.ts'

/** Plans the replacement of a resource by a difference. */
export async function planReplacement (
  context: PlanContext,
  planned: Planned,
  planning: Planning,
  old: ResourceState,
  diff: DiffResponse
): Promise<Step[]> {
  const { registration: { goal, done }, urn, state } = planning
  if (state.protect && old.protect) {
    refuse(
      context,
      planned,
      urn,
      `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the ` +
        'resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`'
    )
  }
  if (goal.id !== '') refuseImported(context, planning, old, diff)
  planned.replaces.add(urn)
  if (!isReplaceTarget(context, urn, old)) await checkReplacement(context, planning)
  const difference: Difference = { keys: diff.replaces, diffs: diff.diffs, detailedDiff: diff.detailedDiff }
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
    return [
      new CreateStep(context, done, state, { old, difference, pendingDelete: true }),
      new ReplaceStep(old, state, difference)
    ]
  }
  const steps = await deleteDependents(context, planned, old)
  await context.ensureProvider(old.provider)
  if (!old.pendingReplacement) {
    planned.deletes.add(old.urn)
    steps.push(new DeleteStep(context, old, { deletions: planned.deletes, replaced: 'before' }))
  }
  return [
    ...steps,
    new ReplaceStep(old, state, difference),
    new CreateStep(context, done, state, { old, difference, pendingDelete: false })
  ]
}

/**
 * Makes a resource again that was deleted in this run, because one that it depends on had to go
 * first.
 */
export function planRecreation (
  context: PlanContext,
  planned: Planned,
  planning: Planning,
  old: ResourceState
): Step[] {
  const { registration: { done }, urn, state } = planning
  planned.deletes.delete(urn)
  planned.replaces.add(urn)
  const keys = planned.dependentKeys.get(urn) ?? []
  return [
    new ReplaceStep(old, state),
    new CreateStep(context, done, state, {
      old,
      difference: { keys, diffs: [], detailedDiff: undefined },
      pendingDelete: false
    })
  ]
}

/**
 * Deletes first, dependents before dependencies, everything that is replaced together with `old`.
 */
async function deleteDependents (
  context: PlanContext,
  planned: Planned,
  old: ResourceState
): Promise<Step[]> {
  const dependents = !context.preview || context.graph.contains(old)
    ? await dependentReplacements(context, planned, old)
    : []
  const all = [...dependents, ...cascadeReplacements(context.olds.values(), old.urn)].reverse()
  const steps: Step[] = []
  for (const { state, keys } of all) {
    if (planned.pendingDeletes.has(state)) continue
    planned.dependentKeys.set(state.urn, keys)
    if (!state.delete && state.protect) {
      planned.sawError = true
      bail(
        context,
        state.urn,
        `unable to replace resource "${state.urn}" as part of replacing "${old.urn}" as it is currently ` +
          'marked for protection. To unprotect the resource, remove the `protect` flag from the resource ' +
          'in ' +
          'your Pulumi program and run `pulumi up`, or use the command:\n`pulumi state unprotect ' +
          `${shellQuote(state.urn)}\``
      )
    }
    steps.push(
      new DeleteStep(context, state, {
        deletions: planned.deletes,
        ...(!state.delete && { replaced: 'before' })
      })
    )
    planned.deletes.add(state.urn)
    planned.pendingDeletes.add(state)
  }
  return steps
}

/** Refuses to replace a resource that the program still imports. */
function refuseImported (
  context: PlanContext,
  { urn, state }: Planning,
  old: ResourceState,
  diff: DiffResponse
): void {
  const lines = diff.replaces.map((key) =>
    `${key}: ${propertyText(old.inputs[key])} => ${propertyText(state.inputs[key])}`
  )
  const message =
    'previously-imported resources that still specify an ID may not be replaced; please remove the ' +
    `\`import\` declaration from your program;\n${lines.join('\n')}`
  if (!context.preview) throw new Error(message)
  context.diagnostics.warning(urn, message)
}

function propertyText (value: WireValue | undefined): string {
  return typeof value === 'string' ? `{${value}}` : `{${JSON.stringify(value ?? null)}}`
}
