import { type DeploymentStatus } from '../../../contract/words.ts'
import { type AttemptEnd } from '../../store/units/attempt-end.ts'
import { type UnitState } from '../../store/units/units.ts'
import { isSettled, phaseResult } from '../states.ts'
import { type Schedule, schedule, type ScheduleLimits } from './schedule.ts'

/** The way in which an attempt left its unit. */
export type AttemptResult =
  | { kind: 'ended', status: AttemptEnd['status'], leftovers: UnitState['leftovers'], virtualEnd?: number }
  | { kind: 'returned', retryAt: number, failures: number, losses: number, virtualEnd?: number }
  /** Another process has the unit now, or had it; the store knows. */
  | { kind: 'lost' }

/** A look into the store that has begun: it tells nothing new of units under way meanwhile. */
export interface Look {
  readonly underWay: ReadonlySet<string>
}

/**
 * A run as this process knows it: its units, which of them are under way here, and whether the
 * store may know better. It reads and writes nothing.
 */
export class RunState {
  #status: DeploymentStatus
  #units: UnitState[] = []
  /** Units with an attempt in this process. */
  readonly #underWay = new Set<string>()
  /** Units whose attempts ended since the last look began: what it read of them may be older. */
  #justEnded = new Set<string>()
  /** Unit -> when it may be claimed again. */
  readonly #denied = new Map<string, number>()
  #stale = true

  readonly #virtual: boolean

  /** `virtual`: its units run in the time of a world. */
  constructor (status: DeploymentStatus, virtual = false) {
    this.#status = status
    this.#virtual = virtual
  }

  get status (): DeploymentStatus {
    return this.#status
  }

  /** All units in the plan's order. */
  get units (): readonly UnitState[] {
    return this.#units
  }

  /** True when the store may know better than this process. */
  get stale (): boolean {
    return this.#stale
  }

  /** Takes units as they are stored, before anything runs. */
  load (units: UnitState[]): void {
    this.#units = units
  }

  /** Takes the deployment's status; true when it is a new one. */
  hear (status: DeploymentStatus): boolean {
    const changed = status !== this.#status
    this.#status = status
    return changed
  }

  /** Notes that the store may know better. */
  doubt (): void {
    this.#stale = true
  }

  /** Units of phases; undefined: all. */
  unitsOf (phases: readonly number[] | undefined): UnitState[] {
    return this.#units.filter((unit) => phases === undefined || phases.includes(unit.phase))
  }

  /**
   * Decides what happens next in phases (undefined: all). `now` in milliseconds since the epoch.
   */
  schedule (phases: readonly number[] | undefined, limits: ScheduleLimits, now: number): Schedule {
    const units = this.#units.map((unit) => ({
      ...unit,
      // Live units start as soon as there is room.
      follows: this.#virtual ? unit.follows : [],
      cloud: unit.scope.cloud,
      retryAt: Math.max(unit.retryAt ?? 0, this.#denied.get(unit.id) ?? 0) || null
    }))
    return schedule({ units, ...(phases && { phases }), limits, now })
  }

  /**
   * Begins an attempt at a unit in this process. Undefined when no such unit waits, or one is under
   * way.
   */
  begin (id: string): UnitState | undefined {
    const unit = this.#units.find((candidate) => candidate.id === id)
    if (unit?.status !== 'waiting' || this.#underWay.has(id)) return undefined
    this.#underWay.add(id)
    unit.status = 'running'
    return unit
  }

  /** Notes that a unit could not be claimed, and may not be before `until`. */
  deny (unit: UnitState, until: number): void {
    this.#denied.set(unit.id, until)
    this.#stale = true
  }

  /** Takes the result of an attempt. */
  take (unit: UnitState, result: AttemptResult): void {
    if (result.kind === 'lost') {
      this.#stale = true
      return
    }
    const { virtualEnd = unit.virtualEnd } = result
    if (result.kind === 'returned') {
      const { retryAt, failures, losses } = result
      Object.assign(unit, { status: 'waiting', retryAt, failures, losses, virtualEnd })
    } else Object.assign(unit, { status: result.status, leftovers: result.leftovers, virtualEnd })
  }

  /** Notes that no attempt at a unit is under way here any more. */
  end (id: string): void {
    this.#underWay.delete(id)
    this.#justEnded.add(id)
  }

  /** Gives units that never began a final status. */
  close (ids: readonly string[], status: 'skipped' | 'canceled'): void {
    const gone = new Set(ids)
    for (const unit of this.#units) if (gone.has(unit.id)) unit.status = status
  }

  /** Begins a look into the store. */
  look (): Look {
    this.#stale = false
    this.#justEnded = new Set()
    return { underWay: new Set(this.#underWay) }
  }

  /**
   * Stored units that succeeded by a write whose commit was not heard of, or elsewhere: what they
   * hand on is in the store only.
   */
  succeededElsewhere (stored: readonly UnitState[]): UnitState[] {
    const known = new Map(this.#units.map((unit) => [unit.id, unit]))
    return stored.filter(({ id, status }) => status === 'succeeded' && known.get(id)?.status !== 'succeeded')
  }

  /**
   * Takes what a look has read, but for units on which this process works, or did since the look
   * began. Gives the units that run for `executor`, this process, though nobody here works on them:
   * claims and results whose commits were not heard of.
   */
  merge ({ underWay }: Look, stored: readonly UnitState[], executor: string): UnitState[] {
    const known = new Map(this.#units.map((unit) => [unit.id, unit]))
    const strays: UnitState[] = []
    for (const state of stored) {
      const unit = known.get(state.id)
      if (!unit || underWay.has(unit.id) || this.#underWay.has(unit.id) || this.#justEnded.has(unit.id)) {
        continue
      }
      Object.assign(unit, state)
      if (state.status === 'running' && state.executor === executor) strays.push(unit)
    }
    return strays
  }

  /** Those of the phases whose units are all settled, in order, each with how its units ended. */
  settledPhases (phases: readonly number[]): { phase: number, units: UnitState['status'][] }[] {
    return [...new Set(phases)].sort((a, b) => a - b).map((phase) => ({
      phase,
      units: this.unitsOf([phase]).map((unit) => unit.status)
    })).filter(({ units }) => units.every(isSettled))
  }

  /** Gives the result of phases (undefined: all) whose units are all settled. */
  result (phases: readonly number[] | undefined): ReturnType<typeof phaseResult> {
    return phaseResult(this.unitsOf(phases).map((unit) => unit.status), this.#status === 'canceling')
  }
}
