/**
 * Runs units by a script instead of on hosts: the seam between the workflow and the engine. The
 * database behind the workflow is real.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { type UnitOutcome, type UnitRun, type UnitRunner } from '../../../automation/stacks/types.ts'

export interface Run {
  unit: UnitRun
  started: number
  ended?: number
}
export type Script = (
  unit: UnitRun,
  tools: { signal: AbortSignal, onEvents: (events: EventDraft[]) => void, runner: ScriptedRunner }
) => Promise<UnitOutcome> | UnitOutcome

export const created = (count = 1): UnitOutcome['resourceChanges'] => ({
  create: count,
  update: 0,
  delete: 0,
  replace: 0,
  same: 0
})
export const succeeded = (unit: UnitRun): UnitOutcome => ({
  status: 'succeeded',
  resourceChanges: created(2),
  ...(unit.operation === 'destroy'
    ? {}
    : {
      outputs: {
        name: { value: unit.unit, secret: false },
        key: { value: `key of ${unit.unit}`, secret: true }
      }
    })
})
export const failed = (retryable: boolean, message = 'the cloud said no'): UnitOutcome => ({
  status: 'failed',
  resourceChanges: created(1),
  error: { code: 'resource-failed', message, retryable }
})

/** Waits until the signal aborts, then ends as canceled, as a host does. */
export async function untilAborted (signal: AbortSignal): Promise<UnitOutcome> {
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true })
    })
  }
  return { status: 'canceled', resourceChanges: created(0) }
}

export class ScriptedRunner implements UnitRunner {
  readonly size: number
  readonly runs: Run[] = []
  /** The most that ran at once: in all, and of a cloud. */
  most = 0
  readonly mostOf = new Map<string, number>()
  /** Stacks that ran twice at once in one world. */
  readonly doubled: string[] = []
  script: Script
  #running: Run[] = []

  constructor (size: number, script: Script = succeeded) {
    this.size = size
    this.script = script
  }

  async run (
    unit: UnitRun,
    options: { signal: AbortSignal, onEvents: (events: EventDraft[]) => void }
  ): Promise<UnitOutcome> {
    const run: Run = { unit, started: performance.now() }
    if (
      this.#running.some((other) =>
        other.unit.stack === unit.stack && other.unit.rehearsal?.world === unit.rehearsal?.world
      )
    ) this.doubled.push(unit.stack)
    this.runs.push(run)
    this.#running.push(run)
    this.most = Math.max(this.most, this.#running.length)
    const { cloud } = unit.scope
    if (cloud) {
      this.mostOf.set(
        cloud,
        Math.max(
          this.mostOf.get(cloud) ?? 0,
          this.#running.filter((other) => other.unit.scope.cloud === cloud).length
        )
      )
    }
    try {
      // A host answers over a channel, never in the same turn.
      await delay(1)
      return await this.script(unit, { ...options, runner: this })
    } finally {
      run.ended = performance.now()
      this.#running = this.#running.filter((other) => other !== run)
    }
  }

  /** Why hosts could not start; they could unless a test says so. */
  failing: string | undefined

  figures (): ReturnType<UnitRunner['figures']> {
    return {
      total: this.size,
      busy: this.#running.length,
      memoryBytes: [],
      ...(this.failing !== undefined && { failing: this.failing })
    }
  }

  close (): Promise<void> {
    return Promise.resolve()
  }

  /** The units in the order in which they started. */
  get order (): string[] {
    return this.runs.map((run) => run.unit.unit)
  }
}
