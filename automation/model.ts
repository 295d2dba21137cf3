/**
 * The words of the automation room: what is launched and what is kept of it.
 * Times are ISO 8601 strings in UTC, durations are seconds unless their name says otherwise. The
 * shapes are those of the HTTP contract, so that the server only validates and passes on.
 */
import {
  type ApprovalRequest,
  type DeploymentStatus,
  type Mode,
  type Operation,
  type Ordering,
  type UnitStatus,
  type CloudName,
  type PhaseName
} from '../contract/words.ts'
import { type UnitCost } from '../pricing/change.ts'
import { type ClusterCost, type UnpricedLine } from '../pricing/summary.ts'
import { type Actor } from './access/model.ts'
import { type Origin } from './store/identity/audit-chain.ts'

export type PhaseStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'canceled'

/**
 * A fault of the simulated clouds: which calls it hits (absent: any) and what they see. `missing`
 * and `changed` happen to what a refresh or a drift check reads, as if somebody had deleted it, or
 * had set one of its properties, behind Windlass' back: the world stays so.
 */
export interface Fault {
  cloud?: CloudName | 'kubernetes'
  region?: string
  cluster?: string
  type?: string
  name?: string
  operation?: 'create' | 'update' | 'delete' | 'read'
  kind: 'fail' | 'throttle' | 'quota' | 'slow' | 'missing' | 'changed'
  /** How many calls it hits; all when absent. */
  times?: number
  message?: string
  /** Of `changed`: the path of the property, such as `tags.owner`, and what it is from now on. */
  property?: string
  value?: string | number | boolean
}
export interface RehearsalOptions {
  world: string
  timeScale: number
  seed: number
  faults: Fault[]
}

/**
 * A phase that waits for people. `people` are subjects; without people and groups it is whoever may
 * approve. `because`: what asks for it.
 */
export interface Gate {
  phase: number
  because: 'federation' | 'live-destroy' | 'requested'
  /** How many have to approve. */
  needed: number
  people: string[]
  groups: string[]
  /** Whether who launched counts. */
  launcherMayApprove: boolean
  /** Absent: it waits for ever. */
  expiresMinutes?: number
}
/** What somebody decided at a gate. `counts`: it was not before the last resume. */
export interface GateDecision {
  phase: number
  decision: 'approved' | 'rejected'
  time: string
  counts: boolean
  actor?: Actor
  comment?: string
}
/** A gate with what was decided at it. `missing`: approvals that it still needs. */
export interface GateState extends Gate {
  status: 'pending' | 'waiting' | 'approved' | 'rejected'
  missing: number
  decisions: GateDecision[]
  expiresAt?: string
}
/** The gate that a deployment waits at. */
export interface OpenGate extends Gate {
  missing: number
  approvedBy: { actor?: Actor, time: string, comment?: string }[]
  expiresAt?: string
}

/**
 * A phase that waits until what is live may be changed. `names`: the windows or freezes that keep
 * it; `opens`: when it goes on, absent: not within a year.
 */
export interface WindowWait {
  phase: number
  because: 'window' | 'freeze'
  names: string[]
  opens?: string
}
/** Who had a deployment go on outside its windows, and why. */
export interface WindowOverride {
  actor?: Actor
  reason: string
  time: string
}
/** What is worth knowing about a launch. */
export interface LaunchWarning {
  code: 'window-closed' | 'window-too-short'
  message: string
}
/**
 * A maintenance window or freeze as it stands: `open` of a freeze means that it holds. `next`: when
 * it opens or begins, `until`: when it closes or ends.
 */
export interface WindowFigure {
  name: string
  kind: 'window' | 'freeze'
  open: boolean
  until?: string
  next?: string
  timeZone?: string
  reason?: string
  phases?: PhaseName[]
  clusters?: string[]
}
/** A federation's windows and freezes, and whether all of it may be changed now. */
export interface WindowReport {
  items: WindowFigure[]
  open: boolean
  because?: 'window' | 'freeze'
  names?: string[]
  opens?: string
  closes?: string
}

/** A launch with its defaults filled in. */
export interface LaunchRequest {
  federation: string
  operation: Operation
  mode: Mode
  phases: { from: number, to: number }
  /** Absent: all. */
  clusters?: string[]
  ordering: Ordering
  approvals: ApprovalRequest
  /** Units at once in this deployment; absent: the service's number of workers. */
  parallelism?: number
  /** Only in mode rehearsal. */
  rehearsal?: RehearsalOptions
}

/** The engine's own sums; absent kinds are 0. */
export interface ResourceChanges {
  create: number
  update: number
  delete: number
  replace: number
  same: number
}

/**
 * What went wrong, for people and programs: a stable code of one of the rooms' tables, and whether
 * trying again may help.
 */
export interface Failure {
  code: string
  message: string
  retryable: boolean
  unit?: string
  resource?: string
}

/**
 * List prices, US dollars a month: of the units that were estimated, before this deployment and
 * now. `unpriced` counts parts without a price.
 */
export interface DeploymentCost {
  monthly: number
  before: number
  difference: number
  currency: 'USD'
  range: { min: number, max: number }
  usage: number
  fromMemory: number
  unpriced: number
  /** How many units were estimated. */
  units: number
  perPhase: { phase: number, monthly: number, before: number, difference: number }[]
}

/**
 * `changed`: an input that the program sets is another one in the cloud; `output`: only values that
 * the cloud computes differ; `missing`: gone from the cloud.
 */
export type DriftKind = 'changed' | 'output' | 'missing'
/**
 * How many resources were compared and how many differ, by kind; those that the federation file
 * ignores are counted apart.
 */
export interface DriftCounts {
  resources: number
  changed: number
  output: number
  missing: number
  ignored: { changed: number, output: number, missing: number }
}
/**
 * A property that differs: `expected` as the state has it, `actual` as the cloud has it, absent
 * where it has none; a secret one is `[secret]`. `ignored`: why the file ignores it.
 */
export interface DriftProperty {
  path: string
  kind: 'changed' | 'output'
  expected?: unknown
  actual?: unknown
  ignored?: string
}
/**
 * A resource that differs, before it is stored. `propertiesCut`: how many more properties differ
 * than are listed. `ignored`: why the file ignores it as a whole.
 */
export interface DriftDraft {
  urn: string
  resource: { type: string, name: string }
  kind: DriftKind
  properties: DriftProperty[]
  propertiesCut?: number
  ignored?: string
}
/** A stored one; `number` rises in the order in which units ended. */
export interface DriftFinding extends DriftDraft {
  number: number
  phase: number
  unit: string
}
export interface DriftFilter {
  kind?: DriftKind
  unit?: string
  ignored?: boolean
}

/**
 * A replaced resource (its URN) that is still there since something uses it, and what the provider
 * said.
 */
export interface Leftover {
  resource: string
  message: string
}

export interface UnitCounts {
  total: number
  succeeded: number
  failed: number
  running: number
  skipped: number
  waiting: number
  canceled: number
}
/**
 * `skipped` and `canceled` are also those that never began in a deployment that ended without them.
 */
export interface PhaseState {
  number: number
  name: PhaseName
  status: PhaseStatus | 'skipped'
  startedAt: string | null
  finishedAt: string | null
  units: UnitCounts
}
export interface Deployment {
  id: string
  federation: string
  operation: Operation
  mode: Mode
  world?: string
  status: DeploymentStatus
  /** 1 is next; only while queued. */
  position?: number
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  phases: PhaseState[]
  resourceChanges: ResourceChanges
  /** Once a unit's resources were seen. */
  cost?: DeploymentCost
  /** Of a drift check, once a unit was compared: the sum over its units. */
  drift?: DriftCounts
  lastEvent: number
  /**
   * The first event that is kept, when those before it were removed with their age; one after the
   * last when none are.
   */
  eventsFrom?: number
  /** What its units would have put out was removed with its age. */
  outputsRemoved?: true
  error?: Failure
  /** Absent: the service itself, or before it knew its callers. */
  launchedBy?: Actor
  /** While it waits for an approval. */
  gate?: OpenGate
  /** While it waits until what is live may be changed. */
  window?: WindowWait
  /** Somebody had it go on outside its windows. */
  windowOverride?: WindowOverride
  /** Found at launch; absent: nothing. */
  warnings?: LaunchWarning[]
  /** As launched. */
  request: LaunchRequest
}

export interface Unit {
  id: string
  phase: number
  scope: string
  clusters: string[]
  cloud?: CloudName
  stack: string
  status: UnitStatus
  attempt: number
  /** Why it was skipped or is waiting. */
  reason?: string
  startedAt: string | null
  finishedAt: string | null
  dependsOn: string[]
  resourceChanges: ResourceChanges
  /** A secret one is `{secret: true}`. */
  outputs: Record<string, unknown>
  /** Its outputs, of a preview or refresh, were removed with their age. */
  outputsRemoved?: true
  /** Once its resources were seen. */
  cost?: UnitCost
  /** Of a drift check. */
  drift?: DriftCounts
  /**
   * Replaced resources that units after it still used: they are deleted at the end of the
   * deployment. Absent: none.
   */
  leftovers?: Leftover[]
  error?: Failure
}

/**
 * One result of the validation phase: what was found beside what is wanted. One that is not
 * required is reported and fails nothing.
 */
export interface ValidationCheck {
  name: string
  kind: string
  passed: boolean
  required: boolean
  measured: string | number
  target: string | number
  unit?: string
  why: string
}
export interface ValidatedUnit {
  unit: string
  clusters: string[]
  status: UnitStatus
  finishedAt: string | null
  checks: ValidationCheck[]
  error?: Failure
}
export interface ValidationReport {
  deployment: string
  federation: string
  mode: Mode
  world?: string
  /** Complete, and no required check failed. */
  passed: boolean
  /** All units of the phase were validated. */
  complete: boolean
  /** `advisory`: checks that failed but are not required. */
  counts: { passed: number, failed: number, advisory: number }
  units: ValidatedUnit[]
}

export type EventType =
  | `deployment.${
    | 'queued'
    | 'started'
    | 'waiting'
    | 'approval'
    | 'approved'
    | 'rejected'
    | 'canceling'
    | 'resumed'
    | 'continued'
    | 'drift'
    | 'findings'
    | 'succeeded'
    | 'failed'
    | 'canceled'}`
  | `phase.${'started' | 'succeeded' | 'failed' | 'canceled'}`
  | `unit.${'started' | 'retrying' | 'interrupted' | 'succeeded' | 'failed' | 'skipped' | 'canceled'}`
  | `resource.${'started' | 'succeeded' | 'failed'}`
  | 'policy.violated'
  | 'drift.found'
  | 'diagnostic'

/**
 * One stored fact; `seq` starts at 1 in each deployment and has no gaps. Further fields depend on
 * the type.
 */
export interface DeploymentEvent {
  seq: number
  time: string
  type: EventType
  deployment: string
  phase?: number
  unit?: string
  [field: string]: unknown
}
/**
 * A violation of a policy, as its event told it; `urn` is absent when it is about the stack as a
 * whole.
 */
export interface PolicyFinding {
  seq: number
  time: string
  phase: number
  unit: string
  policy: string
  pack: string
  enforcement: 'mandatory' | 'advisory'
  urn?: string
  message: string
}
/**
 * A resource that was, or in a preview would be, changed, as its event told it: `op` is the
 * engine's word, `diff` what differs of an update or a replacement.
 */
export interface ResourceChange {
  seq: number
  phase: number
  unit: string
  urn: string
  resource: { type: string, name: string }
  op: string
  diff?: { path: string, kind: string, replaces: boolean, before?: unknown, after?: unknown }[]
  diffsCut?: number
}
/** An event before it is numbered and stored. */
export type EventDraft = Omit<DeploymentEvent, 'seq' | 'time' | 'deployment'>

/** A page of a list: `next` is what to pass as `after`, absent on the last page. */
export interface Page<T> {
  items: T[]
  next?: string
}
export interface PageRequest {
  after?: string
  limit: number
}
/**
 * Limits a list to federations of these names, in which `*` stands for any characters; absent: all.
 */
export interface Visible {
  federations?: readonly string[]
}
export interface DeploymentScope {
  federation: string
  operation: Operation
  mode: Mode
  phases: { from: number, to: number }
}

/** A unit of a plan with its predicted place in time, seconds from the start. */
export interface PlannedUnit {
  id: string
  phase: number
  scope: string
  clusters: string[]
  cloud?: CloudName
  stack: string
  dependsOn: string[]
  predicted: { start: number, end: number, seconds: number }
}
/** What is over a budget: the federation, a phase or a cluster. */
export interface BudgetState {
  monthly: number
  within: boolean
  exceeded: { part: string, budget: number, monthly: number }[]
}
/** What the plan's units cost a month once they are deployed, at list prices. */
export interface PlanCost {
  monthly: number
  currency: 'USD'
  range: { min: number, max: number }
  /**
   * The share that follows the file's volumes, and the share that rests on prices nobody has
   * checked.
   */
  usage: number
  fromMemory: number
  perPhase: { phase: number, name: string, monthly: number }[]
  perCluster: ClusterCost[]
  /**
   * `resources`: as its program registered it in the latest up or preview of this text;
   * `federation`: as the file lets expect.
   */
  perUnit: { unit: string, monthly: number, basis: 'resources' | 'federation' }[]
  unpriced: UnpricedLine[]
  budget?: BudgetState
}
export interface Plan {
  federation: string
  operation: Operation
  units: PlannedUnit[]
  /** Units at once that the prediction assumes. */
  parallelism: number
  /** What is worth knowing about the federation file, though it can be deployed. */
  warnings: FederationProblem[]
  makespanSeconds: number
  targetSeconds?: number
  meetsTarget?: boolean
  criticalPath: string[]
  cost: PlanCost
}

export interface FederationSummary {
  name: string
  file: string
  valid: boolean
  clusters?: number
  errors?: FederationProblem[]
}
/** What is wrong in a federation file and what would be right. Lines and columns start at 1. */
export interface FederationProblem {
  file: string
  line: number
  column: number
  path: string
  code: string
  message: string
  expected: string
}

/** A schedule; `last.deployment` is absent when nothing was launched then. */
export interface ScheduleState {
  name: string
  cron: string
  timeZone: string
  operation: Operation
  mode: Mode
  next?: string
  last?: { due: string, deployment?: string }
}

/** What the latest drift check of a federation found that succeeded: live, or in a world. */
export interface DriftFigure {
  federation: string
  mode: Mode
  world?: string
  checkedAt: string
  counts: DriftCounts
}

/**
 * Readiness, for /readyz. Every part that is not ready makes the service so, but `pulumi`: without
 * a CLI, live deployments are refused and rehearsals go on.
 */
export interface Readiness {
  ready: boolean
  parts: Record<string, { ready: boolean, detail?: string }>
}

/** A request to a hook: its headers in lower case and the raw bytes of its body. */
export interface HookRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  requestId?: string
  address?: string
}
/** What became of a webhook's delivery; `replayed`: it was received before. */
export type HookAnswer = ({ deployment: Deployment } | { ignored: string }) & {
  hook: string
  delivery: string
  replayed: boolean
}
/** A webhook's delivery that is remembered, and what it led to. */
export interface HookDeliveryRecord {
  delivery: string
  receivedAt: string
  deployment?: string
  ignored?: string
}
/** On whose behalf something is done, and where the request came from. */
export interface By {
  actor?: Actor
  origin?: Origin
}

/** Where a stack lives: `world` only in rehearsals. */
export interface Place {
  mode: Mode
  world?: string
}
