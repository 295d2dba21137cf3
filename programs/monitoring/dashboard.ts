/** Dashboards as Grafana's JSON models (schema version 39). Pure. */
import { type Federation } from '../types.ts'

/** One curve or number of a panel. */
interface Query {
  /** PromQL. */
  readonly expression: string
  /** Name of each series. */
  readonly legend: string
}
/** A panel of a dashboard. */
export interface PanelSpec {
  readonly title: string
  /** A curve over time, or the present number. */
  readonly kind: 'timeseries' | 'stat'
  /** Grafana's id of the unit. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** Value from which on it is shown in red. */
  readonly warning?: number
}
/** A dashboard, and the panels on it. */
export interface DashboardSpec {
  readonly uid: string
  readonly title: string
  readonly panels: readonly PanelSpec[]
  /** True when a reader chooses the clusters that it shows. */
  readonly perCluster: boolean
}

/** A Grafana dashboard model, as its API and its ConfigMaps hold it. */
export type Dashboard = Record<string, unknown> & {
  readonly uid: string
  readonly title: string
  readonly panels: readonly Record<string, unknown>[]
}

const datasource = { type: 'prometheus', uid: 'mimir' }
/** Grafana's grid is 24 wide; two panels side by side, eight high. */
const [WIDTH, HEIGHT] = [12, 8]

function panel (spec: PanelSpec, index: number): Record<string, unknown> {
  const steps = [
    { color: 'green', value: null },
    ...(spec.warning === undefined ? [] : [{ color: 'red', value: spec.warning }])
  ]
  return {
    id: index + 1,
    type: spec.kind,
    title: spec.title,
    datasource,
    gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit: spec.unit, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: spec.kind === 'stat'
      ? {
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        colorMode: 'value',
        graphMode: 'area'
      }
      : {
        legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
        tooltip: { mode: 'multi', sort: 'desc' }
      },
    targets: spec.queries.map((query, position) => ({
      refId: String.fromCharCode(65 + position),
      datasource,
      expr: query.expression,
      legendFormat: query.legend
    }))
  }
}

/** The model of a dashboard. */
export function dashboard (
  federation: Federation,
  { uid, title, panels, perCluster }: DashboardSpec
): Dashboard {
  return {
    uid: `${federation.name}-${uid}`.slice(0, 40),
    title: `${federation.name}: ${title}`,
    tags: ['windlass', federation.name],
    schemaVersion: 39,
    version: 1,
    editable: false,
    timezone: 'utc',
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: perCluster
        ? [{
          name: 'cluster',
          type: 'custom',
          query: federation.clusters.map(({ name }) => name).join(','),
          multi: true,
          includeAll: true,
          current: { text: 'All', value: '$__all' },
          options: []
        }]
        : []
    },
    annotations: { list: [] },
    panels: panels.map(panel)
  }
}
