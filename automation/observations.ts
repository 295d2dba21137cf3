/**
 * Observations of this room's own work, for whoever counts them: facts of this process, with labels
 * of few values.
 */
import { type Mode, type Operation } from '../contract/words.ts'
import { type EventDraft } from './event-draft.ts'

export type AttemptResultWord = 'succeeded' | 'failed' | 'canceled' | 'retried' | 'interrupted' | 'lost'

export type HostReplacement = 'exited' | 'silent' | 'out-of-memory' | 'lease-lost' | 'spent'

/** Kinds of stored things that retention removes: words for the log and for a metric's label. */
export type Removed =
  | 'events'
  | 'histories'
  | 'outputs'
  | 'audit'
  | 'notifications'
  | 'hook-deliveries'
  | 'tokens'
  | 'sessions'
  | 'worlds'
  | 'workflows'

/** Durations are seconds. */
export type Observation =
  /** A deployment's turn came after this time in its queue. */
  | { kind: 'deployment-started', operation: Operation, mode: Mode, queued: number }
  /** One attempt of a unit, from its claim to its stored result. */
  | {
    kind: 'attempt'
    phase: number
    operation: Operation
    mode: Mode
    result: AttemptResultWord
    seconds: number
  }
  /** A unit waited this long for a free unit host. */
  | { kind: 'host-wait', seconds: number }
  /** A unit host was replaced: it ended, or its last unit left it unfit for another (`spent`). */
  | { kind: 'host-replaced', reason: HostReplacement }
  /** One command that the engine executed for a unit: `up`, `stack`, `config`. */
  | { kind: 'command', command: string, seconds: number }
  /**
   * A provider refused or failed an operation on a resource; `provider` is the first part of the
   * resource's type.
   */
  | { kind: 'provider-error', provider: string, operation: string }
  /**
   * The time from when the newest event of a batch was stored to when this process had it for its
   * followers.
   */
  | { kind: 'event-lag', seconds: number }
  /** Spans of traces left this process, or were dropped. */
  | { kind: 'spans', result: 'exported' | 'dropped', spans: number }
  /** Things that were kept for as long as they are to be were removed. */
  | { kind: 'removed', what: Removed, count: number }
  /**
   * A write or read of a deployment's run that the store failed: it waits (`away`), is tried again
   * (`collision`), or fails its unit (`refused`).
   */
  | { kind: 'store-failure', what: 'away' | 'collision' | 'refused' }
  /** A time of a schedule came, and this process dealt with it. */
  | { kind: 'schedule', result: 'launched' | 'left-out' | 'failed' }
  /** Something too old could not be removed. */
  | { kind: 'removal-failed', what: Removed }

/** Hears an observation. It must not throw. */
export type Observe = (observation: Observation) => void

/** The packages that programs use; others count as one. */
const providers = ['aws', 'azure-native', 'gcp', 'kubernetes', 'random', 'tls', 'pulumi']
/** Steps of the engine on which a provider is asked. */
const steps = ['create', 'update', 'delete', 'replace', 'read', 'refresh', 'import']

/**
 * Counts a failed operation: its resource's type is `aws:ec2/vpc:Vpc`, its `op` the engine's step,
 * such as `create-replacement`.
 */
export function providerError ({ resource, op }: EventDraft<'resource.failed'>): Observation {
  const [provider = ''] = resource.type.split(':', 1)
  const [step = ''] = op.split('-', 1)
  return {
    kind: 'provider-error',
    provider: providers.includes(provider) ? provider : 'other',
    operation: steps.includes(step) ? step : 'other'
  }
}
