/** Checks the values of Helm releases against what their charts know, as charts.yaml lists it. */
import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { parse } from 'yaml'
import { type Finding } from './finding.ts'
import { ofType, type Registered } from './registered.ts'

const types = ['boolean', 'integer', 'number', 'string', 'list', 'map'] as const

/** Type of a value; `map` is handed on as it is, whatever its fields. */
type ValueType = typeof types[number]
/** Values by name: a type, or the values inside. */
export interface Values {
  readonly [name: string]: ValueType | Values
}
/** A chart at one version. The other fields of the file say where that was looked up. */
export interface ListedChart {
  readonly chart: string
  readonly version: string
  readonly values: Values
}

const Shape = Type.Array(Type.Object({
  chart: Type.String({ minLength: 1 }),
  version: Type.String({ minLength: 1 }),
  source: Type.String({ pattern: '^https://github\\.com/' }),
  seen: Type.String({ minLength: 1 }),
  files: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  on: Type.String({ pattern: '^20\\d\\d-\\d\\d-\\d\\d$' }),
  values: Type.Cyclic({
    Values: Type.Record(Type.String(), Type.Union([Type.Enum([...types]), Type.Ref('Values')]))
  }, 'Values')
}, { additionalProperties: false }))

/** The charts of charts.yaml. */
export async function listedCharts (): Promise<readonly ListedChart[]> {
  const listed: unknown = parse(await readFile(new URL('./charts.yaml', import.meta.url), 'utf8'))
  if (!Check(Shape, listed)) throw new TypeError('charts.yaml does not have the form that its head describes')
  return listed
}

function typeOf (value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'object' ? 'map' : typeof value
}

/**
 * Findings about values; adds the paths of those that are right to `used`. An empty map sets
 * nothing.
 */
function valueFindings (
  where: string,
  path: string,
  value: unknown,
  listed: ValueType | Values | undefined,
  used: Set<string>
): Finding[] {
  if (listed === undefined) return [{ where, path, what: 'the chart has no such value, by charts.yaml' }]
  const type = typeOf(value)
  if (typeof listed === 'string') {
    if (type === listed || (listed === 'number' && type === 'integer')) used.add(path)
    else return [{ where, path, what: `the chart wants ${listed}, not ${type}` }]
    return []
  }
  if (type !== 'map') return [{ where, path, what: `the chart wants values inside, not ${type}` }]
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) =>
    valueFindings(where, path === '' ? name : `${path}/${name}`, inner, listed[name], used)
  )
}

function listedPaths (values: Values, above = ''): string[] {
  return Object.entries(values).flatMap(([name, listed]) => {
    const path = above === '' ? name : `${above}/${name}`
    return typeof listed === 'string' ? [path] : listedPaths(listed, path)
  })
}

/**
 * Findings about the releases among the resources, and about entries of the list that nothing sets.
 * Paths are with slashes, since names have dots.
 */
export function chartFindings (resources: readonly Registered[], charts: readonly ListedChart[]): Finding[] {
  const used = new Map(charts.map((chart) => [chart, new Set<string>()]))
  const set = [
    ...ofType(resources, 'kubernetes:helm.sh/v3:Release'),
    ...ofType(resources, 'kubernetes:helm.sh/v4:Chart')
  ].flatMap(({ urn, inputs }) => {
    const chart = charts.find(({ chart: name, version }) =>
      name === inputs['chart'] && version === inputs['version']
    )
    if (!chart) {
      return [{
        where: urn,
        path: 'version',
        what: `charts.yaml does not list ${String(inputs['chart'])} ${String(inputs['version'])}`
      }]
    }
    return valueFindings(urn, '', inputs['values'] ?? {}, chart.values, used.get(chart) ?? new Set())
  })
  const unused = charts.flatMap((chart) =>
    listedPaths(chart.values)
      .filter((path) => !used.get(chart)?.has(path))
      .map((path) => ({
        where: `charts.yaml ${chart.chart} ${chart.version}`,
        path,
        what: 'no release sets this'
      }))
  )
  return [...set, ...unused]
}
