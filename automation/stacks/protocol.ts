/** The messages between the service and a unit host, over Node's IPC channel. */
import { type DurationTable } from '../../rehearsal/clouds/durations.ts'
import { type Prices } from '../cost/prices.ts'
import { type SpanRecord } from '../tracing/context.ts'
import { type PulumiCli } from './cli/find.ts'
import { type CommandTime } from './timed-command.ts'
import { type OrderedDraft, type UnitOutcome, type UnitRun } from './types.ts'

/**
 * Settings of a host for all of its units. Secrets travel here and not in the environment, which
 * other processes of the user can read.
 */
export interface HostSettings {
  databaseUrl: string
  /** Base64. */
  secretsKey: string
  passphrase: string
  /** Pulumi's `encryptionsalt` for stacks that are made. */
  salt: string
  engine: 'rehearsal' | 'pulumi'
  durations: DurationTable
  prices: Prices
  dataFolder: string
  /** Needed for mode live and engine pulumi. */
  cli?: PulumiCli
  /**
   * The state backend and secrets provider of live stacks, when they are not a folder and the
   * passphrase.
   */
  backend?: string
  secretsProvider?: string
}

/** Messages of the service to a host. */
export type ToHost =
  | { kind: 'settings', settings: HostSettings }
  | { kind: 'run', unit: UnitRun }
  /** Ask the running unit to stop: what is running ends, nothing new starts. */
  | { kind: 'abort' }
  | { kind: 'exit' }

/** Messages of a host to the service. */
export type FromHost =
  | { kind: 'ready' }
  | { kind: 'events', events: OrderedDraft[] }
  | {
    kind: 'outcome'
    outcome: UnitOutcome
    /** Commands that the engine executed. */
    commands: CommandTime[]
    /** The host must not be used again. */
    spent: boolean
  }
  /**
   * Ended spans of the running unit: the service exports them with its own, so that there is one
   * queue with one bound, and credentials of the receiver stay out of this process.
   */
  | { kind: 'spans', spans: SpanRecord[] }
  | { kind: 'lease-lost', detail: string }
  /** The engine was killed under the unit; the host ends. */
  | { kind: 'engine-lost', detail: string }
  /** The event loop turns. */
  | { kind: 'beat', memoryBytes: number }

/**
 * Milliseconds between a host's reports. The watchdog gives it thirty times that, so that garbage
 * collection or a busy machine is not taken for a hang.
 */
export const beatMilliseconds = 1_000
