/** Lets the time of an operation pass, in its world and, as far as it is scaled, here. */
import { type WireObject } from '../../wire.ts'
import { isDurationUnknown, operationSeconds, type TimedOperation } from '../durations.ts'
import { latencyMs, slowFactor, wait } from '../latency.ts'
import { type PackageModel } from '../package-model.ts'
import { type Surroundings } from '../surroundings.ts'

/** An operation whose time passes. */
export interface Passing {
  /** Undefined: one that changes nothing, which takes no time. */
  readonly operation: TimedOperation | undefined
  readonly type: string
  readonly inputs: WireObject
  /** A fault makes it slow. */
  readonly slow: boolean
  readonly signal: AbortSignal | undefined
}

/** Rejects with a ProviderError (Canceled) when a signal aborts. */
export async function takeTime (
  { operation, type, inputs, slow, signal }: Passing,
  { pkg, atOnce, stateOnly }: PackageModel,
  { counter, durations, timeScale, timeline, signal: all }: Surroundings
): Promise<void> {
  const subject = { pkg, type, atOnce: atOnce?.(type, inputs) === true }
  const seconds = operation ? operationSeconds(durations, subject, operation) : 0
  if (operation && isDurationUnknown(durations, subject)) {
    counter.unknown(`${type}: no source says how long a ${operation} takes; it took the default`)
  }
  timeline?.spend(seconds * (slow ? slowFactor : 1))
  // What is computed here need not be waited for.
  await wait(latencyMs(stateOnly ? 0 : seconds, timeScale, slow), [signal, all])
}
