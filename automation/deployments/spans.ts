/**
 * The spans of deployments. Those of a deployment and its phases last for hours and outlive
 * processes: they are emitted once, when they end, by whoever ends them, with the start that the
 * store knows and an id made from what they are about, by which their children name them all the
 * while.
 */
import { type EventDraft } from '../event-draft.ts'
import { type Logger } from '../logger.ts'
import { readLastTime, readTrace, type TracedDeployment } from '../store/deployments/trace.ts'
import { type Pool } from '../store/postgres/database.ts'
import {
  type Attributes,
  contextOf,
  newSpanId,
  type SpanRecord,
  spanTime,
  type TraceContext
} from '../tracing/context.ts'
import {
  attemptContext,
  deploymentAttributes,
  deploymentContext,
  phaseContext
} from '../tracing/deployment-spans.ts'
import { type Tracing } from '../tracing/tracing.ts'

/** A deployment whose spans end, and what these share. */
interface Subject {
  id: string
  /** The deployment's own span. */
  context: TraceContext
  /** The span above it. */
  above: string
  traced: TracedDeployment
  common: Pick<SpanRecord, 'traceId' | 'kind' | 'end'>
  attributes: Attributes
}

/**
 * Emits spans of what stored events say has ended: phases, the deployment, attempts whose process
 * is gone.
 */
export class DeploymentSpans {
  readonly #tracing: Tracing | undefined
  readonly #pool: Pool
  readonly #logger: Logger

  constructor ({ tracing, pool, logger }: { tracing?: Tracing, pool: Pool, logger: Logger }) {
    this.#tracing = tracing
    this.#pool = pool
    this.#logger = logger
  }

  /**
   * Emits the spans that stored events end. It keeps nobody waiting: a deployment is not to fail
   * for what is told of it.
   */
  stored (id: string, events: readonly EventDraft[]): void {
    if (!this.#tracing) return
    const told = events.filter(endsSpan)
    if (told.length > 0) {
      void this.#emit(id, told).catch((error: unknown) => {
        this.#logger.warn({ err: error, deployment: id }, 'spans of a deployment could not be made')
      })
    }
  }

  async #emit (id: string, events: readonly Ending[]): Promise<void> {
    const end = spanTime()
    const traced = await readTrace(this.#pool, id)
    const context = traced && deploymentContext(id, traced.trace)
    const above = traced && contextOf(traced.trace)
    if (!traced || !context?.sampled || !above) return
    const subject: Subject = {
      id,
      context,
      above: above.spanId,
      traced,
      common: { traceId: context.traceId, kind: 'internal', end },
      attributes: deploymentAttributes(id, traced)
    }
    for (const event of events) {
      const span = await this.#spanOf(event, subject)
      if (span) this.#tracing?.emit(span)
    }
  }

  async #spanOf (event: Ending, subject: Subject): Promise<SpanRecord | undefined> {
    switch (event.type) {
      case 'phase.succeeded':
        return phaseSpan(event.phase, 'succeeded', subject)
      case 'phase.failed':
        return phaseSpan(event.phase, 'failed', subject)
      case 'phase.canceled':
        return phaseSpan(event.phase, 'canceled', subject)
      case 'deployment.approved':
        return await this.#gateSpan(event.phase, 'approved', subject)
      case 'deployment.rejected':
        return await this.#gateSpan(event.phase, 'rejected', subject)
      case 'deployment.succeeded':
        return deploymentSpan('succeeded', subject)
      case 'deployment.failed':
        return deploymentSpan('failed', subject)
      case 'deployment.canceled':
        return deploymentSpan('canceled', subject)
      case 'unit.interrupted':
        return await this.#attemptSpan(event, subject)
    }
  }

  /** The wait at a gate. */
  async #gateSpan (
    phase: number,
    result: 'approved' | 'rejected',
    { id, context, common, attributes }: Subject
  ): Promise<SpanRecord | undefined> {
    const start = await readLastTime(this.#pool, id, 'deployment.waiting')
    return start === undefined
      ? undefined
      : {
        ...common,
        spanId: newSpanId(),
        parent: context.spanId,
        name: 'gate',
        start,
        attributes: { ...attributes, 'windlass.phase': phase, 'windlass.result': result }
      }
  }

  /** An attempt whose process can no longer say how it ended. */
  async #attemptSpan (
    { unit, phase, attempt }: EventDraft<'unit.interrupted'>,
    { id, context, traced, common, attributes }: Subject
  ): Promise<SpanRecord | undefined> {
    const start = await readLastTime(this.#pool, id, 'unit.started', unit)
    return start === undefined
      ? undefined
      : {
        ...common,
        spanId: attemptContext(context, unit, attempt).spanId,
        parent: phaseContext(context, phase).spanId,
        name: `unit ${traced.phases.find(({ number }) => number === phase)?.name ?? phase}`,
        start,
        attributes: {
          ...attributes,
          'windlass.unit': unit,
          'windlass.phase': phase,
          'windlass.attempt': attempt,
          'windlass.result': 'interrupted'
        },
        error: { code: 'service-died', message: 'the process that ran it is gone' }
      }
  }
}

/** Events that end a span. */
type Ending = EventDraft<
  | 'phase.succeeded'
  | 'phase.failed'
  | 'phase.canceled'
  | 'deployment.approved'
  | 'deployment.rejected'
  | 'deployment.succeeded'
  | 'deployment.failed'
  | 'deployment.canceled'
  | 'unit.interrupted'
>

const endings: ReadonlySet<string> = new Set(
  [
    'phase.succeeded',
    'phase.failed',
    'phase.canceled',
    'deployment.approved',
    'deployment.rejected',
    'deployment.succeeded',
    'deployment.failed',
    'deployment.canceled',
    'unit.interrupted'
  ] satisfies Ending['type'][]
)

/** An attempt that is cut off in a living process ends its own span. */
function endsSpan (event: EventDraft): event is Ending {
  return endings.has(event.type) && (event.type !== 'unit.interrupted' || event.reason === 'service-died')
}

type Result = 'succeeded' | 'failed' | 'canceled'

function phaseSpan (
  number: number,
  result: Result,
  { context, traced, common, attributes }: Subject
): SpanRecord | undefined {
  const phase = traced.phases.find((one) => one.number === number)
  return phase && {
    ...common,
    spanId: phaseContext(context, number).spanId,
    parent: context.spanId,
    name: `phase ${phase.name}`,
    start: phase.since,
    attributes: { ...attributes, 'windlass.phase': number, 'windlass.result': result },
    ...(result === 'failed' &&
      { error: { code: 'phase-failed', message: `phase ${number} did not succeed` } })
  }
}

function deploymentSpan (
  result: Result,
  { context, above, traced, common, attributes }: Subject
): SpanRecord {
  const link = contextOf(traced.link)
  return {
    ...common,
    spanId: context.spanId,
    parent: above,
    name: `deployment ${traced.request.operation}`,
    start: traced.since,
    attributes: { ...attributes, 'windlass.run': traced.run, 'windlass.result': result },
    ...(result === 'failed' && { error: failureOf(traced) }),
    ...(link && { links: [link] })
  }
}

function failureOf ({ error }: TracedDeployment): { code: string, message: string } {
  return { code: error?.code ?? 'failed', message: error?.message ?? 'the deployment failed' }
}
