import { type Failure } from '../../contract/deployment.ts'
import { cutText } from '../../contract/text/cut.ts'
import { type EventDraft } from '../event-draft.ts'
import { type Redactor } from '../redaction/redactor.ts'
import {
  type Attributes,
  newSpanId,
  type SpanRecord,
  spanTime,
  type TraceContext
} from '../tracing/context.ts'

/**
 * Spans of resources and calls that one attempt makes at most: the largest units have a few hundred
 * resources, and one that floods must not crowd the others out of the service's queue.
 */
const mostSpans = 5_000
/**
 * A message of this many leaves at once, and what waits leaves after this time, milliseconds: a
 * host that is killed takes no more than that along.
 */
const batchSpans = 200
const batchMilliseconds = 1_000
/** A provider's message at most. */
const longestMessage = 1_000

/** A resource on which the engine or a provider is at work. */
interface OpenResource {
  spanId: string
  parent: string
  name: string
  start: number
  attributes: Attributes
}

/** A span at its end. */
export interface EndedSpan {
  spanId?: string
  parent: string
  name: string
  kind?: SpanRecord['kind']
  start: number
  attributes: Attributes
  error?: { code: string, message: string }
}

/**
 * The spans of one attempt in its host: `host run`, the engine's commands below it, their
 * resources, and the calls of providers. They go to the service in bounded batches, with every
 * learnt secret taken out of their texts.
 */
export class UnitSpans {
  readonly #trace: TraceContext
  readonly #redactor: Redactor
  readonly #send: (spans: SpanRecord[]) => Promise<void>
  /** The host's own span. */
  readonly #root = newSpanId()
  readonly #start = spanTime()
  readonly #resources = new Map<string, OpenResource>()
  #command: string | undefined
  #waiting: SpanRecord[] = []
  #timer: NodeJS.Timeout | undefined
  #made = 0
  #dropped = 0

  constructor (
    options: { trace: TraceContext, redactor: Redactor, send: (spans: SpanRecord[]) => Promise<void> }
  ) {
    this.#trace = options.trace
    this.#redactor = options.redactor
    this.#send = options.send
  }

  /**
   * Runs a command of the engine under a span: what happens meanwhile is below it. `work` gets the
   * context to hand on.
   */
  async command<T> (name: string, work: (context: TraceContext) => Promise<T>): Promise<T> {
    const [spanId, start, before] = [newSpanId(), spanTime(), this.#command]
    this.#command = spanId
    const end = (error?: { code: string, message: string }): void => {
      this.#command = before
      this.#keep({ spanId, parent: this.#root, name, start, attributes: {}, ...(error && { error }) })
    }
    try {
      const value = await work({ ...this.#trace, spanId })
      end()
      return value
    } catch (error) {
      end({ code: 'command-failed', message: error instanceof Error ? error.message : String(error) })
      throw error
    }
  }

  /**
   * Notes a call of a provider: below the resource that it is about, or below the command when it
   * is about none.
   */
  call (
    span: Omit<EndedSpan, 'parent'>,
    subject?: { urn: string, type: string, deletes: boolean, method: string }
  ): void {
    const parent = subject
      ? this.#open(subject.urn, subject.deletes, {
        name: `resource ${subject.method}`,
        type: subject.type,
        start: span.start
      })?.spanId
      : this.#above()
    if (parent === undefined) this.#dropped++
    else if (this.#room()) this.#keep({ ...span, parent, kind: 'client' })
  }

  /**
   * Makes spans of resources from the unit's events. A provider may have been called before the
   * engine's event came: then the span is there already.
   */
  observe (events: readonly EventDraft[]): void {
    for (const event of events) {
      if (!isOperation(event)) continue
      const { type, urn, op, resource } = event
      // Tells that a creation and a deletion replace a resource; these have events of their own.
      if (op === 'replace') continue
      const deletes = op.startsWith('delete') || op.startsWith('discard')
      const open = this.#open(urn, deletes, {
        name: `resource ${op.split('-', 1)[0] ?? op}`,
        type: resource.type,
        start: spanTime(),
        op
      })
      if (type === 'resource.started') continue
      if (!open) {
        this.#dropped++
        continue
      }
      this.#resources.delete(keyOf(urn, deletes))
      if (this.#room()) {
        this.#keep({
          ...open,
          ...(type === 'resource.failed' && { error: { code: 'resource-failed', message: event.message } })
        })
      }
    }
  }

  /** Ends the host's span and sends what is left. */
  async close (
    { unit, outcome, error }: { unit: string, outcome?: { status: string, error?: Failure }, error?: unknown }
  ): Promise<void> {
    for (const open of this.#resources.values()) {
      if (this.#room()) {
        this.#keep({ ...open, attributes: { ...open.attributes, 'windlass.unfinished': true } })
      }
    }
    this.#resources.clear()
    const failure = error === undefined
      ? outcome?.error
      : { code: 'host-failed', message: error instanceof Error ? error.message : String(error) }
    this.#keep({
      spanId: this.#root,
      parent: this.#trace.spanId,
      name: 'host run',
      start: this.#start,
      attributes: {
        'windlass.unit': unit,
        'process.pid': process.pid,
        ...(outcome && { 'windlass.result': outcome.status }),
        ...(this.#dropped > 0 && { 'windlass.spans.dropped': this.#dropped })
      },
      ...(failure && { error: { code: failure.code, message: failure.message } })
    })
    await this.#flush()
  }

  #above (): string {
    return this.#command ?? this.#root
  }

  #open (
    urn: string,
    deletes: boolean,
    { name, type, start, op }: { name: string, type: string, start: number, op?: string }
  ): OpenResource | undefined {
    const key = keyOf(urn, deletes)
    const known = this.#resources.get(key)
    if (known) {
      if (op !== undefined) {
        Object.assign(known, { name, attributes: { ...known.attributes, 'pulumi.op': op } })
      }
      return known
    }
    if (this.#made + this.#resources.size >= mostSpans) return undefined
    const made = {
      spanId: newSpanId(),
      parent: this.#above(),
      name,
      start,
      attributes: { 'pulumi.urn': urn, 'pulumi.type': type, ...(op !== undefined && { 'pulumi.op': op }) }
    }
    this.#resources.set(key, made)
    return made
  }

  /** Says whether one more may be made; one that may not is counted. */
  #room (): boolean {
    if (this.#made < mostSpans) {
      this.#made++
      return true
    }
    this.#dropped++
    return false
  }

  #keep (
    { spanId = newSpanId(), parent, name, kind = 'internal', start, attributes, error }: EndedSpan
  ): void {
    this.#waiting.push({
      traceId: this.#trace.traceId,
      spanId,
      parent,
      name,
      kind,
      start,
      end: spanTime(),
      attributes,
      ...(error && { error })
    })
    if (this.#waiting.length >= batchSpans) void this.#flush()
    else {this.#timer ??= setTimeout(() => {
        void this.#flush()
      }, batchMilliseconds)}
  }

  async #flush (): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const spans = this.#waiting.splice(0)
    if (spans.length > 0) {
      await this.#send(
        spans.map((span) => ({
          ...span,
          attributes: this.#redactor.value(span.attributes),
          ...(span.error &&
            {
              error: {
                code: span.error.code,
                message: cutText(this.#redactor.text(span.error.message), longestMessage)
              }
            })
        }))
      )
    }
  }
}

type OperationDraft = EventDraft<'resource.started' | 'resource.succeeded' | 'resource.failed'>

function isOperation (event: EventDraft): event is OperationDraft {
  return event.type === 'resource.started' || event.type === 'resource.succeeded' ||
    event.type === 'resource.failed'
}

// A replaced resource is created under the name under which its forerunner is deleted.
const keyOf = (urn: string, deletes: boolean): string => `${deletes ? 'delete' : 'other'} ${urn}`
