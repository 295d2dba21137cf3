/** Conventions that packages share. Pure. */
import { type CheckFailure } from '../provider.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { type TypeFacts } from './schema-table.ts'
import { tokenParts } from './tokens.ts'

/** Failures of inputs that a type does not have, in the words of bridged providers. */
export function unknownInputs (
  inputs: WireObject,
  type: string,
  facts: TypeFacts | undefined
): CheckFailure[] {
  if (!facts) return []
  return Object.keys(inputs).filter((key) => !facts.inputs.has(key)).map((key) => ({
    property: key,
    reason: `Invalid or unknown key. Examine values at '${tokenParts(type).name}.${key}'.`
  }))
}

/** Value of a computed output about which nothing more is known, by its kind. */
export function emptyValue (kind: string): WireValue {
  switch (kind) {
    case 's':
      return ''
    case 'i':
    case 'n':
      return 0
    case 'b':
      return false
    case 'l':
      return []
    default:
      return {}
  }
}
