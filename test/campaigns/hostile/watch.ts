/** Judges what a service under hostile inputs answers and logs. */
import { type Answer } from './target.ts'

/** Lines of the service's log that are shown when it ended. */
const keptLines = 20
/** Findings that are told at most. */
const most = 20

/** Forms in which a secret must not be seen: its text, and what a careless sink makes of it. */
function formsOf (secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret)
  ]
}

export class Watch {
  longestStall = 0
  readonly #findings: string[] = []
  readonly #statuses = new Map<number, number>()
  #forms: string[] = []
  readonly #lines: string[] = []

  /** Seeks these values from now on. */
  seekSecrets (secrets: readonly string[]): void {
    this.#forms = [...new Set(secrets.flatMap(formsOf))]
  }

  /** Judges an answer. */
  answer (about: string, { status, text }: Answer): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1)
    if (status >= 500) this.#find(`${about}: ${status} ${text.slice(text.indexOf('\n\n') + 2).slice(0, 500)}`)
    this.#seek(text, about)
  }

  /** Judges a line of the service's log. */
  log (line: string): void {
    this.#lines.push(line.slice(0, 2_000))
    if (this.#lines.length > keptLines) this.#lines.shift()
    this.#seek(line, 'the log')
    // Unforeseen failures of requests are answered with a 500 and logged as errors.
    if (/"level":[56]0/.test(line)) this.#find(`logged: ${line.slice(0, 500)}`)
  }

  stalled (milliseconds: number): void {
    this.longestStall = Math.max(this.longestStall, milliseconds)
  }

  /** Says how often each status was answered. */
  answers (): string {
    return [...this.#statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count}x${status}`).join(
      ' '
    )
  }

  /** Gives the end of the log. */
  lastLines (): string {
    return this.#lines.join('\n')
  }

  /** Throws when anything was found. */
  check (): void {
    if (this.#findings.length > 0) {
      throw new Error(`${this.#findings.length} findings:\n${this.#findings.join('\n')}`)
    }
  }

  #seek (text: string, where: string): void {
    for (const form of this.#forms) if (text.includes(form)) this.#find(`a secret in ${where}`)
  }

  #find (finding: string): void {
    if (this.#findings.length < most) this.#findings.push(finding)
  }
}
