/** Values as the CLI prints them in messages: Go's text of a PropertyValue, without secrets. */
import { unknownValue, type WireValue } from '../../wire.ts'
import { isObject, isSecret } from './wire-values.ts'

export function goText (value: WireValue | undefined): string {
  if (value === undefined || value === null) return '{<nil>}'
  // The real engine prints the type of the unknown value, which is always a string's on the wire.
  if (value === unknownValue) return 'output<string>{}'
  if (isSecret(value)) return '{[secret]}'
  if (Array.isArray(value)) return `{[${value.map(goText).join(' ')}]}`
  if (isObject(value)) {
    return `{map[${Object.keys(value).sort().map((key) => `${key}:${goText(value[key])}`).join(' ')}]}`
  }
  return `{${String(value)}}`
}
