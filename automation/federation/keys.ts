/**
 * Finds what looks like a credential in a federation file: keys never belong there. The value
 * itself is in no message.
 */
import { formats } from '../redaction/formats.ts'
import { finding, type Finding, type Path } from './errors.ts'

/** The forms of credentials that are refused wherever they stand. */
const certain = formats.filter((format) => format.certain)

/**
 * An AWS secret access key has no mark of its own: forty characters of base64. Only beside accounts
 * can it be told from other texts.
 */
const bareSecret = /^[A-Za-z0-9+/]{40}$/

function formOf (text: string, path: Path): string | undefined {
  return certain.find(({ pattern }) => text.search(pattern) >= 0)?.what ??
    (path[0] === 'accounts' && bareSecret.test(text) ? 'a secret access key' : undefined)
}

/** One finding for each text that looks like a credential, wherever it is. */
export function keyFindings (data: unknown, path: Path = []): Finding[] {
  if (typeof data === 'string') {
    const what = formOf(data, path)
    return what === undefined ? [] : [finding('FED_KEY_IN_FILE', path, 'value', what)]
  }
  if (typeof data !== 'object' || data === null) return []
  const entries: [string | number, unknown][] = Array.isArray(data)
    ? data.map((item: unknown, index) => [index, item])
    : Object.entries(data)
  return entries.flatMap(([step, value]) => keyFindings(value, [...path, step]))
}
