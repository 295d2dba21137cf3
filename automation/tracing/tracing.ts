import { type Attributes, type SpanRecord, type TraceContext } from './context.ts'

/** A span at work in this process. */
export interface OpenSpan {
  readonly context: TraceContext
  set(attributes: Attributes): void
  /** Ends it; with what went wrong when its work failed. Again: nothing. */
  end(error?: { code: string, message: string }): void
}

/** Parts of a span that are known when it begins. */
export interface SpanStart {
  attributes?: Attributes
  kind?: 'internal' | 'server'
  /** The span above it; without one the span begins a trace of its own. */
  parent?: TraceContext
}

/** Traces of this process, and of the unit hosts that hand theirs over. */
export interface Tracing {
  start(name: string, options?: SpanStart): OpenSpan
  /** Runs `work` under a span of its own, below the active one. */
  within<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>
  /** Takes a span that has ended, here or in another process, whose id was known before. */
  emit(record: SpanRecord): void
  /** Sends what waits, for five seconds at most. */
  close(): Promise<void>
}

export interface TracingOptions {
  /** The service's version. */
  version: string
  warn(fields: Record<string, unknown>, message: string): void
  /** Hears how many spans were taken by the receiver, or were dropped. */
  count(result: 'exported' | 'dropped', spans: number): void
}
