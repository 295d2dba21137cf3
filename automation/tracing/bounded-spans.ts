import { setTimeout as delay } from 'node:timers/promises'
import { TraceFlags } from '@opentelemetry/api'
import { ExportResultCode, getNumberFromEnv } from '@opentelemetry/core'
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor
} from '@opentelemetry/sdk-trace-node'
import { cutText } from '../../contract/text/cut.ts'
import { type TracingOptions } from './tracing.ts'

/**
 * Spans that may wait for the receiver (OTEL_BSP_MAX_QUEUE_SIZE), about a kilobyte each: twice what
 * a federation's busiest second makes. They leave in batches of 512, one after another.
 */
const longestQueue = 8_192
/**
 * Milliseconds for which a closing service sends what waits: a receiver on the network takes a
 * batch in tens of them.
 */
const closePatience = 5_000
/** Characters of a reason at most. */
const longestReason = 1_000

/**
 * Never more spans than the queue holds, counting those under way: the others are dropped and
 * counted. A receiver that is away is warned of once, until it is back.
 */
export class BoundedSpans implements SpanProcessor {
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
      { spans, reason: cutText(reason, longestReason) },
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
