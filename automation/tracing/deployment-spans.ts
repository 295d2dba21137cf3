/**
 * The spans of a deployment, its phases and attempts, as their children name them. They outlive
 * processes, so their ids are made from what they are about. Pure.
 */
import { type Attributes, contextOf, derivedSpanId, type TraceContext } from './context.ts'

/**
 * The deployment's own span, below the one that launched or resumed it; undefined when nobody
 * traces it.
 */
export function deploymentContext (id: string, trace: string | null): TraceContext | undefined {
  const above = contextOf(trace)
  return above && { ...above, spanId: derivedSpanId(above.spanId, 'deployment', id) }
}

/** The span of a phase. */
export function phaseContext (deployment: TraceContext, phase: number): TraceContext {
  return { ...deployment, spanId: derivedSpanId(deployment.spanId, 'phase', phase) }
}

/** The span of one attempt at a unit. */
export function attemptContext (deployment: TraceContext, unit: string, attempt: number): TraceContext {
  return { ...deployment, spanId: derivedSpanId(deployment.spanId, 'unit', unit, attempt) }
}

/** A deployment as the attributes of its spans describe it. */
export interface DescribedDeployment {
  readonly federation: string
  readonly request: { readonly operation: string, readonly mode: string }
  /** Null in mode live. */
  readonly world: string | null
}

/** The attributes that all spans of a deployment have. */
export function deploymentAttributes (
  id: string,
  { federation, request: { operation, mode }, world }: DescribedDeployment
): Attributes {
  return {
    'windlass.deployment': id,
    'windlass.federation': federation,
    'windlass.operation': operation,
    'windlass.mode': mode,
    ...(world !== null && { 'windlass.world': world })
  }
}
