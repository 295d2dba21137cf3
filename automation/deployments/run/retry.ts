/** Decisions about trying an attempt again. Pure. */
import { type Failure } from '../../../contract/deployment.ts'
import { failure } from '../../failures.ts'

/**
 * Attempts of one run that may fail with a retryable error: throttling and eventual consistency
 * pass within three repeats; what does not is for a person to see.
 */
export const maxFailures = 4
/**
 * Hosts that may be lost in a row: a third time is no accident of the machine, but the program's
 * own doing.
 */
export const maxLosses = 3
/**
 * A program that outgrew its memory does so again, unless the machine was short of it by chance:
 * one more try tells.
 */
export const maxMemoryLosses = 2
/** The first delay's bound, milliseconds: clouds' token buckets refill within a second or two. */
const firstDelay = 2_000
/** No delay is longer, milliseconds: a minute is the window of most clouds' rate limits. */
const longestDelay = 60_000

/** Failures and lost hosts of a unit so far in a run. */
export interface RetryState {
  readonly failures: number
  readonly losses: number
}
/** A decision about trying an attempt again. */
export type RetryDecision =
  | { readonly retry: true, readonly delay: number } & RetryState
  | { readonly retry: false, readonly error: Failure } & RetryState

/**
 * Exponential backoff with full jitter, in milliseconds: `random` (0 to 1) picks from zero to the
 * bound. `timeScale` is the rehearsal's: its clouds' clocks run that much faster, and their rate
 * limits with them, so at 0 there is no delay. Live: 1.
 */
export function backoff (failures: number, timeScale: number, random: number): number {
  return Math.min(longestDelay, firstDelay * 2 ** (failures - 1)) * Math.min(timeScale, 1) * random
}

/** After an attempt that failed. */
export function afterFailure (
  state: RetryState,
  error: Failure,
  timeScale: number,
  random: number
): RetryDecision {
  const failures = state.failures + 1
  if (!error.retryable || failures >= maxFailures) return { retry: false, error, failures, losses: 0 }
  return { retry: true, delay: backoff(failures, timeScale, random), failures, losses: 0 }
}

/** After an attempt whose host was lost. It is tried again at once: what was wrong was the host. */
export function afterLoss (
  state: RetryState,
  unit: string,
  reason: 'exited' | 'silent' | 'out-of-memory',
  detail: string
): RetryDecision {
  const losses = state.losses + 1
  const bound = reason === 'out-of-memory' ? maxMemoryLosses : maxLosses
  if (losses < bound) return { retry: true, delay: 0, failures: state.failures, losses }
  const code = reason === 'out-of-memory' ? 'out-of-memory' : 'host-lost'
  return {
    retry: false,
    error: failure(code, { losses, reason, detail }, { unit }),
    failures: state.failures,
    losses
  }
}
