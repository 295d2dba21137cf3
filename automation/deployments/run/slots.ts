/**
 * The unit hosts of this process, shared by all deployments that it drives: live before rehearsals,
 * and among each by federation, then by caller, then by deployment.
 */

/** For whom hosts are taken. */
export interface Share {
  readonly live: boolean
  readonly federation: string
  /** The person or program that launched. */
  readonly caller: string
}

/** A federation, a caller of one, or a deployment, among those that hosts are given to. */
interface Holder {
  /** Hosts that it has now. */
  busy: number
  /** When it last got one, or came: the lower, the longer ago. Never twice the same. */
  last: number
  /** Deployments that refer to it. */
  users: number
}

/**
 * Hosts that live deployments are given in a row while rehearsals wait and have none: so nobody
 * starves, and live work has eight ninths of a small machine at least.
 */
const liveInARow = 8

/** The place of one deployment among those that take hosts. */
export interface Turn {
  /**
   * Says which units could start now, the most urgent first; what it said before is void. Each is
   * started as soon as a host is free and it is this deployment's turn; `start` says whether it
   * was, and takes the host then.
   */
  want(units: readonly string[], start: (unit: string) => boolean): void
  /** Gives a host back. */
  give(): void
  /** Takes no more hosts. */
  leave(): void
}

interface Claimant extends Turn {
  readonly share: Share
  readonly path: readonly [federation: Holder, caller: Holder, own: Holder]
  units: string[]
  start: (unit: string) => boolean
}

/**
 * Gives hosts to who has fewest: among federations, then among callers of one, then among their
 * deployments; of equals to who waits longest. So each that waits without a host gets one after at
 * most one turn of each other that has none, however many deployments those have.
 */
export class Slots {
  readonly #size: number
  /** Hosts that rehearsals have at once. */
  readonly #rehearsals: number
  readonly #claimants = new Set<Claimant>()
  readonly #holders = new Map<string, Holder>()
  #taken = 0
  #rehearsing = 0
  #clock = 0
  /** Hosts that live deployments were given since a rehearsal last was, while one waited. */
  #liveGrants = 0
  #granting = false

  constructor (size: number, rehearsals = size) {
    this.#size = size
    this.#rehearsals = rehearsals
  }

  get free (): number {
    return this.#size - this.#taken
  }

  /** Lets a deployment take part. */
  enter (share: Share): Turn {
    const { live, federation, caller } = share
    const names = [JSON.stringify([live, federation]), JSON.stringify([live, federation, caller])]
    const [one, other] = names.map((name) => this.#holder(name))
    if (!one || !other) throw new RangeError('a share has a federation and a caller')
    const own: Holder = { busy: 0, last: this.#clock++, users: 1 }
    const forget = (): void => {
      for (const name of names) {
        const holder = this.#holders.get(name)
        if (holder?.users === 0 && holder.busy === 0) this.#holders.delete(name)
      }
    }
    const claimant: Claimant = {
      share,
      path: [one, other, own],
      units: [],
      start: () => false,
      want: (units, start) => {
        if (!this.#claimants.has(claimant)) return
        Object.assign(claimant, { units: [...units], start })
        this.#grant()
      },
      give: () => {
        this.#taken--
        if (!live) this.#rehearsing--
        for (const holder of claimant.path) holder.busy--
        forget()
        this.#grant()
      },
      leave: () => {
        if (!this.#claimants.delete(claimant)) return
        for (const holder of claimant.path) holder.users--
        forget()
      }
    }
    this.#claimants.add(claimant)
    return claimant
  }

  #holder (name: string): Holder {
    const holder = this.#holders.get(name) ?? { busy: 0, last: this.#clock++, users: 0 }
    holder.users++
    this.#holders.set(name, holder)
    return holder
  }

  /** Gives away what is free. */
  #grant (): void {
    if (this.#granting) return
    this.#granting = true
    try {
      while (this.free > 0) {
        const next = this.#next()
        if (!next) return
        const unit = next.units.shift()
        if (unit === undefined || !next.start(unit)) continue
        this.#taken++
        if (!next.share.live) this.#rehearsing++
        for (const holder of next.path) {
          holder.busy++
          holder.last = this.#clock++
        }
        this.#liveGrants = next.share.live ? this.#liveGrants + 1 : 0
      }
    } finally {
      this.#granting = false
    }
  }

  /** The deployment whose turn it is. */
  #next (): Claimant | undefined {
    const waiting = [...this.#claimants].filter(({ units }) => units.length > 0)
    const live = waiting.filter(({ share }) => share.live)
    const rehearsals = this.#rehearsing < this.#rehearsals ? waiting.filter(({ share }) => !share.live) : []
    if (rehearsals.length === 0) this.#liveGrants = 0
    const starving = rehearsals.length > 0 && this.#liveGrants >= liveInARow && !this.#rehearses()
    return first(live.length > 0 && !starving ? live : rehearsals)
  }

  /** Says whether a rehearsal has a host. */
  #rehearses (): boolean {
    return [...this.#claimants].some(({ share, path: [federation] }) => !share.live && federation.busy > 0)
  }
}

/** The first of those that wait: by hosts, then by time, from the federation down. */
function first (waiting: readonly Claimant[]): Claimant | undefined {
  return waiting.reduce<Claimant | undefined>(
    (best, one) => best === undefined || comesBefore(one, best) ? one : best,
    undefined
  )
}

function comesBefore ({ path: one }: Claimant, { path: other }: Claimant): boolean {
  for (const [level, holder] of one.entries()) {
    const against = other[level]
    if (against === undefined || holder === against) continue
    return holder.busy === against.busy ? holder.last < against.last : holder.busy < against.busy
  }
  return false
}
