/** The OpenTelemetry SDK behind `Tracing`. */
import { setTimeout as delay } from 'node:timers/promises'
import {
  type Context,
  ROOT_CONTEXT,
  type HrTime,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags
} from '@opentelemetry/api'
import { ExportResultCode, getNumberFromEnv } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes
} from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor
} from '@opentelemetry/sdk-trace-node'
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { activeTrace, spanTime, type TraceContext, underTrace } from './context.ts'
import { type OpenSpan, type SpanStart, type Tracing, type TracingOptions } from './tracing.ts'

/**
 * Spans that may wait for the receiver (OTEL_BSP_MAX_QUEUE_SIZE), about a kilobyte each: twice what
 * a federation's busiest second makes. They leave in batches of 512, one after another.
 */
const longestQueue = 8_192
/**
 * How long a closing service sends what waits, milliseconds: a receiver on the network takes a
 * batch in tens of them.
 */
const closePatience = 5_000
/** A status' text at most. */
const longestMessage = 1_000

/** Ids at random, but for a span whose id others know already. */
class Ids implements IdGenerator {
  readonly #random = new RandomIdGenerator()
  next: string | undefined

  generateTraceId = (): string => this.#random.generateTraceId()

  generateSpanId = (): string => {
    const { next } = this
    this.next = undefined
    return next ?? this.#random.generateSpanId()
  }
}

/**
 * Never more spans than the queue holds, counting those under way: the others are dropped and
 * counted. A receiver that is away is warned of once, until it is back.
 */
class Bounded implements SpanProcessor {
  readonly #limit = getNumberFromEnv('OTEL_BSP_MAX_QUEUE_SIZE') ?? longestQueue
  readonly #batches: BatchSpanProcessor
  readonly #options: TracingOptions
  #waiting = 0
  #failing = false

  constructor (exporter: SpanExporter, options: TracingOptions) {
    this.#options = options
    const counted: SpanExporter = {
      export: (spans, callback) => {
        exporter.export(spans, (result) => {
          this.#waiting -= spans.length
          if (result.code === ExportResultCode.SUCCESS) {
            this.#failing = false
            options.count('exported', spans.length)
          } else this.#drop(spans.length, result.error?.message || 'no reason was given')
          callback(result)
        })
      },
      shutdown: () => exporter.shutdown()
    }
    this.#batches = new BatchSpanProcessor(counted, { maxQueueSize: this.#limit })
  }

  onStart (): void {/* spans are of interest when they end */}

  onEnd (span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return
    if (this.#waiting >= this.#limit) {
      this.#drop(1, `${this.#limit} spans wait for the receiver`)
      return
    }
    this.#waiting++
    this.#batches.onEnd(span)
  }

  /** `reason` is never the receiver's answer, nor what was sent: headers hold credentials. */
  #drop (spans: number, reason: string): void {
    this.#options.count('dropped', spans)
    if (this.#failing) return
    this.#failing = true
    this.#options.warn(
      { spans, reason: reason.slice(0, longestMessage) },
      'spans of traces were dropped: the receiver at OTEL_EXPORTER_OTLP_ENDPOINT does not take them; the ' +
        'service goes on without'
    )
  }

  forceFlush (): Promise<void> {
    return this.#batches.forceFlush()
  }

  /** Sends what waits, for a bounded time; what is left is dropped. */
  async shutdown (): Promise<void> {
    const over = new AbortController()
    await Promise.race([
      this.#batches.shutdown().catch(() => undefined),
      delay(closePatience, undefined, { signal: over.signal }).catch(() => undefined)
    ])
    over.abort()
    if (this.#waiting > 0) this.#drop(this.#waiting, 'the service closes')
  }
}

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, server: SpanKind.SERVER }

// The SDK takes small numbers for times since the start of the process: seconds and nanoseconds
// can't be mistaken.
function hrTime (milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000)
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)]
}

const spanContext = ({ traceId, spanId, sampled }: TraceContext): SpanContext => ({
  traceId,
  spanId,
  traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  isRemote: true
})
const below = (parent: TraceContext | undefined): Context =>
  parent ? trace.setSpanContext(ROOT_CONTEXT, spanContext(parent)) : ROOT_CONTEXT

/** See `openTracing`. */
export function createTracing (options: TracingOptions): Tracing {
  const ids = new Ids()
  // What the variables say about the resource wins.
  const resource = defaultResource()
    .merge(
      resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'windlass', [ATTR_SERVICE_VERSION]: options.version })
    )
    .merge(detectResources({ detectors: [envDetector] }))
  const provider = new BasicTracerProvider({
    resource,
    idGenerator: ids,
    spanProcessors: [new Bounded(new OTLPTraceExporter(), options)]
  })
  const tracer = provider.getTracer('windlass', options.version)

  function start (name: string, { attributes = {}, kind = 'internal', parent }: SpanStart = {}): OpenSpan {
    const span = tracer.startSpan(
      name,
      { kind: kinds[kind], attributes, startTime: hrTime(spanTime()) },
      below(parent)
    )
    const { traceId, spanId, traceFlags } = span.spanContext()
    return {
      context: { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 },
      set (more) {
        span.setAttributes(more)
      },
      end (error) {
        if (!span.isRecording()) return
        if (error) {
          span.setAttribute(ATTR_ERROR_TYPE, error.code).setStatus({
            code: SpanStatusCode.ERROR,
            message: error.message.slice(0, longestMessage)
          })
        }
        span.end(hrTime(spanTime()))
      }
    }
  }

  return {
    start,
    async within (name, attributes, work) {
      const parent = activeTrace()
      const span = start(name, { attributes, ...(parent && { parent }) })
      try {
        const value = await underTrace(span.context, work)
        span.end()
        return value
      } catch (error) {
        const { code } = error as { code?: unknown }
        span.end({
          code: typeof code === 'string' ? code : 'internal',
          message: error instanceof Error ? error.message : String(error)
        })
        throw error
      }
    },
    emit ({ traceId, spanId, parent, name, kind, start: from, end, attributes, error, links = [] }) {
      ids.next = spanId
      const span = tracer.startSpan(name, {
        kind: kinds[kind],
        attributes,
        startTime: hrTime(from),
        links: links.map((link) => ({ context: spanContext(link) }))
      }, below({ traceId, spanId: parent, sampled: true }))
      if (error) {
        span.setAttribute(ATTR_ERROR_TYPE, error.code).setStatus({
          code: SpanStatusCode.ERROR,
          message: error.message.slice(0, longestMessage)
        })
      }
      span.end(hrTime(Math.max(from, end)))
    },
    close: () => provider.shutdown()
  }
}
