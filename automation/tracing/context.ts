/**
 * Places of spans in their traces, as they cross processes and restarts; no part of the
 * OpenTelemetry SDK is needed for it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'

/** A span as its children name it: ids as W3C Trace Context has them, in hexadecimal digits. */
export interface TraceContext {
  traceId: string
  spanId: string
  /** Somebody keeps the trace. */
  sampled: boolean
}

export type Attributes = Record<string, string | number | boolean>

/**
 * A span that has ended, as it passes between processes. Times are milliseconds since 1970, with
 * fractions.
 */
export interface SpanRecord {
  traceId: string
  spanId: string
  parent: string
  name: string
  /** `client`: a call to something else, such as a cloud. */
  kind: 'internal' | 'client'
  start: number
  end: number
  attributes: Attributes
  /** The span's work failed; `code` is one of the service's stable codes. */
  error?: { code: string, message: string }
  /** Spans of other traces that this one goes on from. */
  links?: TraceContext[]
}

/** A fresh span's id. */
export function newSpanId (): string {
  return randomBytes(8).toString('hex')
}

/**
 * The id of a span that outlives processes, made from what it is about: whoever starts its children
 * and whoever ends it, before and after a restart, come to the same id without asking each other.
 * The first part is the span above it, so that another run of the same thing has another id.
 */
export function derivedSpanId (...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

/** The context as the `traceparent` header has it. */
export function traceparentOf ({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`
}

// Versions after 00 may go on after the flags; ff is none, and neither id may be all zeros.
const traceparent =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/** The context that a `traceparent` names; undefined when it is none. */
export function contextOf (header: string | null | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags] = traceparent.exec(header ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  return { traceId, spanId, sampled: (parseInt(flags, 16) & 1) === 1 }
}

const storage = new AsyncLocalStorage<TraceContext>()

/** The span under which this code runs, if there is one. */
export function activeTrace (): TraceContext | undefined {
  return storage.getStore()
}

/** Runs `work` under a span: what it logs and launches names it. */
export function underTrace<T> (context: TraceContext, work: () => T): T {
  return storage.run(context, work)
}

/** Fields of the log's lines that name the span under which they were written. */
export function traceFields (): { trace_id?: string, span_id?: string } {
  const active = storage.getStore()
  return active ? { trace_id: active.traceId, span_id: active.spanId } : {}
}

// The monotonic clock is finer than the wall clock, and drifts from it where that is set or the
// machine slept: it is anchored again then.
const mostDrift = 50
let anchor = Date.now() - performance.now()

/** Now, as spans have it. */
export function spanTime (): number {
  const wall = Date.now()
  if (Math.abs(anchor + performance.now() - wall) > mostDrift) anchor = wall - performance.now()
  return anchor + performance.now()
}
