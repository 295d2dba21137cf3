/**
 * Takes secrets out of what the audit log notes: the values that this service knows as secrets, and
 * whatever has the form of a credential.
 */
import { hideKeys } from '../federation/keys.ts'
import { Redactor } from '../redaction/redactor.ts'

/** Gives a function that copies a JSON value without secrets. `secrets`: values that are known. */
export function cleaner (secrets: readonly (string | undefined)[]): <T>(value: T) => T {
  const redactor = new Redactor()
  for (const secret of secrets) if (secret !== undefined) redactor.learn(secret)
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') return hideKeys(value)
    if (Array.isArray(value)) return value.map(hide)
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, hide(part)]))
    }
    return value
  }
  return <T>(value: T): T => hide(redactor.value(value)) as T
}
