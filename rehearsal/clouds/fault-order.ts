/**
 * The order in which calls of a unit meet faults that let some pass or have only so many hits. The
 * machine's own order is chance: calls at the same time of the world come as their queries are
 * answered. Here the earliest in the world's time comes first, and of those at one time the first
 * by name, once nothing goes on any more that could bring an earlier one.
 */
import { setTimeout as after } from 'node:timers/promises'
import { type Activity } from './activity.ts'

/**
 * Time between two looks, and looks in a row at which nothing may have happened: 100 ms, far more
 * than a program takes to register what follows a call. A machine that is slow makes the looks slow
 * as well, since both are of one process.
 */
const lookMs = 20
const quietLooks = 5

/** A call that waits. */
interface Turn {
  readonly at: number
  readonly name: string
  readonly go: () => Promise<void>
}

/** Calls of one unit's clouds. */
export class FaultOrder {
  readonly #activity: Activity
  readonly #turns: Turn[] = []
  #taking = false

  constructor (activity: Activity) {
    this.#activity = activity
  }

  /** Runs what decides on a call when it is the call's turn. */
  inTurn<T> (at: number, name: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#turns.push({ at, name, go: () => work().then(resolve, reject) })
      if (!this.#taking) void this.#take()
    })
  }

  async #take (): Promise<void> {
    this.#taking = true
    while (this.#turns.length > 0) {
      await this.#quiet()
      this.#turns.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
      await this.#turns.shift()?.go()
    }
    this.#taking = false
  }

  /** Waits until every call that goes on is one that waits here. */
  async #quiet (): Promise<void> {
    let seen = -1
    for (let looks = 0; looks < quietLooks;) {
      await after(lookMs)
      const { going, changes } = this.#activity
      looks = going <= this.#turns.length && changes === seen ? looks + 1 : 0
      seen = changes
    }
  }
}
