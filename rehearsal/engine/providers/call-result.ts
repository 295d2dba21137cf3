/** Results of calls of a provider, and of those that fail (pulumi `plugin/provider_plugin.go`). */
import { ProviderError, Status } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'

/** Certainty about the resource after a failed call (pulumi `resource.Status`). */
export const Outcome = { Ok: 0, PartialFailure: 1, Unknown: 2 } as const
export type OutcomeCode = typeof Outcome[keyof typeof Outcome]

/** A provider call that failed. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  /** Certainty about the resource afterwards. */
  readonly outcome: OutcomeCode
  constructor (message: string, outcome: OutcomeCode) {
    super(message)
    this.outcome = outcome
  }
}
/** Result of a create or update. */
export interface Made {
  id: string
  outputs: WireObject
  /** Present when the resource exists but did not become ready. */
  failure?: { reasons: string[], error: CallFailed }
}
/** Result of a read. */
export interface ReadMade {
  /** Empty when the resource does not exist. */
  id: string
  outputs: WireObject | undefined
  inputs: WireObject | undefined
  failure?: { reasons: string[], error: CallFailed }
}

/** gRPC code DataLoss; provider.ts names only what providers use on purpose. */
const dataLoss = 15

/** Errors of these kinds leave open what happened. */
function outcomeOf (error: unknown): OutcomeCode {
  if (!(error instanceof ProviderError)) return Outcome.Unknown
  return error.code === Status.Internal || error.code === dataLoss || error.code === Status.Unknown
    ? Outcome.Unknown
    : Outcome.Ok
}
/** The text of go-multierror, as the real engine joins reasons. */
function reasonsText (reasons: string[]): string {
  const head = reasons.length === 1 ? '1 error occurred:' : `${reasons.length} errors occurred:`
  return `${head}\n\t${reasons.map((reason) => `* ${reason}`).join('\n\t')}\n\n`
}
/** The failure of a call, by what its provider threw. */
export function failed (error: unknown, outcome: OutcomeCode = outcomeOf(error)): CallFailed {
  return new CallFailed(error instanceof Error ? error.message : String(error), outcome)
}
/** The resource that a failed call left behind; undefined when it left none. */
export function initFailure (
  error: unknown
):
  | { id: string, outputs: WireObject, inputs: WireObject, failure: { reasons: string[], error: CallFailed } }
  | undefined {
  if (!(error instanceof ProviderError) || error.initFailed === undefined) return undefined
  const { id, properties, inputs, reasons } = error.initFailed
  return {
    id,
    outputs: properties,
    inputs,
    failure: { reasons, error: new CallFailed(reasonsText(reasons), Outcome.PartialFailure) }
  }
}
