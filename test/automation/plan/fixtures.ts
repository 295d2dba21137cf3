/**
 * Small catalogs of phases and graphs for the plan's tests: what they deploy does not matter, only
 * how it hangs together.
 */
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { parseFederation } from '../../../automation/federation/load.ts'
import { type DurationTable } from '../../../automation/plan/durations.ts'
import { type Graph } from '../../../automation/plan/graph.ts'
import { type PhaseName } from '../../../contract/words.ts'
import {
  type EstimateStep,
  type Federation,
  type Phase,
  type Scope,
  type UnitKind,
  type UnitRef
} from '../../../programs/types.ts'

const text = await readFile(new URL('../../../federations/nautilus.yaml', import.meta.url), 'utf8')
const result = parseFederation(text, 'nautilus.yaml')
if ('errors' in result) throw new Error('nautilus.yaml does not load')
export const nautilus: Federation = result.federation

/**
 * Types named after what they take: `test:index:T60` is created in 60 s, updated in 30 and deleted
 * in 20.
 */
export const durations: DurationTable = {
  defaults: { test: { create: 1, update: 1, delete: 1 } },
  types: Object.fromEntries(
    [0, 10, 30, 60, 600].map((
      seconds
    ) => [`test:index:T${seconds}`, {
      create: seconds,
      update: seconds / 2,
      delete: seconds / 3,
      source: 'made up for tests'
    }])
  )
}

export const phaseNames: readonly PhaseName[] = [
  'prerequisites',
  'infrastructure',
  'networking',
  'mesh',
  'federation',
  'monitoring',
  'disaster-recovery',
  'validation'
]

export function kind (
  scope: UnitKind['scope'],
  scopes: (federation: Federation) => Scope[],
  dependsOn: (scope: Scope) => UnitRef[],
  steps: EstimateStep[] = [{ key: 'only', type: 'test:index:T60' }]
): UnitKind {
  return {
    scope,
    scopes,
    dependsOn: (_federation, one) => dependsOn(one),
    estimate: () => steps,
    load: () => Promise.reject(new Error('plans load no programs'))
  }
}

export function phase (number: number, ...units: UnitKind[]): Phase {
  const name = phaseNames[number - 1]
  if (name === undefined) throw new RangeError(`there is no phase ${number}`)
  return { number, name, title: name, units }
}

export const clusters = (federation: Federation): Scope[] =>
  federation.clusters.map(({ name, cloud }) => ({ kind: 'cluster', name, clusters: [name], cloud }))
export const whole = (
  federation: Federation
): Scope[] => [{ kind: 'federation', name: 'global', clusters: federation.clusters.map(({ name }) => name) }]
export const links = (federation: Federation): Scope[] =>
  federation.links.map(({ from, to }) => ({ kind: 'link', name: `${from}.${to}`, clusters: [from, to] }))

/**
 * Three phases: clusters, then links that need both ends and a global unit, then clusters that need
 * all of it.
 */
export const small: readonly Phase[] = [
  phase(1, kind('cluster', clusters, () => [])),
  phase(
    2,
    kind('link', links, (scope) => scope.clusters.map((name) => ({ phase: 'prerequisites', scope: name }))),
    kind(
      'federation',
      whole,
      (scope) => scope.clusters.map((name) => ({ phase: 'prerequisites', scope: name })),
      [{
        key: 'only',
        type: 'test:index:T600'
      }]
    )
  ),
  phase(
    3,
    kind(
      'cluster',
      clusters,
      (scope) => [{ phase: 'prerequisites', scope: scope.name }, { phase: 'infrastructure', scope: 'global' }]
    )
  )
]

/**
 * An acyclic graph of up to 14 nodes, each waiting for some before it, with keys in another order
 * than the dependencies.
 */
export const acyclic: fc.Arbitrary<Graph> = fc.integer({ min: 0, max: 14 }).chain((size) =>
  fc.tuple(
    fc.array(fc.array(fc.nat(Math.max(0, size - 1)), { maxLength: 4 }), { minLength: size, maxLength: size }),
    fc.shuffledSubarray(Array.from({ length: size }, (_, index) => index), { minLength: size })
  )
)
  .map(([edges, order]) =>
    new Map(
      order.map((node) => [
        `n${node}`,
        [...new Set((edges[node] ?? []).filter((other) => other < node))].map((other) => `n${other}`)
      ])
    )
  )

/** Any graph, cycles and loops included. */
export const anyGraph: fc.Arbitrary<Graph> = fc.integer({ min: 0, max: 10 }).chain((size) =>
  fc.array(fc.array(fc.nat(Math.max(0, size - 1)), { maxLength: 3 }), { minLength: size, maxLength: size })
    .map((edges) =>
      new Map(edges.map((others, node) => [`n${node}`, [...new Set(others)].map((other) => `n${other}`)]))
    )
)
