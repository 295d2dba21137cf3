/**
 * What is deployed in one place (live, or a world of rehearsals), as stacks and the last deployment
 * tell. Pure.
 */
import type { Deployment, Stack, Unit } from '../api/client.ts'
import { phases } from './phases.ts'
import type { State } from './words.ts'

type Place = Pick<Deployment, 'mode' | 'world'>

/** The name of a place for people. */
export const placeName = ({ mode, world }: Place): string => mode === 'live' ? 'live' : world ?? 'default'

/** The deployments of a federation in a place, the newest first. */
export const deploymentsIn = (items: readonly Deployment[], federation: string, place: Place): Deployment[] =>
  items.filter((item) =>
    item.federation === federation && item.mode === place.mode &&
    (place.mode === 'live' || item.world === place.world)
  )

/**
 * The worlds that rehearsals of a federation used, the latest first; those that were made for one
 * deployment are gone.
 */
export function worldsOf (items: readonly Deployment[], federation: string): string[] {
  return [
    ...new Set(
      items.flatMap((item) =>
        item.federation === federation && item.world !== undefined &&
          item.request.rehearsal?.world !== 'fresh'
          ? [item.world]
          : []
      )
    )
  ]
}

/**
 * A unit's state: what the last deployment is doing or failed to do with it, else whether its stack
 * exists.
 */
export function unitStates (stacks: readonly Stack[], last: readonly Unit[] | undefined): Map<string, State> {
  const states = new Map<string, State>()
  for (const { unit, resources } of stacks) {
    if (unit !== undefined && resources > 0) states.set(unit, 'succeeded')
  }
  for (const { id, status } of last ?? []) {
    if (status === 'running' || status === 'failed' || status === 'canceled') states.set(id, status)
  }
  return states
}

/** A cluster phase by phase, and in one word. */
export function clusterState (
  cluster: string,
  units: ReadonlyMap<string, State>
): { state: State, phases: { number: number, name: string, status: State }[], deployed: number } {
  const each = phases.map(({ number, name }) => ({
    number,
    name,
    status: units.get(`${name}.${cluster}`) ?? 'absent' as State
  }))
  const deployed = each.filter(({ status }) => status === 'succeeded').length
  const loud = (['failed', 'running', 'canceled'] as const).find((state) =>
    each.some(({ status }) => status === state)
  )
  return {
    state: loud ?? (deployed === each.length ? 'succeeded' : deployed > 0 ? 'pending' : 'absent'),
    phases: each,
    deployed
  }
}
