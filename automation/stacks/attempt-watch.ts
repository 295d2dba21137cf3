import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { type ResourceChanges } from '../../contract/deployment.ts'
import { type Prices } from '../cost/prices.ts'
import { type EventDraft } from '../event-draft.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { noChanges } from './changes.ts'
import { CostWatch } from './cost-watch.ts'
import { DriftWatch } from './drift-watch.ts'
import { EventTranslator, type Observed } from './engine-events.ts'
import { type UnitOutcome, type UnitRun } from './types.ts'

/** Finds out from the engine's events what an attempt at a unit does, costs and compares. */
export class AttemptWatch {
  readonly #translator: EventTranslator
  /** Of drift checks only. */
  readonly #drift: DriftWatch | undefined
  /** Not of drift checks: they change nothing, so nothing costs more or less by them. */
  readonly #costs: CostWatch | undefined

  constructor (unit: UnitRun, redactor: Redactor, prices: Prices) {
    this.#translator = new EventTranslator({ phase: unit.phaseNumber, unit: unit.unit }, redactor)
    const compares = unit.operation === 'drift-check'
    this.#drift = compares ? new DriftWatch(unit, redactor) : undefined
    this.#costs = compares ? undefined : new CostWatch(unit, prices)
  }

  /**
   * Takes an engine event and gives the events to tell. Of the resources of a drift check, only how
   * they differ is told: that the engine would update its state is no change of anything.
   */
  observe (event: EngineEvent): EventDraft[] {
    this.#costs?.observe(event)
    const drafts = this.#translator.translate(event)
    return this.#drift
      ? [
        ...drafts.filter(({ type }) => type !== 'resource.started' && type !== 'resource.succeeded'),
        ...this.#drift.observe(event)
      ]
      : drafts
  }

  /** Findings of the engine's events so far. */
  get observed (): Observed {
    return this.#translator.observed
  }

  /** Changes so far: none in a drift check. */
  get changes (): ResourceChanges {
    return this.#drift ? noChanges() : this.#translator.observed.changes
  }

  /** An outcome with what the attempt cost and found, as far as it came. */
  completed (outcome: UnitOutcome): UnitOutcome {
    const cost = this.#costs?.record()
    return { ...outcome, ...(cost && { cost }), ...(this.#drift && { drift: this.#drift.record() }) }
  }
}
