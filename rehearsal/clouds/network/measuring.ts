/** What Jobs that measure have in common: where their pods stand, and where they tell. Pure. */
import { type WireObject } from '../../wire.ts'
import { type Draft, type Found } from '../draft.ts'
import { objectAt, stringAt, valuesAt } from '../wire-values.ts'
import { apiReach } from './cluster-api.ts'
import { type Pod } from './pod-policies.ts'
import { Routes } from './routes.ts'
import { type Site } from './site.ts'
import { World } from './world.ts'

/** Annotations in which a Job tells what it found; no real Job writes the second. */
export const told = { results: 'windlass.io/results', unknown: 'windlass.io/unknown' } as const

/** A Job's pod in the world that it measures. */
export interface Measuring {
  readonly world: World
  readonly site: Site
  readonly pod: Pod
  readonly routes: Routes
}

/** A variable of a Job's containers; empty when none has it. */
export function variableOf (job: WireObject, name: string): string {
  const variables = valuesAt(job, 'spec.template.spec.containers[].env[]')
  return stringAt(variables.find((one) => stringAt(one, 'name') === name), 'value') ?? ''
}

/**
 * The pod of a Job in the world; undefined when it cannot tell what it finds, since it does not
 * reach its API server.
 */
export function measuringPod (draft: Draft, found: Found): Measuring | undefined {
  const world = new World(found.all())
  const site = world.at(draft.account)
  const pod: Pod = {
    namespace: stringAt(draft.inputs, 'metadata.namespace') ?? 'default',
    labels: objectAt(draft.inputs, 'spec.template.metadata.labels')
  }
  return site && apiReach(world, site, pod).reached
    ? { world, site, pod, routes: new Routes(world) }
    : undefined
}
