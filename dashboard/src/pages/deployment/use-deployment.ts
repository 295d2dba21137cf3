import { useCallback, useEffect, useRef } from 'react'
import { lastPhase } from '../../../../contract/words.ts'
import type { Deployment, Plan, PlanQuery, Unit } from '../../api/client.ts'
import { deployment as deploymentResource, plan as planResource, unitStates } from '../../api/queries.ts'
import { refresh, useResource, type Known } from '../../api/resource.ts'
import { useEventLog, useRevision, type EventLog } from '../../live/event-log.ts'
import { placeOf } from '../../model/place.ts'
import { isEnded } from '../../model/state.ts'
import { useNow } from '../../ui/now.tsx'

/**
 * Milliseconds between reads of a deployment that runs, though its events tell sooner, and of one
 * that has ended and may be resumed.
 */
const busy = 3_000
const quiet = 15_000

/**
 * Milliseconds between reads that events cause: a rehearsal ends several units a second, and the
 * requests of a caller are limited.
 */
const stepPause = 800

/** The plan that a deployment follows, as the federation's file has it today. */
function planOf (item: Deployment): PlanQuery {
  const { request: { operation, phases, ordering, parallelism, clusters, orphaned } } = item
  return {
    ...placeOf(item),
    operation,
    from: phases?.from ?? 1,
    to: phases?.to ?? lastPhase,
    ...(ordering && { ordering }),
    ...(parallelism !== undefined && { parallelism }),
    ...(clusters && { clusters: clusters.join(',') }),
    ...(orphaned && { orphaned: 'true' as const })
  }
}

/** Calls at once, then once in so many milliseconds at most, and again for calls in between. */
function useThrottled (act: () => void, pause: number): () => void {
  const timer = useRef<number>(undefined)
  const again = useRef(false)
  useEffect(() => () => {
    window.clearTimeout(timer.current)
  }, [])
  return useCallback(() => {
    if (timer.current !== undefined) {
      again.current = true
      return
    }
    const turn = () => {
      act()
      timer.current = window.setTimeout(() => {
        timer.current = undefined
        if (again.current) {
          again.current = false
          turn()
        }
      }, pause)
    }
    turn()
  }, [])
}

export interface FollowedDeployment {
  known: Known<Deployment>
  units: Known<Unit[]>
  /** Undefined until it is known; some deployments have none any more. */
  plan: Plan | undefined
  /** Undefined during the first render. */
  log: EventLog | undefined
  /** The time, each second while the deployment runs. */
  now: number
  /** Milliseconds between reads. */
  every: number
}

/** Reads a deployment with its units and plan, and follows its events as long as it runs. */
export function useDeployment (id: string): FollowedDeployment {
  const first = useResource(deploymentResource(id)).data
  const ended = first !== undefined && isEnded(first)
  const every = ended ? quiet : busy
  const known = useResource(deploymentResource(id), every)
  const units = useResource(unitStates(id), every)
  const plan = useResource(first && planResource(first.federation, planOf(first))).data
  const log = useEventLog(useThrottled(() => {
    refresh(`deployment/${id}`)
  }, stepPause))
  useRevision(log)
  const now = useNow(ended || !first ? undefined : 1000)
  // Events that are known need not be read; the view of events asks for all of them.
  useEffect(() => {
    if (!log || !first || ended) return
    log.open(id, first.lastEvent)
    log.wake()
  }, [log, first === undefined, ended])
  return { known, units, plan, log, now, every }
}
