/** A plan by phase. Pure. */
import type { Plan } from '../api/client.ts'

export interface PlanPhase {
  phase: number
  units: number
  /** From the start of its first unit to the end of its last. */
  seconds: number
  /** Scopes of its units on the critical path. */
  critical: string[]
  /** Cost of a month in US dollars; undefined for a phase without priced resources. */
  monthly: number | undefined
}

/** Sums up the units of each phase of a plan, in the order of the phases. */
export function planPhases ({ units: all, criticalPath, cost }: Plan): PlanPhase[] {
  const phases = [...new Set(all.map(({ phase }) => phase))].sort((a, b) => a - b)
  return phases.map((phase) => {
    const units = all.filter((unit) => unit.phase === phase)
    const start = Math.min(...units.map(({ predicted }) => predicted.start))
    const end = Math.max(...units.map(({ predicted }) => predicted.end))
    return {
      phase,
      units: units.length,
      seconds: end - start,
      critical: units.filter(({ id }) => criticalPath.includes(id)).map(({ scope }) => scope),
      monthly: cost.perPhase.find((one) => one.phase === phase)?.monthly
    }
  })
}
