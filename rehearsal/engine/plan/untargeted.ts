/**
 * Steps that keep resources outside the targets, and everything that they depend on, as they were.
 */
import { Bail } from '../errors.ts'
import { type ResourceState, dependencyUrns } from '../state/resource-state.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Done, type Step } from '../steps/step.ts'
import { parseReference } from '../urn.ts'
import { type PlanContext, type Planned } from './plan-context.ts'

/** Same steps for a resource and, before it, for its dependencies that have no step yet. */
export function untargetedSames (
  context: PlanContext,
  planned: Planned,
  urn: string,
  old: ResourceState,
  done: Done | undefined
): Step[] {
  const steps: Step[] = []
  const keep = (state: ResourceState, answer: Done | undefined): void => {
    if (state.delete) return
    planned.urns.add(state.urn)
    planned.sames.add(urn)
    planned.sames.add(state.urn)
    const provider = parseReference(state.provider)
    const providerState = provider && !planned.hasStep(provider.urn)
      ? context.olds.get(provider.urn)
      : undefined
    if (providerState && providerState.id === provider?.id) keep(providerState, undefined)
    for (const dependency of dependencyUrns(state, { parent: true })) {
      if (planned.hasStep(dependency)) continue
      const other = context.olds.get(dependency)
      if (other === undefined) {
        throw new Bail(`dependency ${dependency} of untargeted resource ${urn} has no old state`)
      }
      keep(other, undefined)
    }
    steps.push(new SameStep(context, answer, state, { ...state, id: '' }, { untargeted: true }))
  }
  keep(old, done)
  return steps
}
