/**
 * Reads and judges the price table's file. Its figures, and how to refresh them, are in
 * federations/tables/prices.yaml.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Type, type TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { closed, oneOf, text } from '../../contract/schema.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { parseYaml } from '../federation/document.ts'
import { type Finding, type Path, type Problem } from '../federation/errors.ts'
import { mistake, PriceError, type PriceMistake } from './errors.ts'

const anyLength = { maxLength: null }
const price = Type.Number({
  minimum: 0,
  maximum: 1e6,
  description: 'a price in US dollars: a number, 0 or more'
})
const meter = Type.Object({
  unit: oneOf(['hour', 'month', 'GB-month', 'GB', 'million']),
  source: text('the key of a source', anyLength),
  regionSources: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z0-9-]+$' }), text('the key of a source', anyLength), {
      ...closed,
      description: 'a mapping of regions to keys of sources'
    })
  ),
  prices: Type.Record(Type.String({ pattern: '^(\\*|[a-z0-9-]+)$' }), price, {
    ...closed,
    minProperties: 1,
    description: 'a mapping of regions, or "*" for all others, to prices'
  })
}, { ...closed, description: 'a meter: unit, source, prices and, optionally, regionSources' })
const meters = Type.Record(Type.String({ pattern: '^[a-z][-a-z0-9]*(/[-A-Za-z0-9_.]+)?$' }), meter, {
  ...closed,
  description: 'a mapping of meters'
})
const resourceType = text('a resource type such as aws:ec2/vpc:Vpc, or the beginning of some and *', {
  ...anyLength,
  pattern: '^[a-z][-a-z0-9]*:(\\*|[^*]+\\*?)$'
})
const schema = Type.Object({
  currency: oneOf(['USD']),
  sources: Type.Record(
    Type.String({ pattern: '^[a-z][-a-z0-9]*$' }),
    Type.Object({
      name: text('what was read', anyLength),
      url: text('where the figures are published', { ...anyLength, pattern: '^https://' }),
      date: text('when it was read: year-month-day', {
        ...anyLength,
        pattern: '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$'
      }),
      evidence: oneOf(['list', 'copy', 'memory'])
    }, { ...closed, description: 'a source: name, url, date, evidence' }),
    { ...closed, description: 'a mapping of sources' }
  ),
  meters: Type.Object({ aws: meters, gcp: meters, azure: meters }, {
    ...closed,
    description: 'a mapping of aws, gcp, azure to meters'
  }),
  free: Type.Array(
    Type.Object({
      why: text('why the types cost nothing', anyLength),
      types: Type.Array(resourceType, { minItems: 1, description: 'a list of resource types' })
    }, { ...closed, description: 'free types: why, types' }),
    { description: 'a list of free types' }
  ),
  charts: Type.Record(
    Type.String({ pattern: '^[a-z0-9][-a-z0-9]*$' }),
    Type.Object({
      why: text('what the chart makes', anyLength),
      loadBalancer: Type.Optional(
        Type.Boolean({ description: 'true or false: whether it makes a load balancer by default' })
      )
    }, { ...closed, description: 'a chart: why and, optionally, loadBalancer' }),
    { ...closed, description: 'a mapping of Helm charts' }
  )
}, { ...closed, description: 'a price table: currency, sources, meters, free, charts' })

/** The table that comes with the federations. */
export const pricesPath = fileURLToPath(new URL('../../federations/tables/prices.yaml', import.meta.url))

interface Node {
  readonly description?: string
  readonly properties?: Record<string, Node>
  readonly patternProperties?: Record<string, Node>
  readonly items?: Node
}

function describe (path: Path): string {
  let node: Node | undefined = schema as TSchema
  for (const step of path) {
    node = typeof step === 'number'
      ? node?.items
      : node?.properties?.[step] ?? Object.values(node?.patternProperties ?? {})[0]
  }
  return node?.description ?? 'no such field here'
}

function pathOf (pointer: string): Path {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).map((
    part
  ) => /^\d+$/.test(part) ? Number(part) : part)
}

/** Mistakes of shape: each wrong value once, with the field that a missing one should be in. */
function shapeMistakes (data: unknown): Finding<PriceMistake>[] {
  const found = [...Errors(schema, data)].flatMap((error): Finding<PriceMistake>[] => {
    const path = pathOf(error.instancePath)
    switch (error.keyword) {
      // An unknown field is reported by itself, as `boolean`.
      case 'additionalProperties':
        return []
      case 'boolean':
        return [{
          ...mistake(
            'PRICE_SHAPE',
            path,
            `there is no field ${String(path.at(-1))} here`,
            describe(path.slice(0, -1))
          ),
          at: 'key'
        }]
      case 'required':
        return error.params.requiredProperties.map((field) =>
          mistake('PRICE_SHAPE', [...path, field], `${field} is missing`, describe([...path, field]))
        )
      default:
        return [mistake('PRICE_SHAPE', path, error.message, describe(path))]
    }
  })
  return found.filter((one, index) =>
    found.findIndex((other) =>
      other.path.join('/') === one.path.join('/') && other.message === one.message
    ) === index
  )
}

function contentMistakes (table: PriceTable): Finding<PriceMistake>[] {
  const sources = Object.keys(table.sources)
  const known = (source: string, path: Path) =>
    sources.includes(source) ? [] : [mistake('PRICE_SOURCE', path, source, sources)]
  const found = Object.entries(table.meters).flatMap(([cloud, meters]) =>
    Object.entries(meters).flatMap(([name, { source, regionSources = {}, prices }]) => [
      ...known(source, ['meters', cloud, name, 'source']),
      ...Object.entries(regionSources).flatMap(([region, of]) => [
        ...known(of, ['meters', cloud, name, 'regionSources', region]),
        ...Object.hasOwn(prices, region)
          ? []
          : [mistake('PRICE_REGION_SOURCE', ['meters', cloud, name, 'regionSources', region], region)]
      ])
    ])
  )
  const seen = new Set<string>()
  const twice = table.free.flatMap(({ types }, index) =>
    types.flatMap((type, position) => {
      const again = seen.has(type)
      seen.add(type)
      return again ? [mistake('PRICE_FREE_TWICE', ['free', index, 'types', position], type)] : []
    })
  )
  return [...found, ...twice]
}

/** A table with a digest that tells it from others. */
export interface Prices {
  readonly table: PriceTable
  readonly digest: string
}

/**
 * Judges a table's text: returns the table, or its mistakes with line and column. Never throws for
 * a bad text.
 */
export function parsePrices (
  source: string,
  file: string
): { readonly table: PriceTable } | { readonly problems: readonly Problem<string>[] } {
  const document = parseYaml(source, file)
  if (document.problems.length > 0) return { problems: document.problems }
  const shape = shapeMistakes(document.data)
  if (shape.length > 0) return { problems: shape.map((one) => document.locate(one)) }
  const table = document.data as PriceTable
  const content = contentMistakes(table)
  return content.length > 0 ? { problems: content.map((one) => document.locate(one)) } : { table }
}

/**
 * Reads a table's file, by default the one that comes with the federations. Throws
 * PRICE_UNREADABLE, or PRICE_INVALID with every mistake.
 */
export async function loadPrices (path: string = pricesPath): Promise<Prices> {
  let source: string
  try {
    source = await readFile(path, 'utf8')
  } catch (error) {
    throw new PriceError('PRICE_UNREADABLE', {
      file: path,
      reason: error instanceof Error ? error.message : String(error)
    }, {
      cause: error
    })
  }
  const parsed = parsePrices(source, path)
  if ('table' in parsed) {
    return { table: parsed.table, digest: createHash('sha256').update(source).digest('hex') }
  }
  throw new PriceError(
    'PRICE_INVALID',
    { file: path, problems: parsed.problems }
  )
}
