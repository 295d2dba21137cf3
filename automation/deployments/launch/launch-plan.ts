/** The units of a launch. Pure. */
import { type Federation, type Phase } from '../../../programs/types.ts'
import { AutomationError } from '../../errors.ts'
import { type Plan } from '../../plan/plan.ts'
import { allUnits, type Unit } from '../../plan/units.ts'
import { type LaunchedUnit } from '../../store/deployments/new-deployment.ts'
import { type Standing } from '../orphans.ts'

/** A federation's text with the units that a launch selects. */
export interface LaunchPlan {
  federation: Federation
  /** The text of the federation file. */
  source: string
  /** Its file is gone; `source` is the text of the last up. */
  gone?: true
  /** Units in the order in which they are started when there is not room for all. */
  units: LaunchedUnit[]
  /** Ids of units outside the selection whose outputs are read. */
  requires: string[]
  makespanSeconds: number
  /** Units at once. */
  parallelism: number
  /** What is deployed, whether the launch takes it or not. */
  standing: Standing
}

/** Makes the units of a launch from a plan. */
export function launchPlanOf (
  { federation, source, gone, parallelism }: Pick<
    LaunchPlan,
    'federation' | 'source' | 'gone' | 'parallelism'
  >,
  built: Plan,
  standing: Standing,
  catalog: readonly Phase[]
): LaunchPlan {
  const known = new Map<string, Unit>([
    ...allUnits(federation, catalog),
    ...standing.orphans.map((orphan) => [orphan.id, orphan] as const)
  ])
  // What is predicted to start first is started first when there is not room for all: the
  // prediction gives the longest chains priority.
  const planned = [...built.units].sort((a, b) => a.predicted.start - b.predicted.start)
  return {
    federation,
    source,
    ...(gone && { gone }),
    units: planned.map((unit): LaunchedUnit => {
      const own = known.get(unit.id)
      if (!own) {
        throw new AutomationError('internal', {
          what: `the plan has a unit ${unit.id} that the catalog has not`
        })
      }
      return {
        id: unit.id,
        phase: unit.phase,
        phaseName: unit.phaseName,
        scope: own.scope,
        clusters: [...unit.clusters],
        ...(unit.cloud && { cloud: unit.cloud }),
        stack: unit.stack,
        dependsOn: [...unit.dependsOn],
        reads: [...own.dependsOn],
        follows: [...unit.follows],
        predicted: { ...unit.predicted },
        ...(unit.declaredBy !== undefined && { declaredBy: unit.declaredBy })
      }
    }),
    requires: [...new Set(built.units.flatMap((unit) => unit.requires))],
    makespanSeconds: built.makespanSeconds,
    parallelism,
    standing
  }
}
