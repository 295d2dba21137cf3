import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { type CostRecord } from '../../pricing/change.ts'
import { estimateResources } from '../../pricing/estimate.ts'
import { locate, type Registered } from '../../pricing/locate.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { type CostSummary, summarize } from '../../pricing/summary.ts'
import { type UnitRun } from './types.ts'

type Metadata = NonNullable<EngineEvent['resourcePreEvent']>['metadata']
type State = NonNullable<Metadata['new']>

/**
 * Cost of a unit's resources before and after an operation, found out from the engine's events:
 * every step tells the old and the new state. Resources that a cut off or failed operation never
 * came to are on neither side, so the difference is still that of what happened.
 */
export class CostWatch {
  readonly #unit: Pick<UnitRun, 'federation' | 'scope'>
  readonly #table: PriceTable
  readonly #digest: string
  readonly #before = new Map<string, Registered>()
  readonly #after = new Map<string, Registered>()

  /** `digest` names the table in what is recorded. */
  constructor (
    unit: Pick<UnitRun, 'federation' | 'scope'>,
    prices: { readonly table: PriceTable, readonly digest: string }
  ) {
    this.#unit = unit
    this.#table = prices.table
    this.#digest = prices.digest
  }

  observe (event: EngineEvent): void {
    if (event.resourcePreEvent) this.#begins(event.resourcePreEvent.metadata)
    if (event.resOutputsEvent) this.#ends(event.resOutputsEvent.metadata)
  }

  /** The record of what was seen so far; undefined when no resource was. */
  record (): CostRecord | undefined {
    if (this.#before.size === 0 && this.#after.size === 0) return undefined
    const { monthly, lines } = this.#estimate(this.#before)
    return { prices: this.#digest, before: { monthly, lines }, after: this.#estimate(this.#after) }
  }

  // Until a step has ended, what was there is still there.
  #begins ({ urn, old }: Metadata): void {
    const before = registered(old)
    if (!before || this.#before.has(urn)) return
    this.#before.set(urn, before)
    if (!this.#after.has(urn)) this.#after.set(urn, before)
  }

  #ends ({ op, urn, old, new: state }: Metadata): void {
    // The old half of a replacement goes while the new one stays.
    if (op === 'delete-replaced' || op === 'discard-replaced') return
    if (op === 'delete' || op === 'discard') {
      this.#after.delete(urn)
      return
    }
    const after = registered(state ?? old)
    if (after) this.#after.set(urn, after)
  }

  #estimate (resources: ReadonlyMap<string, Registered>): CostSummary {
    const { federation, scope } = this.#unit
    return summarize(
      estimateResources(
        locate([...resources.values()], { clusters: scope.clusters, all: federation.clusters }),
        this.#table,
        federation.volumes
      ),
      this.#table
    )
  }
}

/** A state that is ours to pay for: what is only read belongs to somebody else. */
function registered (state: State | null | undefined): Registered | undefined {
  if (!state || (state as State & { external?: boolean }).external) return undefined
  const { urn, type, id, provider } = state
  return {
    urn,
    type,
    inputs: (state.inputs ?? {}) as Readonly<Record<string, unknown>>,
    ...(id && { id }),
    ...(provider && { provider })
  }
}
