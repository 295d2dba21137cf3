/**
 * The interfaces of the automation room's door, one for each thing that callers work with: a route
 * and a fake name those that they use. Every method that names something unknown rejects with an
 * AutomationError of kind `not-found`; errors.ts lists the others. Reads are consistent with the
 * stored events.
 */
import { type Aging, type AgingRequest } from '../contract/aging.ts'
import { type ResourceChange } from '../contract/change.ts'
import { type Deployment, type Unit } from '../contract/deployment.ts'
import { type DriftFinding } from '../contract/drift.ts'
import { type Event } from '../contract/event.ts'
import { type FederationSummary, type Plan } from '../contract/federation.ts'
import { type Gate } from '../contract/gate.ts'
import { type Readiness } from '../contract/health.ts'
import { type HookDelivery } from '../contract/hook.ts'
import { type Notification } from '../contract/notification.ts'
import { type PolicyFinding } from '../contract/policy-finding.ts'
import { type Scenario } from '../contract/scenario.ts'
import { type Schedule } from '../contract/schedule.ts'
import { type Page } from '../contract/schema.ts'
import { type Validation } from '../contract/validation.ts'
import { type WindowReport } from '../contract/window.ts'
import { type Ordering, type Operation } from '../contract/words.ts'
import { type Outage, type OutageRequest, type WorldSummary } from '../contract/world.ts'
import { type Federation } from '../programs/types.ts'
import { type AccessStore } from './access/access-store.ts'
import { type Account } from './access/file.ts'
import { type DeploymentScope, type Scope } from './access/model.ts'
import { type By } from './acts.ts'
import { type AuditLog } from './audit/log.ts'
import { type Hook } from './hooks/file.ts'
import { type HookRequest, type ReceivedDelivery } from './hooks/receive.ts'
import { type DeploymentLauncher } from './launcher.ts'
import { type PageRequest, type Visible } from './page.ts'
import { type Place } from './place.ts'
import { type DriftFilter } from './store/deployments/drift-findings.ts'
import { type DriftFigure } from './store/deployments/latest-drift.ts'
import { type DeployedPlace } from './store/units/deployed-places.ts'

/** The page of a numbered list that a caller asks for. */
export interface NumberedPageRequest {
  /** Number after which the page begins. */
  after: number
  limit: number
}

/** Deployments and their gates. */
export interface Deployments {
  deployment(id: string): Promise<Deployment>
  /** Reads what a deployment is about, to decide who may see and steer it. It never changes. */
  deploymentScope(id: string): Promise<DeploymentScope>
  /** Lists deployments, the latest first. `gated`: only those that wait for an approval. */
  deployments(page: PageRequest & Visible & { gated?: boolean }): Promise<Page<Deployment>>
  /** Lists a deployment's gates in the order in which they come, with the decisions at each. */
  gates(id: string): Promise<Gate[]>
}

/** Units of deployments and what validation measured of them. */
export interface Units {
  units(id: string, page: PageRequest): Promise<Page<Unit>>
  unit(id: string, unit: string): Promise<Unit>
  /** Reads the report of phase 8; rejects with `validation-not-found` before it ran. */
  validation(id: string): Promise<Validation>
}

/** Changes that deployments made to resources, and findings about them. */
export interface Findings {
  /**
   * Lists what policies found, in the order of the events; `after` is an event's number. Rejects
   * with `events-removed` when some after `after` are no longer kept.
   */
  policyFindings(id: string, page: NumberedPageRequest): Promise<Page<PolicyFinding>>
  /** Lists the changed resources in the order of the events; `after` is an event's number. */
  changes(id: string, page: NumberedPageRequest & { unit?: string }): Promise<Page<ResourceChange>>
  /**
   * Lists what a drift check found, unit by unit as they ended; `after` is a finding's number.
   * Rejects with `events-removed` when the findings are no longer kept.
   */
  drift(id: string, page: NumberedPageRequest & DriftFilter): Promise<Page<DriftFinding>>
}

/** Stored events of deployments. */
export interface Events {
  /** Rejects with `events-removed` when some after `after` are no longer kept; so does `follow`. */
  events(id: string, page: NumberedPageRequest): Promise<Page<Event>>
  /**
   * Gives the events after `after`, in order, in batches as they are stored. Ends after the
   * deployment's final event (so an ended deployment with nothing after `after` ends at once) or
   * when the signal aborts. What a slow reader has not taken stays in the store, not in memory.
   */
  follow(id: string, options: { after: number, signal: AbortSignal }): AsyncIterable<Event[]>
}

/** Decisions of people on deployments. `by`: on whose behalf; absent: the service's own. */
export interface Decisions {
  cancel(id: string, by?: By): Promise<Deployment>
  resume(id: string, by?: By): Promise<Deployment>
  /**
   * Approves the phase that waits; it goes on once as many as its gate needs have done so.
   * `groups`: those that the actor is in. Rejects with `approval-refused` when this person's
   * approval does not count, and with `approval-expired` when the gate's time is over. Approving
   * again changes nothing.
   */
  approve(
    id: string,
    decision: { phase: number, comment?: string },
    by?: By & { groups?: readonly string[] }
  ): Promise<Deployment>
  reject(id: string, decision: { phase: number, comment?: string }, by?: By): Promise<Deployment>
  /**
   * Lets a deployment that waits for a maintenance window, or for the end of a freeze, go on now
   * and to its end.
   */
  overrideWindow(id: string, override: { reason: string }, by?: By): Promise<Deployment>
}

/** The part of a federation that is planned, and how. */
export interface PlanRequest {
  operation: Operation
  from: number
  to: number
  clusters?: string[]
  /** Only units that are deployed and no longer in the federation file. */
  orphaned?: boolean
  ordering?: Ordering
  parallelism?: number
  /** Place whose orphans are named, and taken along where the operation does. */
  place: Place
}

/** Federation files and what follows from them. */
export interface Federations {
  federations(page: PageRequest & Visible): Promise<Page<FederationSummary>>
  federation(name: string): Promise<Federation>
  /** Lists a federation's schedules, when each is due next, and what it launched last. */
  schedules(name: string): Promise<Schedule[]>
  /** Reads how a federation's maintenance windows and freezes stand. */
  windows(name: string): Promise<WindowReport>
  plan(name: string, request: PlanRequest): Promise<Plan>
}

/** Scenarios that rehearsals can be launched with. */
export interface ScenarioList {
  /** Lists them by name; one whose file cannot be used says why. */
  scenarios(): Promise<Scenario[]>
}

/** A stack that exists. */
export interface StackSummary {
  stack: string
  /** Absent when no unit of the federation has it. */
  unit?: string
  /** Its unit is deployed and no longer in the federation file. */
  orphaned?: true
  resources: number
  updatedAt: string
}

/** Stacks of federations and their outputs. */
export interface Stacks {
  /** Reads the outputs of deployed units, by unit id; secrets are `{secret: true}`. */
  outputs(name: string, place: Place): Promise<Record<string, Record<string, unknown>>>
  /** Lists the federation's stacks, oldest first. */
  stacks(name: string, place: Place, page: PageRequest): Promise<Page<StackSummary>>
  /** Reads a `pulumi stack export` document; secrets stay encrypted. */
  stackState(name: string, stack: string, place: Place): Promise<Record<string, unknown>>
}

/** Named worlds of rehearsals. */
export interface Worlds {
  /** Lists worlds by name, with what visible federations have in them. */
  worlds(page: PageRequest & Visible): Promise<Page<WorldSummary>>
  /** Reads what dropping a world destroys, to decide who may. Rejects with `world-not-found`. */
  worldScopes(world: string): Promise<Scope[]>
  /**
   * Drops a world with all that was rehearsed in it; its deployments stay, and cannot be resumed.
   * Rejects with `world-in-use` while one of them has not ended.
   */
  dropWorld(world: string, by: By): Promise<void>
}

/**
 * Outages in named worlds: parts of their clouds that answer nobody. Each method rejects with
 * `world-not-found`.
 */
export interface Outages {
  /** Lists the outages of a world that have not ended. */
  outages(world: string): Promise<Outage[]>
  /** Has a part of a world's clouds answer nobody until it ends. Rejects with `outages-full`. */
  beginOutage(world: string, outage: OutageRequest, by: By): Promise<Outage[]>
  /** Has everything in a world answer again. */
  endOutages(world: string, by: By): Promise<void>
}

/** Named worlds that grow older. Each method rejects with `world-not-found`. */
export interface Agings {
  /** Lists the agings of a world, the latest first. */
  agings(world: string): Promise<Aging[]>
  /**
   * Puts a world's clock forward and tells what broke in between. Rejects with `world-in-use` while
   * a deployment in it has not ended.
   */
  age(world: string, request: AgingRequest, by: By): Promise<Aging>
}

/** Webhooks that launch deployments. */
export interface Hooks {
  /**
   * Judges a delivery by its headers, before its body is read: throws `hook-not-found`, or
   * `hook-refused` where no body could make them right.
   */
  checkHook(name: string, headers: HookRequest['headers']): void
  /**
   * Takes a delivery and launches what the hook's rules say: once, however often it is delivered.
   */
  receiveHook(name: string, request: HookRequest): Promise<ReceivedDelivery>
  /** Replaces the hooks, for deliveries and callbacks from now on. */
  replaceHooks(hooks: readonly Hook[]): void
  /** Replaces what is known of whose the accounts are that push. */
  replaceAccounts(accounts: readonly Account[]): void
  /** Lists remembered deliveries of a hook, the latest first; `before` is a time. */
  hookDeliveries(name: string, page: { before?: string, limit: number }): Promise<HookDelivery[]>
}

/** Messages about deployments to others. */
export interface Notifications {
  /** Lists notifications, the latest first. */
  notifications(
    page: PageRequest & Visible & { status?: Notification['status'] }
  ): Promise<Page<Notification>>
  /** Reads what a notification is about, to decide who may have it sent again. */
  notificationScope(id: string): Promise<DeploymentScope>
  /** Sends a dead notification again; rejects with `wrong-status` when it is not dead. */
  resendNotification(id: string, by?: By): Promise<Notification>
}

/** Tokens and sessions. */
export interface AccessPort {
  readonly access: AccessStore
}

/** The audit log. */
export interface AuditPort {
  readonly audit: AuditLog
}

/** Deployed units that their federation's file does not have, by place. */
export interface OrphanFigures {
  places: readonly DeployedPlace[]
  /** Places whose orphans are not counted, by the reason. */
  unknown: { 'file-invalid': number, 'too-many': number }
}

/** Live figures of federations for /metrics. */
export interface FederationFigures {
  deployments: Record<string, number>
  units: { phase: number, status: string, count: number }[]
  drift: DriftFigure[]
  orphans: OrphanFigures
}

/** All live figures for /metrics: of every federation together, and of the process. */
export interface Figures extends FederationFigures {
  hosts: { total: number, busy: number, memoryBytes: number[] }
  pool: { total: number, idle: number, waiting: number }
}

/** The state of the service itself. */
export interface Health {
  readiness(): Promise<Readiness>
  figures(): Promise<Figures>
  /** Reads the figures of some federations, which tell nothing of others. */
  federationFigures(visible: Required<Visible>): Promise<FederationFigures>
}

/** The automation room: all of its ports. */
export interface Automation
  extends
    DeploymentLauncher,
    Deployments,
    Units,
    Findings,
    Events,
    Decisions,
    Federations,
    ScenarioList,
    Stacks,
    Worlds,
    Outages,
    Agings,
    Hooks,
    Notifications,
    AccessPort,
    AuditPort,
    Health {
  /**
   * Stops taking work, lets running resource operations end (bounded by `graceSeconds`), leaves the
   * rest to be continued, releases everything. Idempotent.
   */
  close(): Promise<void>
}
