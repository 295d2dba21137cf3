/** An attempt's time in its world, from what its host tells. */
import { type OrderedDraft } from '../../stacks/types.ts'
import { type Verdict } from './verdict.ts'

/** Follows one attempt; of a live one it knows nothing. */
export class AttemptClock {
  readonly #start: number | undefined
  #latest: number

  constructor (start: number | undefined) {
    this.#start = start
    this.#latest = start ?? 0
  }

  /** Takes events of the attempt: of one whose host is lost, nothing else tells how far it came. */
  hear (drafts: readonly OrderedDraft[]): void {
    for (const { order } of drafts) if (order) this.#latest = Math.max(this.#latest, order.at)
  }

  /**
   * The verdict with the attempt's times. `end`: when it ended, as its host says. One that is tried
   * again after a failure waits as long as it would live; one that was cut off goes on at once.
   */
  told (verdict: Verdict, end: number = this.#latest): Verdict {
    if (this.#start === undefined) return verdict
    const virtual = { start: new Date(this.#start).toISOString(), end: new Date(end).toISOString() }
    const event = verdict.event.type === 'unit.interrupted' || !('attempt' in verdict.event)
      ? verdict.event
      : { ...verdict.event, virtual }
    if (verdict.kind === 'end') {
      return { ...verdict, end: { ...verdict.end, virtualEnd: end }, event } as Verdict
    }
    return { ...verdict, back: { ...verdict.back, virtualEnd: end + verdict.virtualDelay }, event } as Verdict
  }
}
