/**
 * A place (the live clouds, or a world of rehearsals) and what is deployed in it, as its stacks and
 * its last deployment tell. Pure.
 */
import type { Deployment, Stack, Unit } from '../api/client.ts'
import { phases, type Phase } from './phases.ts'
import type { State } from './state.ts'

export interface Place extends Pick<Deployment, 'mode'> {
  /** Of rehearsals only. */
  world?: string
}

/** The name of a place for people. */
export const placeName = ({ mode, world }: Place): string => mode === 'live' ? 'live' : world ?? 'default'

/** The place of a deployment. */
export const placeOf = ({ mode, world }: Deployment): Place => ({
  mode,
  ...(world !== undefined && { world })
})

/** The parameters that carry a place in an address. */
export const placeQuery = ({ mode, world }: Place): Record<string, string> => ({
  mode,
  ...(world !== undefined && { world })
})

/** The deployments of a federation in a place, the newest first. */
export const deploymentsIn = (items: readonly Deployment[], federation: string, place: Place): Deployment[] =>
  items.filter((item) =>
    item.federation === federation && item.mode === place.mode &&
    (place.mode === 'live' || item.world === place.world)
  )

/** Tells deployments that may change what is deployed from previews and drift checks. */
export const mayChange = ({ operation }: Deployment): boolean =>
  operation !== 'preview' && operation !== 'drift-check'

/**
 * The worlds that rehearsals of a federation used, the latest first. A fresh world is dropped after
 * its deployment, and left out.
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
 * States of units by id: what the last deployment does or failed to do with a unit, or else that
 * its stack exists.
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

export interface ClusterState {
  /** All phases in one word. */
  state: State
  phases: (Pick<Phase, 'number' | 'name'> & { status: State })[]
  /** Number of phases that are deployed. */
  deployed: number
}

/** The state of a cluster, phase by phase and as a whole. */
export function clusterState (cluster: string, units: ReadonlyMap<string, State>): ClusterState {
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
