import { storableValue } from '../../../contract/text/json-walk.ts'
import { clean } from '../../redaction/gate.ts'

/**
 * A value as a parameter of a JSON column. JSON.stringify writes U+0000 and lone surrogates as
 * escapes, which look like any text and which PostgreSQL refuses to read; here they are made
 * storable first. Every query that writes JSON calls it (a test looks for those that do not).
 */
export function jsonText (value: unknown): string {
  return JSON.stringify(storableValue(value))
}

/** The same for what programs, providers and people say: without secrets. */
export function toldText (value: unknown): string {
  return JSON.stringify(clean(storableValue(value)))
}
