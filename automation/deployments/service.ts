/** The service as the parts of a deployment's way see it, in pieces that each part names. */
import { AutomationError } from '../errors.ts'
import { type Logger } from '../logger.ts'
import { type Observation } from '../observations.ts'
import { type Scenarios } from '../scenarios/folder.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { type UnitRunner } from '../stacks/types.ts'
import { type Pool } from '../store/postgres/database.ts'
import { type Sealer } from '../store/postgres/sealer.ts'
import { type Tracing } from '../tracing/tracing.ts'
import { type RoomBounds } from './room.ts'
import { type Slots } from './run/slots.ts'
import { type DeploymentSpans } from './spans.ts'
import { type Topology } from './topology.ts'

/** The database, and what seals secrets in it. */
export interface Storage {
  readonly pool: Pool
  readonly sealer: Sealer
}

/** Secrets of federations. */
export interface Secrets {
  /** Passphrase and rehearsed secrets are derived from it (keys/root.ts). */
  readonly root: Buffer
  /** Values of secrets by variable (federation/secret-variable.ts). */
  readonly secretValues: Readonly<Record<string, string | undefined>>
}

/** Time and chance. */
export interface Clock {
  /** The clock that windows and schedules go by. */
  now(): Date
  /** A number from 0 to 1. */
  random(): number
}

/** Logs, metrics and traces of the service's work. */
export interface Telling {
  readonly logger: Logger
  /** Absent: nobody asked for traces. */
  readonly tracing?: Tracing
  readonly spans: DeploymentSpans
  /** Counts an observation. */
  observe(observation: Observation): void
}

/** The unit hosts of this process. */
export interface Hosts {
  readonly runner: UnitRunner
  /** The stacks that the CLI keeps. */
  readonly cliStacks: CliPlaces
  readonly slots: Slots
  /** Units of one cloud at once in a deployment. */
  readonly perCloud: number
}

/** Bounds on what callers and federations may have waiting. */
export interface Room {
  readonly room: RoomBounds
}

/** This process among all that work on the database. */
export interface ProcessLife {
  /** Aborted when the process is to end: nothing starts any more, what runs is interrupted. */
  readonly stopping: AbortSignal
  /** Starts what may start: a deployment was queued, or one ended and made room in its lane. */
  dispatch(): void
}

/** The service of this process. */
export interface Service extends Storage, Secrets, Clock, Telling, Hosts, Room, ProcessLife {
  readonly topology: Topology
  readonly scenarios: Scenarios
}

/**
 * The service while this process is one executor (service/terms.ts). `stopping` is aborted when it
 * is none any more, too: peers may go on with its runs.
 */
export interface RunService extends Service {
  /** Id of the executor: another each time the process enters. */
  readonly executor: string
}

/** Throws `shutting-down` when the process takes no new work any more. */
export function checkOpen (stopping: AbortSignal): void {
  if (stopping.aborted) {
    throw new AutomationError('shutting-down', {})
  }
}
