/** What the parts of this room work with, made once by the door. */
import { type Failure } from '../../contract/deployment.ts'
import { type Logger } from '../logger.ts'
import { type Observation } from '../observations.ts'
import { type UnitRunner } from '../stacks/types.ts'
import { type Pool } from '../store/postgres/database.ts'
import { type Sealer } from '../store/postgres/sealer.ts'
import { type Tracing } from '../tracing/tracing.ts'
import { type Slots } from './run/slots.ts'
import { type DeploymentSpans } from './spans.ts'
import { type Topology } from './topology.ts'

export interface Service {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly topology: Topology
  readonly runner: UnitRunner
  readonly slots: Slots
  readonly logger: Logger
  /** This process's id among all that work on the database. */
  readonly executor: string
  /** From what passphrase and rehearsed secrets are made (keys/root.ts). */
  readonly root: Buffer
  readonly secretValues: Readonly<Record<string, string | undefined>>
  /** Takes secrets out of what is noted in the audit log. */
  clean<T>(value: T): T
  readonly perCloud: number
  /** Aborted when the process is to end: nothing starts any more, what runs is interrupted. */
  readonly stopping: AbortSignal
  /** The clock that windows and schedules go by. */
  now(): Date
  /** 0 to 1. */
  random(): number
  /** The process can't go on: its leases are lost or its store is out of reach. */
  fatal(error: Error): void
  /** Where traces go; absent: nobody asked for any. */
  readonly tracing?: Tracing
  readonly spans: DeploymentSpans
  /** Hears what is worth counting. */
  observe(observation: Observation): void
  /** A deployment ended: another of its lane may start. */
  dispatch(): void
}

/** The failure of a unit before or beside its engine, by stable code. */
export function unitFailure (
  code: 'upstream-missing' | 'event-flood' | 'secrets-missing' | 'internal',
  unit: string,
  message: string
): Failure {
  return { code, message, retryable: code === 'internal', unit }
}
