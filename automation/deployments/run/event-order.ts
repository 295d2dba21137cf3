/** Order of the events of one attempt. */
import { type EventDraft } from '../../event-draft.ts'
import { type OrderedDraft } from '../../stacks/types.ts'

/** Place of an event: when it happened in the world, and what it waited for there. */
type Order = NonNullable<OrderedDraft['order']>

/**
 * Milliseconds for which events are held: an attempt at time scale 0 lasts a second or two, and who
 * follows one that goes on for longer sees it go on.
 */
const longestHold = 5_000
/** Events that are held at most: a busy unit has some hundreds. */
const mostHeld = 2_000

/**
 * Gives the events of an attempt in the order in which they happen in its world, which is the same
 * each time, however the work of this machine fell out. Where time goes by in the rehearsal itself
 * (`held` is false), and live, they are given as they come.
 */
export class EventOrder {
  readonly #give: (drafts: EventDraft[]) => void
  readonly #held: boolean
  #drafts: OrderedDraft[] = []
  #since = 0

  constructor (held: boolean, give: (drafts: EventDraft[]) => void) {
    this.#held = held
    this.#give = give
  }

  add (drafts: readonly OrderedDraft[]): void {
    if (this.#drafts.length === 0) this.#since = performance.now()
    for (const draft of drafts) this.#drafts.push(draft)
    if (
      !this.#held || this.#drafts.length >= mostHeld || performance.now() - this.#since >= longestHold
    ) this.flush()
  }

  /** Gives what is held. */
  flush (): void {
    const drafts = this.#drafts
    this.#drafts = []
    if (drafts.length > 0) this.#give((this.#held ? inOrder(drafts) : drafts).map(bare))
  }
}

function bare ({ order: _, ...draft }: OrderedDraft): EventDraft {
  return draft as EventDraft
}

/**
 * Sorts by time, then by depth in the chain of what waited for what, then by URN. What has no place
 * of its own (a diagnostic, a violation) comes before the next event of its resource, or after the
 * last one; what is about no resource comes at the end.
 */
export function inOrder (drafts: readonly OrderedDraft[]): OrderedDraft[] {
  const last = new Map<string, Order>()
  for (const draft of drafts) if (draft.order) last.set(urnOf(draft), draft.order)
  const next = new Map<string, Order>()
  const placed = drafts.map((draft, index) => ({ draft, index, urn: urnOf(draft), order: draft.order }))
  for (const one of placed.toReversed()) {
    if (one.order) next.set(one.urn, one.order)
    else one.order = next.get(one.urn) ?? last.get(one.urn)
  }
  const end: Order = { at: Infinity, rank: Infinity }
  return placed.sort((a, b) => {
    const [one, other] = [a.order ?? end, b.order ?? end]
    return (one.at === other.at ? 0 : one.at - other.at) ||
      (one.rank === other.rank ? 0 : one.rank - other.rank) ||
      (a.urn === b.urn ? a.index - b.index : a.urn < b.urn ? -1 : 1)
  }).map(({ draft }) => draft)
}

function urnOf (draft: OrderedDraft): string {
  return 'urn' in draft && draft.urn !== undefined ? draft.urn : ''
}
