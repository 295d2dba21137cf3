/** Operations that a step waits for, as the engine issues it. Pure. */
import { dependencyUrns } from '../state/resource-state.ts'
import { type Step } from '../steps/step.ts'

/**
 * URNs of the resources whose operations came before a step: those that it or what it makes room
 * for depends on, its provider, and the steps before it in its chain. Deletions at the end of a run
 * come in layers instead, which the executor separates.
 */
export function waitedFor (step: Step, chain: readonly Step[]): string[] {
  const made = chain.at(-1)?.new
  const state = step.new ?? made
  return [
    ...chain.slice(0, chain.indexOf(step)).map(({ urn }) => urn),
    ...(state ? [...dependencyUrns(state, { parent: true }), providerUrn(state.provider)] : [])
  ]
}

/** The URN in a reference to a provider: `{urn}::{id}`. */
function providerUrn (reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf('::')))
}
