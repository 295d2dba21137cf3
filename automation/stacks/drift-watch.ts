import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { type DriftCounts } from '../../contract/drift.ts'
import { driftOf, isInCloud } from '../drift/classify.ts'
import { type DriftDraft } from '../drift/draft.ts'
import { noDrift, withIgnored } from '../drift/ignore.ts'
import { type EventDraft } from '../event-draft.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { type DriftRecord, type UnitRun } from './types.ts'

/**
 * Resources of a unit that are listed: more than the largest unit has. The counts have the others
 * too.
 */
const mostFindings = 2_000

/**
 * Finds out from the events of a previewed refresh how a unit's resources differ from its state.
 */
export class DriftWatch {
  readonly #unit: Pick<UnitRun, 'federation' | 'scope' | 'unit' | 'phaseNumber'>
  readonly #redactor: Redactor
  readonly #counts: DriftCounts = noDrift()
  readonly #findings: DriftDraft[] = []

  constructor (unit: Pick<UnitRun, 'federation' | 'scope' | 'unit' | 'phaseNumber'>, redactor: Redactor) {
    this.#unit = unit
    this.#redactor = redactor
  }

  /**
   * The events to tell for one of the engine's. Values that the cloud computes are counted and
   * listed, and make none: there can be one for each resource.
   */
  observe (event: EngineEvent): EventDraft[] {
    const seen = event.resOutputsEvent?.metadata
    if (!seen || !isInCloud(seen)) return []
    this.#counts.resources++
    const drift = driftOf(seen, (value) => this.#redactor.value(value))
    if (!drift) return []
    const { federation, scope, unit, phaseNumber } = this.#unit
    const found = withIgnored(drift, federation.drift?.ignore ?? [], scope.clusters)
    if (found.ignored === undefined) this.#counts[found.kind]++
    else this.#counts.ignored[found.kind]++
    if (this.#findings.length < mostFindings) this.#findings.push(found)
    if (found.ignored !== undefined || found.kind === 'output') return []
    const { urn, resource, kind, properties } = found
    return [{
      type: 'drift.found',
      phase: phaseNumber,
      unit,
      urn,
      resource,
      kind,
      paths: properties.filter((property) => property.kind === 'changed' && property.ignored === undefined)
        .map(({ path }) => path)
    }]
  }

  record (): DriftRecord {
    return { counts: this.#counts, findings: this.#findings }
  }
}
