/** Times of an attempt in the world that it is rehearsed in. */
import { Timeline } from '../../rehearsal/clouds/time/timeline.ts'
import { type EventDraft } from '../event-draft.ts'
import { type OrderedDraft, type UnitOutcome, type UnitRun, type VirtualBegin } from './types.ts'

/** The attempt's place in its world's time; undefined for a live one. */
export class VirtualTimes {
  readonly timeline: Timeline
  readonly #begin: VirtualBegin

  constructor (begin: VirtualBegin) {
    this.#begin = begin
    const { start, overheadSeconds } = begin
    this.timeline = new Timeline({ start: new Date(start), overheadSeconds })
  }

  /** Puts times, and their place, on the events of operations. */
  stamped (drafts: readonly EventDraft[]): OrderedDraft[] {
    return drafts.map((draft) => this.#stamped(draft))
  }

  #stamped (draft: EventDraft): OrderedDraft {
    switch (draft.type) {
      case 'resource.started':
      case 'resource.succeeded':
      case 'resource.failed': {
        const span = this.timeline.spanOf(draft.urn, draft.op)
        if (!span) return draft
        const { start, level } = span
        const end = draft.type === 'resource.started' ? undefined : span.end
        return {
          ...draft,
          virtual: {
            start: new Date(start).toISOString(),
            ...(end !== undefined && { end: new Date(end).toISOString() })
          },
          order: { at: end ?? start, rank: level * 2 + (end === undefined ? 0 : 1) }
        }
      }
      default:
        return draft
    }
  }

  /** The outcome with the attempt's own times. */
  ended (outcome: UnitOutcome): UnitOutcome {
    const { start, overheadSeconds, leastSeconds } = this.#begin
    const { end } = this.timeline.span()
    const virtual = { start, end: Math.max(end, start + (overheadSeconds + leastSeconds) * 1000) }
    return { ...outcome, virtual }
  }
}

/** Makes the times of an attempt; undefined for a live one. */
export function virtualTimesOf ({ virtual }: UnitRun): VirtualTimes | undefined {
  return virtual && new VirtualTimes(virtual)
}
