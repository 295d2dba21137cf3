/** Checks Grafana dashboards against what its JSON model wants, and hands out their expressions. */
import { type Finding } from './finding.ts'
import { type Registered } from './registered.ts'

interface GridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}
interface Target {
  readonly refId?: string
  readonly expr?: string
  readonly datasource?: { readonly uid?: string }
}
interface Panel {
  readonly id?: number
  readonly type?: string
  readonly title?: string
  readonly gridPos?: GridPosition
  readonly targets?: readonly Target[]
  readonly datasource?: { readonly type?: string, readonly uid?: string }
  readonly fieldConfig?: {
    readonly defaults?: {
      readonly thresholds?: {
        readonly steps?: readonly { readonly color?: string, readonly value?: number | null }[]
      }
    }
  }
}
interface Model {
  readonly uid?: string
  readonly title?: string
  readonly schemaVersion?: number
  readonly panels?: readonly Panel[]
  readonly templating?: { readonly list?: readonly { readonly name?: string, readonly type?: string }[] }
  readonly time?: { readonly from?: string, readonly to?: string }
}

/**
 * Panel types that Grafana itself brings (grafana/public/app/plugins/panel), as far as dashboards
 * may use them.
 */
const panelTypes = new Set([
  'timeseries',
  'stat',
  'gauge',
  'bargauge',
  'table',
  'heatmap',
  'state-timeline',
  'barchart',
  'piechart',
  'text',
  'row',
  'logs',
  'alertlist',
  'traces',
  'nodeGraph',
  'histogram',
  'status-history'
])
/** Columns of Grafana's grid. */
const columns = 24
/** Variables that Grafana sets itself. */
const builtIn = /^(__rate_interval|__interval|__range|__from|__to|__all)$/

/** Data sources that Grafana is told of by its release's values: uid -> type. */
export function datasourcesOf (release: Registered | undefined): Record<string, string> {
  const values = release?.inputs['values'] as {
    datasources?: Record<string, { datasources?: { uid?: string, type?: string }[] }>
  } | undefined
  return Object.fromEntries(
    Object.values(values?.datasources ?? {}).flatMap((file) => file.datasources ?? []).map((
      { uid, type }
    ) => [uid ?? '', type ?? ''])
  )
}

/** The dashboards among the resources: each ConfigMap with Grafana's label, by file name. */
export function dashboardFiles (resources: readonly Registered[]): Record<string, string> {
  return Object.fromEntries(
    resources
      .filter(({ type, inputs }) =>
        type === 'kubernetes:core/v1:ConfigMap' &&
        (inputs['metadata'] as { labels?: Record<string, string> }).labels?.['grafana_dashboard'] !==
          undefined
      )
      .flatMap(({ inputs }) => Object.entries(inputs['data'] as Record<string, string>))
  )
}

const overlap = (a: GridPosition, b: GridPosition): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

function panelProblems (
  panel: Panel,
  others: readonly Panel[],
  variables: ReadonlySet<string>,
  datasources: Readonly<Record<string, string>>
): string[] {
  const { gridPos: at, targets = [], datasource } = panel
  const uids = [datasource?.uid, ...targets.map((target) => target.datasource?.uid ?? datasource?.uid)]
  const steps = panel.fieldConfig?.defaults?.thresholds?.steps ?? []
  const used = targets.flatMap(({ expr = '' }) =>
    [...expr.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name)
  )
  return [
    ...(Number.isInteger(panel.id) && others.every(({ id }) => id !== panel.id)
      ? []
      : [`id ${panel.id} is no integer or is used twice`]),
    ...(panelTypes.has(panel.type ?? '') ? [] : [`there is no panel type "${panel.type}"`]),
    ...(panel.title ? [] : ['it has no title']),
    ...(at && at.x >= 0 && at.w > 0 && at.h > 0 && at.x + at.w <= columns
      ? []
      : [`gridPos ${JSON.stringify(at)} is outside of the grid`]),
    ...(at && others.some(({ gridPos }) => gridPos && overlap(at, gridPos))
      ? ['it lies on another panel']
      : []),
    ...(targets.length > 0 || panel.type === 'row' || panel.type === 'text' ? [] : ['it asks nothing']),
    ...(new Set(targets.map(({ refId }) => refId)).size === targets.length &&
        targets.every(({ refId }) => /^[A-Z]$/.test(refId ?? ''))
      ? []
      : ['a refId is absent or used twice']),
    ...(targets.every(({ expr }) => typeof expr === 'string' && expr.length > 0)
      ? []
      : ['a target has no expr']),
    ...(panel.type === 'row' || panel.type === 'text'
      ? []
      : uids.filter((uid) => uid === undefined || datasources[uid] === undefined).map((uid) =>
        `there is no data source "${uid}"`
      )),
    ...(steps.every((step, index) => index === 0 ? step.value === null : typeof step.value === 'number')
      ? []
      : ['thresholds begin with null and go on with numbers']),
    ...used.filter((name) => !variables.has(name) && !builtIn.test(name)).map((name) =>
      `there is no variable $${name}`
    )
  ]
}

/** Findings about the dashboards, by file name. */
export function dashboardFindings (
  files: Readonly<Record<string, string>>,
  datasources: Readonly<Record<string, string>>
): Finding[] {
  const models = Object.entries(files).map(([where, text]) => ({ where, model: JSON.parse(text) as Model }))
  return models.flatMap(({ where, model }) => {
    const panels = model.panels ?? []
    const variables = new Set((model.templating?.list ?? []).map(({ name = '' }) => name))
    const whole = [
      ...(/^[A-Za-z0-9_-]{1,40}$/.test(model.uid ?? '')
        ? []
        : [`uid "${model.uid}" is not of at most 40 letters, digits, - and _`]),
      ...(models.filter((other) => other.model.uid === model.uid || other.model.title === model.title)
          .length === 1
        ? []
        : ['another dashboard has its uid or title']),
      ...(model.title ? [] : ['it has no title']),
      ...(Number.isInteger(model.schemaVersion) ? [] : ['it has no schemaVersion']),
      ...(model.time?.from !== undefined && model.time.to !== undefined ? [] : ['it has no time range']),
      ...(panels.length > 0 ? [] : ['it has no panels'])
    ]
    return [
      ...whole.map((what) => ({ where, path: '', what })),
      ...panels.flatMap((panel, index) =>
        panelProblems(panel, panels.filter((other) => other !== panel), variables, datasources).map((
          what
        ) => ({ where, path: `panels[${index}] ${panel.title}`, what }))
      )
    ]
  })
}

/**
 * The expressions of the dashboards as a file of recording rules, which promtool can parse:
 * Grafana's variables stand for what they become.
 */
export function expressionsAsRules (files: Readonly<Record<string, string>>): string {
  const expressions = Object.values(files).flatMap((text) =>
    ((JSON.parse(text) as Model).panels ?? []).flatMap(({ targets = [] }) =>
      targets.map(({ expr = '' }) => expr)
    )
  )
  const rules = [...new Set(expressions)].map((expr, index) => ({
    record: `panel_${index}`,
    expr: expr.replaceAll(/\$\{?__(rate_interval|interval|range)\}?/g, '1m').replaceAll(/\$\{?\w+\}?/g, '.*')
  }))
  return JSON.stringify({ groups: [{ name: 'panels', rules }] })
}
