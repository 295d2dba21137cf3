/**
 * Finds what looks like a credential in a federation file: keys never belong there. The value
 * itself is in no message.
 */
import { finding, type Finding, type Path } from './errors.ts'

/** The forms of credentials that are recognised with certainty, by what they are. */
const forms: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  ['an AWS access key id', /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z2-7]{16}([^A-Z0-9]|$)/],
  ['a Google API key', /(^|[^\w-])AIza[\w-]{35}/],
  ['a Google access token', /(^|[^\w-])ya29\.[\w-]{20,}/],
  // Three characters, the generation, Q~ and the rest: the form of Microsoft Entra's client
  // secrets.
  ['an Azure client secret', /(^|[^\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}([^\w.~-]|$)/],
  ['a signed token', /(^|[^\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/]
]
/**
 * An AWS secret access key has no mark of its own: forty characters of base64. Only beside accounts
 * can it be told from other texts.
 */
const bareSecret = /^[A-Za-z0-9+/]{40}$/

function formOf (text: string, path: Path): string | undefined {
  return forms.find(([, pattern]) => pattern.test(text))?.[0] ??
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
