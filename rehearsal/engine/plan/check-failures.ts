/** The text of a failure that a provider's Check found. */
import { type CheckFailure } from '../../provider.ts'
import { type WireValue } from '../../wire.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { nameOf } from '../urn.ts'
import { isObject, isSecret } from '../values/wire-values.ts'

/** A value as Go prints a PropertyValue. */
function goText (value: WireValue | undefined): string {
  if (value === undefined || value === null) return '{<nil>}'
  if (isSecret(value)) return '{[secret]}'
  if (Array.isArray(value)) return `{[${value.map(goText).join(' ')}]}`
  if (isObject(value)) {
    return `{map[${Object.keys(value).sort().map((key) => `${key}:${goText(value[key])}`).join(' ')}]}`
  }
  return `{${String(value)}}`
}

export function checkFailureText (state: ResourceState, failure: CheckFailure): string {
  const name = nameOf(state.urn)
  if (failure.property === '') return `${state.type} resource '${name}' has a problem: ${failure.reason}`
  return `${state.type} resource '${name}': property ${failure.property} value ` +
    `${goText(state.inputs[failure.property])} has a problem: ${failure.reason}`
}
