/** Secrets of the service as variables hold them, and the keys in them. Pure. */

/**
 * Bytes of a key below which it can be tried out: 16 characters of base64 are 96 bits. A secret
 * with `whsec_` holds 24 or more, says the Standard Webhooks specification.
 */
const shortestText = 16
const shortestStandard = 24
const standardPrefix = 'whsec_'

/**
 * Text that some tool should have replaced: `${NAME}`, `$(NAME)`, `{{ name }}`, `<your secret>`.
 */
const placeholder =
  /\$\{[A-Za-z_][^}]*\}|\$\([A-Za-z_][^)]*\)|\{\{[^}]*\}\}|<[A-Za-z][A-Za-z0-9 _.-]*>|^(whsec_)?\$[A-Za-z_]\w*$/

/** A secret that can be used, or why it cannot; its value is not part of the reason. */
export type JudgedSecret = { readonly text: string } | { readonly wrong: string }
/** A key that can be used, or why it cannot. */
export type JudgedKey = { readonly text: string, readonly key: Buffer } | { readonly wrong: string }

/**
 * Judges the value of a secret of the service. Line breaks at its end, which files and `envFrom`
 * leave there, are no part of it.
 */
export function judgeSecret (value: string | undefined): JudgedSecret {
  const text = (value ?? '').replace(/[\r\n]+$/, '')
  if (text.trim() === '') return { wrong: 'has no value' }
  if (/\p{Cc}/u.test(text)) return { wrong: 'has a line break or another control character in its value' }
  if (text.trim() !== text) return { wrong: 'has blanks before or after its value' }
  if (placeholder.test(text)) return { wrong: 'holds a placeholder that nothing replaced' }
  return { text }
}

/** The bytes that base64 in either alphabet stands for; undefined when it is none. */
function decoded (text: string): Buffer | undefined {
  const digits = text.replace(/={1,2}$/, '')
  const padded = digits.length < text.length
  if (!/^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)$/.test(digits) || digits.length % 4 === 1) return undefined
  if (padded && text.length % 4 !== 0) return undefined
  return Buffer.from(digits, 'base64')
}

/**
 * Judges a secret that signs or verifies, by the bytes of the key in it. `standard`: the key of a
 * Standard Webhooks secret is what the base64 after `whsec_` stands for; otherwise, and without
 * that prefix, the text is the key.
 */
export function judgeKey (value: string | undefined, form: 'standard' | 'text'): JudgedKey {
  const judged = judgeSecret(value)
  if ('wrong' in judged) return judged
  const { text } = judged
  const standard = form === 'standard' && text.startsWith(standardPrefix)
  const key = standard ? decoded(text.slice(standardPrefix.length)) : Buffer.from(text, 'utf8')
  if (!key) return { wrong: `has no base64 after ${standardPrefix}` }
  const least = standard ? shortestStandard : shortestText
  if (key.length < least) {
    return {
      wrong: `has a value that is too short to be secret: ${key.length} bytes, expected ${least} or more`
    }
  }
  return { text, key }
}
