import { type Phase } from '../../programs/types.ts'
import { type Account } from '../access/file.ts'
import { type LiveSettings } from '../deployments/launch/live.ts'
import { type RoomBounds } from '../deployments/room.ts'
import { type Hook } from '../hooks/file.ts'
import { type Logger } from '../logger.ts'
import { type Observe } from '../observations.ts'
import { type RetentionPeriods } from '../retention/periods.ts'
import { type FoundCli } from '../stacks/cli/find.ts'
import { type UnitRunner } from '../stacks/types.ts'
import { type Tracing } from '../tracing/tracing.ts'

/** Settings of notifications. */
export interface NotifyOptions {
  /** Hosts that notifications may be sent to. */
  hosts: readonly string[]
  /** Address at which people reach the service, for links. */
  url?: string
  /** Milliseconds between looks, for tests. */
  interval?: number
  /** PagerDuty's address, for tests. */
  pagerduty?: string
  /** Certificates of further authorities (PEM) that mail servers may show, for tests. */
  authorities?: string
}

/** Settings of the deployment service of a process. */
export interface StartOptions {
  databaseUrl: string
  /** The folder of federation files. */
  federations: string
  /** The folder of scenarios; those that come with Windlass unless given. */
  scenarios?: string
  /** Unit hosts of this process. */
  workers: number
  /** The reason for their number, for plans. */
  workersBecause?: string
  /**
   * Units that are rehearsed at once in this process.
   * @default workers
   */
  rehearsals?: number
  /** 32 bytes; encrypts secrets at rest. */
  secretsKey: Buffer
  logger: Logger
  /** Windlass's data folder. */
  dataFolder: string
  /** The file that heads of the audit log are noted in; none without. */
  auditHeads?: string
  /** The engine of rehearsals; `pulumi` needs the CLI on the PATH. */
  engine: 'rehearsal' | 'pulumi'
  /** Conditions of live deployments beside the CLI. */
  live: LiveSettings
  /** The Pulumi CLI, or why there is none; neither is needed to rehearse. */
  pulumi?: FoundCli
  /** The state backend and secrets provider of live stacks. */
  backend?: string
  secretsProvider?: string
  /**
   * Seconds that running resource operations may go on after a cancel or a close. 60: most cloud
   * calls end in it, and what does not is settled before the next try.
   */
  graceSeconds?: number
  /** Values of secrets by variable (federation/secret-variable.ts). */
  secretValues?: Readonly<Record<string, string | undefined>>
  /** Webhooks that launch deployments: what `loadHooks` read; none unless given. */
  hooks?: readonly Hook[]
  /** Accounts of GitHub and GitLab with their persons, from the access file; none unless given. */
  accounts?: readonly Account[]
  /** Without it, nothing is sent to hosts that need to be allowed. */
  notify?: NotifyOptions
  /** Runs the units; unit hosts unless given. */
  runner?: UnitRunner
  /** The phases; the real ones unless given. */
  catalog?: readonly Phase[]
  /** The receiver of traces; none are made without. The caller closes it, after the service. */
  tracing?: Tracing
  /** Periods for which what grows is kept; the usual ones unless given. */
  periods?: RetentionPeriods
  /** Bounds on what callers and federations may have waiting; the usual ones unless given. */
  room?: RoomBounds
  /** The clock of schedules and maintenance windows; the machine's unless given. */
  now?(): Date
  /** Hears what is worth counting. It must not throw. */
  observe?: Observe
  /** Starts the database again where that is the service's to do; it may run already. */
  reviveDatabase?(signal: AbortSignal): Promise<void>
}
