/** Stacks in memory, for the engine on its own and for tests. */
import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import {
  type DeploymentV3,
  type HistoryEntry,
  type JournalEntry,
  type StackRef,
  type StackStore,
  type StackSummary,
  type StackUpdate,
  StackLockedError,
  type StoredStack
} from './store.ts'

interface Stack {
  ref: StackRef
  deployment: DeploymentV3 | undefined
  journal: JournalEntry[]
  history: HistoryEntry[]
  lock: StackLockedError['owner'] | undefined
  lastUpdate: string
}

const nameOf = (ref: StackRef): string => `${ref.project}/${ref.stack}`

/** Stacks of one world in memory. States are copied when they come in and when they go out. */
export class MemoryStore implements StackStore {
  readonly #stacks = new Map<string, Stack>()

  async list (): Promise<StackSummary[]> {
    return [...this.#stacks.values()].map(({ ref, lastUpdate, deployment, lock }) => ({
      ...ref,
      lastUpdate,
      resourceCount: deployment?.resources?.length ?? 0,
      updateInProgress: lock !== undefined
    }))
  }

  async has (ref: StackRef): Promise<boolean> {
    return this.#stacks.has(nameOf(ref))
  }

  async create (ref: StackRef): Promise<boolean> {
    if (await this.has(ref)) return false
    this.#stacks.set(nameOf(ref), {
      ref,
      deployment: undefined,
      journal: [],
      history: [],
      lock: undefined,
      lastUpdate: new Date().toISOString()
    })
    return true
  }

  async remove (ref: StackRef): Promise<boolean> {
    return this.#stacks.delete(nameOf(ref))
  }

  async rename (from: StackRef, to: StackRef): Promise<void> {
    const stack = this.#stack(from)
    this.#stacks.delete(nameOf(from))
    this.#stacks.set(nameOf(to), { ...stack, ref: to })
  }

  async load (ref: StackRef): Promise<StoredStack> {
    const { deployment, journal } = this.#stack(ref)
    return structuredClone({ deployment, journal })
  }

  async begin (ref: StackRef): Promise<StackUpdate> {
    const stack = this.#stack(ref)
    if (stack.lock) throw new StackLockedError(stack.lock)
    const owner = {
      id: randomUUID(),
      user: userInfo().username,
      host: hostname(),
      pid: process.pid,
      since: new Date().toISOString()
    }
    stack.lock = owner
    const release = (): void => {
      if (stack.lock === owner) stack.lock = undefined
    }
    return {
      append: async (entries) => {
        stack.journal.push(...structuredClone(entries))
      },
      finish: async (deployment, history) => {
        stack.deployment = structuredClone(deployment)
        stack.journal = []
        stack.lastUpdate = new Date().toISOString()
        if (history) stack.history.unshift(structuredClone(history))
        release()
      },
      release: async () => release()
    }
  }

  async unlock (ref: StackRef): Promise<void> {
    this.#stack(ref).lock = undefined
  }

  async history (ref: StackRef, page?: { size: number, number: number }): Promise<HistoryEntry[]> {
    const { history } = this.#stack(ref)
    return structuredClone(
      page ? history.slice((page.number - 1) * page.size, page.number * page.size) : history
    )
  }

  #stack (ref: StackRef): Stack {
    const stack = this.#stacks.get(nameOf(ref))
    if (stack === undefined) throw new Error(`no stack named '${nameOf(ref)}' in the store`)
    return stack
  }
}
