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
import { type Attributes, contextOf, newSpanId, spanTime, type TraceContext } from '../tracing/context.ts'
import {
  attemptContext,
  deploymentAttributes,
  deploymentContext,
  phaseContext
} from '../tracing/deployment-spans.ts'
import { type Tracing } from '../tracing/tracing.ts'

/** What spans that end at the same moment share. */
interface Common {
  traceId: string
  kind: 'internal'
  end: number
  attributes: Attributes
  phases: TracedDeployment['phases']
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
   * To be called once the events are stored. It keeps nobody waiting: a deployment is not to fail
   * for what is told of it.
   */
  stored (id: string, events: readonly EventDraft[]): void {
    if (!this.#tracing) return
    const told = events.filter(({ type, reason }) =>
      ends.has(String(type)) || (type === 'unit.interrupted' && reason === 'service-died')
    )
    if (told.length > 0) {
      void this.#emit(id, told).catch((error: unknown) => {
        this.#logger.warn({ err: error, deployment: id }, 'spans of a deployment could not be made')
      })
    }
  }

  async #emit (id: string, events: readonly EventDraft[]): Promise<void> {
    const end = spanTime()
    const traced = await readTrace(this.#pool, id)
    const deployment = traced && deploymentContext(id, traced.trace)
    const above = traced && contextOf(traced.trace)
    if (!traced || !deployment?.sampled || !above) return
    const attributes = deploymentAttributes(id, traced)
    for (const event of events) {
      const [subject, result = ''] = String(event.type).split('.')
      const common = { traceId: deployment.traceId, kind: 'internal' as const, end }
      if (subject === 'phase') {
        const phase = traced.phases.find(({ number }) => number === event.phase)
        if (!phase) continue
        this.#tracing?.emit({
          ...common,
          spanId: phaseContext(deployment, phase.number).spanId,
          parent: deployment.spanId,
          name: `phase ${phase.name}`,
          start: phase.since,
          attributes: { ...attributes, 'windlass.phase': phase.number, 'windlass.result': result },
          ...(result === 'failed' &&
            { error: { code: 'phase-failed', message: `phase ${phase.number} did not succeed` } })
        })
      } else if (decisions.has(result)) {
        const start = await readLastTime(this.#pool, id, 'deployment.waiting')
        if (start === undefined) continue
        const { phase = 0 } = event as { phase?: number }
        this.#tracing?.emit({
          ...common,
          spanId: newSpanId(),
          parent: deployment.spanId,
          name: 'gate',
          start,
          attributes: { ...attributes, 'windlass.phase': phase, 'windlass.result': result }
        })
      } else if (subject === 'deployment') {
        const link = contextOf(traced.link)
        this.#tracing?.emit({
          ...common,
          spanId: deployment.spanId,
          parent: above.spanId,
          name: `deployment ${traced.request.operation}`,
          start: traced.since,
          attributes: { ...attributes, 'windlass.run': traced.run, 'windlass.result': result },
          ...(result === 'failed' && { error: failureOf(traced) }),
          ...(link && { links: [link] })
        })
      } else await this.#interrupted(id, deployment, { ...common, attributes, phases: traced.phases }, event)
    }
  }

  /** An attempt whose process can't say any more how it ended. */
  async #interrupted (
    id: string,
    deployment: TraceContext,
    common: Common,
    event: EventDraft
  ): Promise<void> {
    const { phases, ...rest } = common
    const { unit, phase, attempt } = event as { unit: string, phase: number, attempt: number }
    const start = await readLastTime(this.#pool, id, 'unit.started', unit)
    if (start === undefined) return
    this.#tracing?.emit({
      ...rest,
      spanId: attemptContext(deployment, unit, attempt).spanId,
      parent: phaseContext(deployment, phase).spanId,
      name: `unit ${phases.find(({ number }) => number === phase)?.name ?? phase}`,
      start,
      attributes: {
        ...rest.attributes,
        'windlass.unit': unit,
        'windlass.phase': phase,
        'windlass.attempt': attempt,
        'windlass.result': 'interrupted'
      },
      error: { code: 'service-died', message: 'the process that ran it is gone' }
    })
  }
}

/** How the wait at a gate ends. */
const decisions: ReadonlySet<string> = new Set(['approved', 'rejected'])
const ends: ReadonlySet<string> = new Set([
  ...['succeeded', 'failed', 'canceled'].flatMap((result) => [`phase.${result}`, `deployment.${result}`]),
  ...[...decisions].map((decision) => `deployment.${decision}`)
])

function failureOf ({ error }: TracedDeployment): { code: string, message: string } {
  return { code: error?.code ?? 'failed', message: error?.message ?? 'the deployment failed' }
}
