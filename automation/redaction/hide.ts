/** Takes out what has the form of a credential, whoever's it is. Pure. */
import { formats, type Format } from './formats.ts'

/** Characters without which no format fits: most texts are let through by one look. */
const anyFormat =
  /-----BEGIN|[a-z]_[A-Za-z0-9]|gl[a-z]{2,5}-|GR1348941|xox[a-z]|xapp-|hooks\.slack|A[KSBC]IA|ACCA|secret|token|AIza|ya29\.|GOCSPX|Q~|key|sig=|pul-|hv[sbr]\.|eyJ|authorization|bearer|basic|pagerduty|:\/\//i

function hidden (text: string, { pattern, what }: Format): string {
  return text.replaceAll(pattern, (...found: unknown[]) => {
    const whole = String(found[0])
    const groups = found.at(-1)
    const { secret, bare }: { secret?: string, bare?: string } = typeof groups === 'object' && groups
      ? groups
      : {}
    const part = secret ?? bare
    if (part === undefined) return `[${what}]`
    const at = whole.lastIndexOf(part)
    return `${whole.slice(0, at)}[${what}]${whole.slice(at + part.length)}`
  })
}

/** The text with everything that has the form of a credential taken out. */
export function hideFormats (text: string): string {
  return anyFormat.test(text) ? formats.reduce(hidden, text) : text
}
