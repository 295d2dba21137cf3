/** The OpenTelemetry SDK behind `Tracing`. */
import {
  type Context,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes
} from '@opentelemetry/resources'
import { BasicTracerProvider, type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-node'
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { cutText } from '../../contract/text/cut.ts'
import { BoundedSpans } from './bounded-spans.ts'
import { activeTrace, type SpanRecord, spanTime, type TraceContext, underTrace } from './context.ts'
import { type OpenSpan, type SpanStart, type Tracing, type TracingOptions } from './tracing.ts'

/** Characters of a status' text at most. */
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

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, server: SpanKind.SERVER }

// The SDK takes small numbers for times since the start of the process: seconds and nanoseconds
// cannot be mistaken.
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

/** Opens traces over the SDK; see `openTracing`. */
export function openOtlp (options: TracingOptions): Tracing {
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
    spanProcessors: [new BoundedSpans(new OTLPTraceExporter(), options)]
  })
  const tracer = provider.getTracer('windlass', options.version)
  return {
    start: (name, start) => startSpan(tracer, name, start),
    async within (name, attributes, work) {
      const parent = activeTrace()
      const span = startSpan(tracer, name, { attributes, ...(parent && { parent }) })
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
    emit (record) {
      ids.next = record.spanId
      emitSpan(tracer, record)
    },
    close: () => provider.shutdown()
  }
}

function startSpan (
  tracer: Tracer,
  name: string,
  { attributes = {}, kind = 'internal', parent }: SpanStart = {}
): OpenSpan {
  const options = { kind: kinds[kind], attributes, startTime: hrTime(spanTime()) }
  const span = tracer.startSpan(name, options, below(parent))
  const { traceId, spanId, traceFlags } = span.spanContext()
  return {
    context: { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 },
    set (more) {
      span.setAttributes(more)
    },
    end (error) {
      if (!span.isRecording()) return
      if (error) fail(span, error)
      span.end(hrTime(spanTime()))
    }
  }
}

function emitSpan (
  tracer: Tracer,
  { traceId, parent, name, kind, start, end, attributes, error, links = [] }: SpanRecord
): void {
  const span = tracer.startSpan(name, {
    kind: kinds[kind],
    attributes,
    startTime: hrTime(start),
    links: links.map((link) => ({ context: spanContext(link) }))
  }, below({ traceId, spanId: parent, sampled: true }))
  if (error) fail(span, error)
  span.end(hrTime(Math.max(start, end)))
}

function fail (span: Span, { code, message }: { code: string, message: string }): void {
  span.setAttribute(ATTR_ERROR_TYPE, code).setStatus({
    code: SpanStatusCode.ERROR,
    message: cutText(message, longestMessage)
  })
}
