/** The text of a failure that a provider's Check found. */
import { type CheckFailure } from '../../provider.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { nameOf } from '../urn.ts'
import { goText } from '../values/go-text.ts'

export function checkFailureText (state: ResourceState, failure: CheckFailure): string {
  const name = nameOf(state.urn)
  if (failure.property === '') return `${state.type} resource '${name}' has a problem: ${failure.reason}`
  return `${state.type} resource '${name}': property ${failure.property} value ` +
    `${goText(state.inputs[failure.property])} has a problem: ${failure.reason}`
}
