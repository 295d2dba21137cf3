/** Phase 8: checks over what all earlier phases deployed. Pure. */
import { type ScopeKind } from '../../contract/words.ts'
import { disasterRecovery } from '../disaster-recovery/plan.ts'
import { federation as federationPhase } from '../federation/plan.ts'
import { infrastructure } from '../infrastructure/plan.ts'
import { mesh } from '../mesh/plan.ts'
import { monitoring } from '../monitoring/plan.ts'
import { networking } from '../networking/plan.ts'
import { prerequisites } from '../prerequisites/plan.ts'
import { clusterScopes, federationScopes, unitRef } from '../scopes.ts'
import { type EstimateStep, type Federation, type Phase, type UnitKind, type UnitRef } from '../types.ts'

const earlier: readonly Phase[] = [
  prerequisites,
  infrastructure,
  networking,
  mesh,
  federationPhase,
  monitoring,
  disasterRecovery
]

/** The units of the seven earlier phases with one of these scope kinds, in phase order. */
export function earlierUnits (federation: Federation, ...kinds: ScopeKind[]): UnitRef[] {
  return earlier.flatMap((phase) =>
    phase.units.filter((unit) => kinds.includes(unit.scope))
      .flatMap((unit) => unit.scopes(federation).map((scope) => unitRef(phase.name, scope.name)))
  )
}

const probe = (count: number, after: string[] = []): EstimateStep[] => [
  { key: 'probes', type: 'kubernetes:batch/v1:Job', count, after },
  { key: 'report', type: 'kubernetes:core/v1:ConfigMap', after: ['probes'] }
]

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (federation, scope) =>
    earlierUnits(federation, 'cluster').filter((ref) => ref.scope === scope.name),
  estimate: () => [{ key: 'responder', type: 'kubernetes:apps/v1:Deployment' }, ...probe(4, ['responder'])],
  load: () => import('./cluster.ts')
}

// Every cluster measures its way to all others, so all their credentials are needed; the report is
// kept in the monitoring hub.
const global: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: (federation) => [
    ...earlierUnits(federation, 'federation', 'cloud', 'link'),
    ...federation.clusters.flatMap((
      other
    ) => [unitRef('infrastructure', other.name), unitRef('validation', other.name)])
  ],
  estimate: (federation) =>
    probe(2 * federation.clusters.length + 2 * federation.disasterRecovery.pairs.length),
  load: () => import('./global.ts')
}

export const validation: Phase = {
  number: 8,
  name: 'validation',
  title: 'Validation',
  units: [cluster, global]
}
