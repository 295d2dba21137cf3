/** Steps of a targeted run that depend on resources which it leaves out. */
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { parseReference } from '../urn.ts'
import { type PlanContext, type Planned } from './plan-context.ts'
import { refuse } from './refusal.ts'

/** Refuses steps that depend on a resource whose creation was skipped. */
export function refuseSkippedDependencies (
  context: PlanContext,
  planned: Planned,
  steps: readonly Step[]
): void {
  if (!context.options.targets.constrained && !context.options.replaces.constrained) return
  for (const step of steps) {
    if (step.new === undefined || (step instanceof SameStep && step.skippedCreate)) continue
    const provider = parseReference(step.new.provider)
    const needs = [
      ...(step.new.parent === '' ? [] : [step.new.parent]),
      ...step.new.dependencies,
      ...Object.values(step.new.propertyDependencies ?? {}).flat(),
      ...(provider ? [provider.urn] : [])
    ]
    for (const urn of needs) {
      if (!planned.skippedCreates.has(urn)) continue
      refuse(
        context,
        planned,
        step.urn,
        `Resource '${step.urn}' depends on '${urn}' which was was not specified in --target list.`
      )
      planned.skippedCreates.delete(urn)
    }
  }
}
