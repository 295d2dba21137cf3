/** The words of notifications: what is told, to whom, and how far that is. */
import { type Actor } from '../../../contract/access.ts'
import { type DriftCounts } from '../../../contract/drift.ts'
import { type WindowWait } from '../../../contract/window.ts'
import {
  type FindingEnforcement,
  type Mode,
  type Operation,
  type ReceiverKind
} from '../../../contract/words.ts'

/** A receiver of messages. */
export interface Receiver {
  name: string
  kind: ReceiverKind
  /**
   * Name of what the service keeps: Slack's webhook address, PagerDuty's routing key, the mail
   * server's URL, the key that a webhook is signed with.
   */
  secret: string
  url?: string
  from?: string
  to?: string[]
}

/** An event of a deployment as a message tells of it. */
export interface Facts {
  federation: string
  deployment: string
  operation: Operation
  mode: Mode
  world?: string
  /** Word for the event in the federation file: mostly its type without `deployment.`. */
  what: string
  seq: number
  time: string
  phase?: number
  actor?: Actor
  launchedBy?: Actor
  error?: { code: string, message: string }
  /** The event's own type. */
  type?: string
  /** Of `unit-failed`. */
  unit?: string
  /** Of `findings`: resources that violate policies, and which most. */
  mandatory?: number
  advisory?: number
  policies?: { policy: string, enforcement: FindingEnforcement, count: number }[]
  /** Of `window`: what is waited for. */
  window?: WindowWait
  /**
   * Of a drift check: what it found, and for `drift` in how many units, and in which types of
   * resources most.
   */
  drift?: DriftCounts
  units?: number
  types?: { type: string, count: number }[]
  resourceChanges?: { create: number, update: number, delete: number, replace: number, same: number }
  /** The deployment's span, as a traceparent: webhooks carry it, for receivers that trace. */
  trace?: string
}
