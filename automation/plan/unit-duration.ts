/** The predicted duration of one unit. Pure. */
import { grantDelays } from '../../contract/grants.ts'
import { type Operation } from '../../contract/words.ts'
import { type EstimateStep } from '../../programs/types.ts'
import { operationSeconds, type DurationTable } from './durations.ts'
import { PlanError } from './errors.ts'
import { findCycle, longestPath } from './graph.ts'

/**
 * Seconds that a unit takes beside its resources: starting the engine and the provider plugins,
 * running the program, opening and saving the state. The CLI's share was measured at 1.4 s for a
 * stack of an inline program; provider plugins with live credentials take about as long again to
 * configure.
 */
export const unitOverheadSeconds = 3
/**
 * A preview makes no change: it runs the program and asks providers to check and compare, some
 * hundred milliseconds a resource, ten at a time and more.
 */
export const previewSeconds = 5
/**
 * A refresh reads every resource, one to two seconds each against a cloud's API; a unit of fifty,
 * ten at a time, takes about ten seconds.
 */
export const refreshSeconds = 10

/**
 * Seconds that an operation takes beside its overhead although it changes nothing. `deployed`: the
 * unit was there before.
 */
export function leastSeconds (operation: Operation, deployed: boolean): number {
  switch (operation) {
    case 'up':
      return deployed ? previewSeconds : 0
    case 'preview':
      return previewSeconds
    case 'refresh':
    case 'drift-check':
      return refreshSeconds
    case 'destroy':
      return 0
  }
}

/**
 * Seconds of the longest chain of an estimate's steps. Resources of one step are made side by side,
 * so their count does not matter; destroy takes the same chain backwards. Throws PLAN_ESTIMATE when
 * steps repeat a key, name a step that is not there, or wait for each other.
 */
export function chainSeconds (
  unit: string,
  steps: readonly EstimateStep[],
  table: DurationTable,
  operation: 'create' | 'update' | 'delete'
): number {
  const graph = new Map(steps.map((step) => [step.key, step.after ?? []]))
  if (graph.size < steps.length) {
    throw new PlanError('PLAN_ESTIMATE', { unit, problem: 'two steps have one key' })
  }
  for (const [key, after] of graph) {
    const missing = after.find((other) => !graph.has(other))
    if (missing !== undefined) {
      throw new PlanError('PLAN_ESTIMATE', {
        unit,
        problem: `step ${key} comes after ${missing}, which is no step`
      })
    }
  }
  const seconds = new Map(steps.map(({ key, type, granted }) => {
    const effect = granted && operation === 'create' ? grantDelays[granted].usualSeconds : 0
    return [key, operationSeconds(table, type, operation) + effect]
  }))
  const path = longestPath(graph, (key) => seconds.get(key) ?? 0)
  if (!path) {
    throw new PlanError('PLAN_ESTIMATE', {
      unit,
      problem: `its steps form a circle: ${findCycle(graph)?.join(' -> ') ?? ''}`
    })
  }
  return path.weight
}

/**
 * Seconds a unit takes. `deployed` is the number of its resources that are deployed now, when
 * known: an up over deployed resources is predicted to find them as they should be (what an edit of
 * the file will change is not known before the preview), and a destroy of none to have nothing to
 * do.
 */
export function unitSeconds (
  unit: string,
  steps: readonly EstimateStep[],
  table: DurationTable,
  operation: Operation,
  deployed?: number
): number {
  switch (operation) {
    case 'up':
      return unitOverheadSeconds +
        (deployed !== undefined && deployed > 0 ? previewSeconds : chainSeconds(unit, steps, table, 'create'))
    case 'destroy':
      return unitOverheadSeconds + (deployed === 0 ? 0 : chainSeconds(unit, steps, table, 'delete'))
    case 'preview':
      return unitOverheadSeconds + previewSeconds
    // It reads as a refresh does.
    case 'drift-check':
    case 'refresh':
      return unitOverheadSeconds + refreshSeconds
  }
}
