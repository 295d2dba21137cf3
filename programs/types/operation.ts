/**
 * Settings that the service reads rather than programs: approvals, schedules, windows, receivers.
 */
import {
  type Enforcement,
  type Mode,
  type Operation,
  type Overlap,
  type PhaseName,
  type ReceiverKind
} from '../../contract/words.ts'

/** Phases that wait for people. */
export interface ApprovalGate {
  readonly phases: readonly PhaseName[]
  readonly operations: readonly Exclude<Operation, 'drift-check'>[]
  readonly modes: readonly Mode[]
  /** Subjects of people who may approve. With no groups either: whoever has the permission. */
  readonly people: readonly string[]
  /** Groups whose members may approve. */
  readonly groups: readonly string[]
  /** Approvals that are needed. */
  readonly needed: number
  /** Minutes that the phase waits. */
  readonly expiresMinutes: number
  /** True when the approval of who launched counts. */
  readonly launcherMayApprove: boolean
}

export interface Approvals {
  readonly gates: readonly ApprovalGate[]
  /** `second-person`: destroying live stacks needs somebody else than who launched it. */
  readonly liveDestroy: 'second-person' | 'alone'
}

/** One of whom is told. */
export interface NotificationReceiver {
  readonly name: string
  readonly kind: ReceiverKind
  /** Name of the secret that holds its key or address. */
  readonly secret: string
  /** Address of a webhook. */
  readonly url?: string
  /** Sender of e-mail. */
  readonly from?: string
  /** Recipients of e-mail. */
  readonly to?: readonly string[]
  /** Events that are told: types of a deployment's events without `deployment.`, and others. */
  readonly events: readonly (
    | 'queued'
    | 'started'
    | 'waiting'
    | 'window'
    | 'approved'
    | 'rejected'
    | 'canceling'
    | 'resumed'
    | 'continued'
    | 'drift'
    | 'policy-mandatory'
    | 'policy-advisory'
    | 'unit-failed'
    | 'succeeded'
    | 'failed'
    | 'canceled'
  )[]
  readonly modes: readonly Mode[]
  readonly operations: readonly Operation[]
}

/** A deployment that is launched by the clock. */
export interface Schedule {
  readonly name: string
  /** Cron expression of five fields, which count in `timeZone`. */
  readonly cron: string
  readonly timeZone: string
  readonly operation: 'up' | 'preview' | 'drift-check'
  readonly mode: Mode
  /** Numbers of the first and the last phase. */
  readonly phases: { readonly from: number, readonly to: number }
  /** World of a rehearsal. */
  readonly world: string
  /** What is done at a time at which what it launched before is not over. */
  readonly overlap: Overlap
}

/** A time in which live stacks may be changed. */
export interface MaintenanceWindow {
  readonly name: string
  /** Cron expression of five fields at which it opens, which count in `timeZone`. */
  readonly cron: string
  readonly timeZone: string
  /** It closes after so many minutes, or when the other expression is due next. */
  readonly closes: { readonly minutes: number } | { readonly cron: string }
  /** Phases that it is for; all when absent. */
  readonly phases?: readonly PhaseName[]
  /** Names of the clusters that it is for; all when absent. */
  readonly clusters?: readonly string[]
}

/** A time in which nothing live is changed, whatever windows say. */
export interface Freeze {
  readonly name: string
  /** First moment: ISO 8601 in UTC. */
  readonly from: string
  /** Moment at which it is over: ISO 8601 in UTC. */
  readonly to: string
  readonly reason: string
  /** Phases that it is for; all when absent. */
  readonly phases?: readonly PhaseName[]
  /** Names of the clusters that it is for; all when absent. */
  readonly clusters?: readonly string[]
}

/** Drift that a drift check does not report. */
export interface DriftRule {
  /** Pattern of resource types, in which `*` stands for any text. */
  readonly type: string
  /** Pattern of a property and what is inside it; any when absent. */
  readonly property?: string
  /** Name of the cluster; any when absent. */
  readonly cluster?: string
  readonly reason: string
}

/** Resources that one policy lets pass for a time. */
export interface PolicyException {
  /** Name of the policy. */
  readonly policy: string
  /** Pattern of URNs, in which `*` stands for any text. */
  readonly resource: string
  readonly reason: string
  /** Last day (YYYY-MM-DD, UTC) on which the exception applies. */
  readonly expires: string
}

/** Settings of the policy pack. */
export interface Policies {
  /** Enforcement by the policy's name; `all` stands for every policy that is not named. */
  readonly enforcement: Readonly<Record<string, Enforcement>>
  readonly exceptions: readonly PolicyException[]
}
