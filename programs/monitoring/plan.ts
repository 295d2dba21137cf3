/**
 * Phase 6: metrics, traces, dashboards and alerts: the hub's services for the whole federation, and
 * what feeds them in each cluster. Pure.
 */
import { clusterOf, clusterScopes, federationScopes, unitRef } from '../scopes.ts'
import { type EstimateStep, type Phase, type TakeOver, type UnitKind } from '../types.ts'
import { recoveryTakeOvers } from './recovery-names.ts'
import { hubVolumes, prometheusVolumes, volumeClaims } from './volumes.ts'

/** The hub's namespace, which the federation's unit had when the hub's came after it. */
const spaceTakeOver: TakeOver = {
  from: unitRef('monitoring', 'global'),
  taken: ({ type, name }) => type === 'kubernetes:core/v1:Namespace' ? name : undefined
}

const global: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: (
    { monitoring: { hub } }
  ) => [
    unitRef('prerequisites', hub),
    unitRef('infrastructure', hub),
    unitRef('mesh', 'global'),
    unitRef('mesh', hub),
    // It has the namespace.
    unitRef('monitoring', hub)
  ],
  estimate: ({ monitoring: { hub } }): EstimateStep[] => [
    {
      key: 'metrics',
      type: 'kubernetes:helm.sh/v3:Release',
      costs: [
        { ...volumeClaims('ingester', hubVolumes.ingester), cluster: hub },
        { ...volumeClaims('store-gateway', hubVolumes.storeGateway), cluster: hub }
      ]
    },
    {
      key: 'alertmanager',
      type: 'kubernetes:helm.sh/v3:Release',
      costs: [{ ...volumeClaims('alertmanager', hubVolumes.alertmanager), cluster: hub }]
    },
    {
      key: 'traces',
      type: 'kubernetes:helm.sh/v3:Release',
      costs: [{ ...volumeClaims('jaeger', hubVolumes.traces), cluster: hub }]
    },
    { key: 'grafana', type: 'kubernetes:helm.sh/v3:Release', after: ['metrics'] }
  ],
  load: () => import('./global.ts')
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (
    _federation,
    scope
  ) => [unitRef('infrastructure', scope.name), unitRef('mesh', 'global'), unitRef('mesh', scope.name)],
  takesOver: (federation, scope) => [
    ...recoveryTakeOvers(federation, scope.name),
    ...scope.name === federation.monitoring.hub ? [spaceTakeOver] : []
  ],
  estimate: (federation, scope): EstimateStep[] => [
    {
      key: 'prometheus',
      type: 'kubernetes:helm.sh/v3:Release',
      costs: [volumeClaims('prometheus', prometheusVolumes(clusterOf(federation, scope.name)))]
    },
    { key: 'collector', type: 'kubernetes:helm.sh/v3:Release', count: 2, after: ['prometheus'] },
    { key: 'rules', type: 'kubernetes:monitoring.coreos.com/v1:PrometheusRule', after: ['prometheus'] }
  ],
  load: () => import('./cluster.ts')
}

export const monitoring: Phase = {
  number: 6,
  name: 'monitoring',
  title: 'Monitoring',
  units: [global, cluster]
}
