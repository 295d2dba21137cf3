/**
 * The resources that a unit pays for, by the steps of its phase's plan: for what was never run.
 * Pure.
 */
import { cloudOfType } from '../../pricing/estimate.ts'
import { type Resource } from '../../pricing/model.ts'
import { type EstimateStep, type Federation, type PaidResource } from '../../programs/types.ts'
import { type Unit } from '../plan/units.ts'

/** Lists the resources, each where it is and under the cluster whose it is. */
export function plannedResources (
  federation: Federation,
  unit: Pick<Unit, 'id' | 'scope' | 'estimate'>
): Resource[] {
  return unit.estimate().flatMap((step) =>
    (step.costs ?? []).flatMap((paid) => resourcesOf(federation, unit, step, paid))
  )
}

function resourcesOf (
  { clusters }: Federation,
  { id, scope }: Pick<Unit, 'id' | 'scope'>,
  step: EstimateStep,
  paid: PaidResource
): Resource[] {
  const { type = step.type, name, inputs = {}, count = 1 } = paid
  const own = scope.kind === 'cluster' ? scope.name : undefined
  const cluster = clusters.find((one) => one.name === (paid.cluster ?? own))
  return Array.from({ length: count }, (_, index): Resource => ({
    urn: `planned::${id}::${type}::${name}-${index}`,
    type,
    inputs,
    cloud: cloudOfType(type) ?? cluster?.cloud,
    region: cluster?.region,
    cluster: cluster?.name
  }))
}
