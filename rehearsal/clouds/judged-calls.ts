/** The count of what a rehearsal's clouds judged, and of what they could not judge. */
import { type JudgedCalls } from '../../contract/deployment.ts'

/**
 * Different reasons that are counted apart; more than there are types in a program. Whatever
 * exceeds it is counted together.
 */
const mostReasons = 500

/** Counts calls while a unit runs. */
export class CallCounter {
  #evaluated = 0
  #unrestricted = 0
  readonly #unknown = new Map<string, number>()

  evaluated (): void {
    this.#evaluated++
  }

  unrestricted (): void {
    this.#unrestricted++
  }

  unknown (what: string): void {
    const key = this.#unknown.has(what) || this.#unknown.size < mostReasons ? what : 'others'
    this.#unknown.set(key, (this.#unknown.get(key) ?? 0) + 1)
  }

  counts (): JudgedCalls {
    return {
      evaluated: this.#evaluated,
      unrestricted: this.#unrestricted,
      unknown: [...this.#unknown].sort(([a], [b]) => a < b ? -1 : 1).map(([what, count]) => ({ what, count }))
    }
  }
}
