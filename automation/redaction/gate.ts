/**
 * The gate of this process: what is stored as an event or in the audit log, what people type, and
 * the log pass it. One service runs in a process, and all that it knows as secret is known here.
 */
import { mostLevels } from '../../contract/text/json-walk.ts'
import { hideFormats } from './hide.ts'
import { Redactor } from './redactor.ts'

const redactor = new Redactor()

/** Has the gate know values as secrets. */
export function teachGate (secrets: readonly (string | undefined)[]): void {
  for (const secret of secrets) if (secret !== undefined) redactor.learn(secret)
}

/** The text without secrets: those that this service knows, and what has a credential's form. */
export function withoutSecrets (text: string): string {
  return hideFormats(redactor.text(text))
}

/**
 * A copy of a JSON value without secrets, in its keys either. What is nested deeper than anything
 * that is stored is left to whoever refuses or cuts it.
 */
export function clean<T> (value: T, level = 0): T {
  if (level > mostLevels) return value
  if (typeof value === 'string') return withoutSecrets(value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item, level + 1)) as T
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [withoutSecrets(key), clean(part, level + 1)])
    ) as T
  }
  return value
}
