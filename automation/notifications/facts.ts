/** Facts of an event that receivers are told. Pure. */
import { type Facts } from '../store/messages/facts.ts'
import { type NotedEvent, type Notice } from '../store/messages/notices.ts'
import { traceparentOf } from '../tracing/context.ts'
import { deploymentContext } from '../tracing/deployment-spans.ts'

/** The facts of an event that somebody may want to hear of. */
export function factsOf (
  { event, federation, operation, mode, world, launchedBy, trace: above }: Notice
): Facts {
  const { deployment, seq, time, type } = event
  const trace = deploymentContext(deployment, above)
  return {
    federation,
    deployment,
    operation,
    mode,
    ...(world !== null && { world }),
    what: whatOf(event),
    seq,
    time,
    ...('phase' in event && { phase: event.phase }),
    ...('unit' in event && { unit: event.unit }),
    ...('actor' in event && event.actor && { actor: event.actor }),
    ...(launchedBy && { launchedBy }),
    ...ownFacts(event),
    type,
    ...(trace && { trace: traceparentOf(trace) })
  }
}

/** The word for an event in the federation file: who waits for people hears nothing of windows. */
function whatOf (event: NotedEvent): string {
  if (event.type === 'unit.failed') return 'unit-failed'
  return event.type === 'deployment.waiting' && event.window
    ? 'window'
    : event.type.slice('deployment.'.length)
}

/** Facts that only events of this type have. */
function ownFacts (event: NotedEvent): Partial<Facts> {
  switch (event.type) {
    case 'deployment.waiting':
      return event.window ? { window: event.window } : {}
    case 'deployment.drift':
      return { drift: event.drift, units: event.units, types: event.types }
    case 'deployment.findings':
      return { mandatory: event.mandatory, advisory: event.advisory, policies: event.policies }
    case 'deployment.succeeded':
    case 'deployment.failed':
    case 'deployment.canceled':
      return { ...errorOf(event), ...(event.drift && { drift: event.drift }) }
    case 'unit.failed':
      return {
        ...errorOf(event),
        resourceChanges: event.resourceChanges,
        ...(event.drift && { drift: event.drift })
      }
    case 'deployment.queued':
    case 'deployment.started':
    case 'deployment.approval':
    case 'deployment.approved':
    case 'deployment.rejected':
    case 'deployment.canceling':
    case 'deployment.resumed':
    case 'deployment.continued':
      return {}
  }
}

function errorOf (event: { error?: { code: string, message: string } }): Pick<Facts, 'error'> {
  return event.error ? { error: { code: event.error.code, message: event.error.message } } : {}
}
