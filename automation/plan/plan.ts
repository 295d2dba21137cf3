/** From a federation and an operation to units in order with their predicted times. Pure. */
import {
  orphanOperations,
  type CloudName,
  type Operation,
  type Ordering,
  type PhaseName,
  type ScopeKind
} from '../../contract/words.ts'
import { catalog as allPhases } from '../../programs/catalog.ts'
import { type Federation, type Phase } from '../../programs/types.ts'
import { type DurationTable } from './durations.ts'
import { PlanError } from './errors.ts'
import { longestPath, reverse, topologicalOrder, type Graph } from './graph.ts'
import { type Orphan } from './orphans.ts'
import { schedule, type Task } from './schedule.ts'
import { stackName } from './stack-name.ts'
import { unitSeconds } from './unit-duration.ts'
import { allUnits, dependencyGraph, precedentsOf, type Unit } from './units.ts'

/** A plan that is asked for. */
export interface PlanRequest {
  readonly federation: Federation
  readonly operation: Operation
  /** Numbers of the first and last phase, both included; all phases when absent. */
  readonly phases?: { readonly from?: number | undefined, readonly to?: number | undefined } | undefined
  /** Only units all of whose clusters are named; all when absent. */
  readonly clusters?: readonly string[] | undefined
  /**
   * Units that are deployed and that the federation does not have: a refresh, destroy or drift
   * check takes them along; none when absent.
   */
  readonly orphans?: readonly Orphan[] | undefined
  /** Only orphans. */
  readonly orphaned?: boolean | undefined
  /**
   * Deployed unit -> the units that it reads, when known: a destroy takes each before those, though
   * the file may say otherwise by now.
   */
  readonly deployedReads?: ReadonlyMap<string, readonly string[]> | undefined
  readonly ordering?: Ordering | undefined
  /** Units at once; unlimited when absent. */
  readonly parallelism?: number | undefined
  /**
   * Units at once of one cloud; unlimited when absent. Links and federation-wide units count
   * against none.
   */
  readonly perCloud?: number | undefined
  /** The phases; the real ones unless given. */
  readonly catalog?: readonly Phase[] | undefined
  readonly durations: DurationTable
  /** Unit id -> resources deployed now, when known. A unit that is not listed has none. */
  readonly deployedResources?: ReadonlyMap<string, number> | undefined
}

/** Seconds since the beginning of the run. */
export interface Predicted {
  readonly start: number
  readonly end: number
  readonly seconds: number
}

/** A unit with its predicted place in time. */
export interface PlanUnit {
  /** `{phase name}.{scope}`. */
  readonly id: string
  readonly phase: number
  readonly phaseName: PhaseName
  readonly scope: string
  readonly scopeKind: ScopeKind
  readonly clusters: readonly string[]
  readonly cloud?: CloudName
  readonly stack: string
  /** The deployment whose federation text declares it; absent: the federation has it. */
  readonly declaredBy?: string
  /**
   * Selected units that this one waits for: those whose outputs it reads or, when destroying, those
   * that stand on it.
   */
  readonly dependsOn: readonly string[]
  /**
   * Units outside the selection whose outputs this one reads: they must have been deployed before.
   * Empty when destroying.
   */
  readonly requires: readonly string[]
  /**
   * Units outside the selection that stand on this one, when destroying: those of them that are
   * deployed forbid it. Empty otherwise.
   */
  readonly dependents: readonly string[]
  readonly predicted: Predicted
  /** Units whose room it takes: it starts after them although it reads nothing of theirs. */
  readonly follows: readonly string[]
}

/** A plan with its prediction. */
export interface Plan {
  readonly federation: string
  readonly operation: Operation
  readonly ordering: Ordering
  /** Each after those it depends on. */
  readonly units: readonly PlanUnit[]
  readonly makespanSeconds: number
  /** The federation's target, for `up`, when it has one. */
  readonly targetSeconds?: number
  readonly meetsTarget?: boolean
  /**
   * The chain of units that takes longest, first one first: with unlimited parallelism it is the
   * makespan. When phases are ordered it has one unit or more a phase.
   */
  readonly criticalPath: readonly string[]
}

function judgeLimit (field: string, value: number | undefined): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
    throw new PlanError('PLAN_PARALLELISM', { field, value })
  }
}

function phaseRange (phases: PlanRequest['phases'], catalog: readonly Phase[]): { from: number, to: number } {
  const numbers = catalog.map((phase) => phase.number)
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)]
  const from = phases?.from ?? lowest
  const to = phases?.to ?? highest
  for (const [field, value] of [['from', from], ['to', to]] as const) {
    if (!numbers.includes(value)) {
      throw new PlanError('PLAN_PHASE_RANGE', { field, value, lowest, highest, inverted: false })
    }
  }
  if (from > to) {
    throw new PlanError('PLAN_PHASE_RANGE', {
      field: 'from',
      value: from,
      lowest,
      highest: to,
      inverted: true
    })
  }
  return { from, to }
}

/**
 * The units that an operation can take, by id, phases in order: those of the federation and, where
 * it takes them, the orphans.
 */
function takeable (
  { operation, orphaned, orphans = [] }: PlanRequest,
  units: ReadonlyMap<string, Unit>
): ReadonlyMap<string, Unit> {
  if (!orphanOperations.includes(operation)) return orphaned ? new Map() : units
  if (orphans.length === 0 && !orphaned) return units
  const all = [...(orphaned ? [] : units.values()), ...orphans]
  return new Map(all.sort((a, b) => a.phase - b.phase).map((unit) => [unit.id, unit]))
}

function select (
  request: PlanRequest,
  units: ReadonlyMap<string, Unit>,
  catalog: readonly Phase[]
): Map<string, Unit> {
  const { from, to } = phaseRange(request.phases, catalog)
  const { clusters, orphans = [], operation, orphaned = false } = request
  const names = request.federation.clusters.map((cluster) => cluster.name)
  const gone = new Set(orphans.flatMap(({ scope }) => scope.clusters).filter((name) => !names.includes(name)))
  const known = orphanOperations.includes(operation) ? [...names, ...gone] : names
  const unknown = clusters?.filter((name) => !known.includes(name)) ?? []
  if (unknown.length > 0) {
    throw new PlanError('PLAN_UNKNOWN_CLUSTER', {
      unknown,
      known,
      orphaned: unknown.filter((name) => gone.has(name))
    })
  }
  const wanted = new Set(clusters ?? known)
  const selected = [...units].filter(([, unit]) =>
    unit.phase >= from && unit.phase <= to && unit.scope.clusters.every((name) => wanted.has(name))
  )
  if (selected.length === 0 || wanted.size === 0) {
    throw new PlanError('PLAN_EMPTY', { from, to, orphaned })
  }
  return new Map(selected)
}

/**
 * The graph in which the selected units run: dependencies among them, turned round for destroy,
 * which also knows those with which they were deployed. A drift check only looks: one unit's
 * trouble keeps no other from being looked at.
 */
function runGraph (
  selected: ReadonlyMap<string, Unit>,
  { operation, deployedReads }: PlanRequest
): Graph {
  if (operation === 'drift-check') return new Map([...selected.keys()].map((id) => [id, []]))
  const stood = (id: string) => operation === 'destroy' ? deployedReads?.get(id) ?? [] : []
  const graph = new Map(
    [...selected].map(([id, unit]) => [
      id,
      [...new Set([...precedentsOf(unit), ...stood(id)])].filter((other) => selected.has(other))
    ])
  )
  return operation === 'destroy' ? new Map([...reverse(graph)].reverse()) : graph
}

/**
 * Units that each waits for when phases are ordered: the whole phase before (after, when
 * destroying) beside its own dependencies.
 */
function withBarriers (graph: Graph, selected: ReadonlyMap<string, Unit>, operation: Operation): Graph {
  const numbers = [...new Set([...selected.values()].map((unit) => unit.phase))].sort((a, b) =>
    operation === 'destroy' ? b - a : a - b
  )
  const phaseOf = new Map(
    numbers.map((number) => [
      number,
      [...selected.values()].filter((unit) => unit.phase === number).map((unit) => unit.id)
    ])
  )
  return new Map([...graph].map(([id, dependsOn]) => {
    const before = numbers[numbers.indexOf(selected.get(id)?.phase ?? 0) - 1]
    return [id, [...new Set([...dependsOn, ...(before === undefined ? [] : phaseOf.get(before) ?? [])])]]
  }))
}

/**
 * Refuses what the graph of a whole catalog cannot have: `allUnits` refuses cycles, and a part of
 * an acyclic graph has none.
 */
function sound<T> (value: T | undefined): T {
  if (value === undefined) throw new PlanError('PLAN_CYCLE', { units: [] })
  return value
}

function tasksOf (request: PlanRequest, selected: ReadonlyMap<string, Unit>): ReadonlyMap<string, Task> {
  const deployed = request.deployedResources
  return new Map([...selected].map(([id, unit]) => {
    const seconds = unitSeconds(
      id,
      unit.estimate(),
      request.durations,
      request.operation,
      deployed && (deployed.get(id) ?? 0)
    )
    if (!Number.isFinite(seconds) || seconds < 0) throw new PlanError('PLAN_DURATION', { unit: id, seconds })
    return [id, { seconds, lane: unit.scope.cloud }]
  }))
}

/**
 * The plan of an operation. The same request always gives the same plan. Throws a PlanError for a
 * request that cannot be planned: PLAN_UNKNOWN_CLUSTER, PLAN_PHASE_RANGE, PLAN_PARALLELISM,
 * PLAN_EMPTY; and for phases that contradict each other: PLAN_CYCLE and others.
 */
export function buildPlan (request: PlanRequest): Plan {
  const { federation, operation, ordering = 'phased', catalog = allPhases } = request
  judgeLimit('parallelism', request.parallelism)
  judgeLimit('perCloud', request.perCloud)
  const units = takeable(request, allUnits(federation, catalog))
  const orphans = new Map((request.orphans ?? []).map((orphan) => [orphan.id, orphan]))
  const selected = select(request, units, catalog)
  const graph = runGraph(selected, request)
  const waits = ordering === 'phased' && operation !== 'drift-check'
    ? withBarriers(graph, selected, operation)
    : graph
  const tasks = tasksOf(request, selected)
  const slots = schedule(waits, tasks, { parallelism: request.parallelism, perLane: request.perCloud })
  const critical = sound(longestPath(waits, (id) => tasks.get(id)?.seconds ?? 0))
  const standing = reverse(dependencyGraph(units))
  const outside = (ids: readonly string[]) => ids.filter((id) => !selected.has(id))

  const planned = sound(topologicalOrder(waits)).map((id): PlanUnit => {
    const unit = sound(selected.get(id))
    const { start, end, follows } = sound(slots.get(id))
    const orphan = orphans.get(id)
    return {
      id,
      phase: unit.phase,
      phaseName: unit.phaseName,
      scope: unit.scope.name,
      scopeKind: unit.scope.kind,
      clusters: unit.scope.clusters,
      ...(unit.scope.cloud && { cloud: unit.scope.cloud }),
      stack: orphan?.stack ?? stackName(federation.name, unit.phaseName, unit.scope.name),
      ...(orphan && { declaredBy: orphan.declaredBy }),
      dependsOn: graph.get(id) ?? [],
      // No program of an orphan runs, so it reads nothing.
      requires: orphan || operation === 'destroy' || operation === 'drift-check'
        ? []
        : outside(unit.dependsOn),
      dependents: operation === 'destroy' ? outside(standing.get(id) ?? []) : [],
      predicted: { start, end, seconds: end - start },
      follows
    }
  })
  const makespanSeconds = Math.max(...planned.map((unit) => unit.predicted.end))
  const targetSeconds = operation === 'up' && federation.targetMinutes !== undefined
    ? federation.targetMinutes * 60
    : undefined
  return {
    federation: federation.name,
    operation,
    ordering,
    units: planned,
    makespanSeconds,
    ...(targetSeconds !== undefined && { targetSeconds, meetsTarget: makespanSeconds <= targetSeconds }),
    criticalPath: critical.nodes
  }
}
