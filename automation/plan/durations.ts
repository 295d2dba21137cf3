/**
 * The duration table: how long the clouds take, by Pulumi type token. Its figures and their sources
 * are in federations/tables/durations.yaml.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'
import { Errors } from 'typebox/value'
import { parse } from 'yaml'
import { PlanError } from './errors.ts'

const seconds = Type.Number({ minimum: 0, maximum: 86_400 })
const operation = { create: seconds, update: seconds, delete: seconds }
const token = '^[a-z][-a-z0-9]*:[^:]+:[A-Za-z0-9]+$'
const schema = Type.Object({
  defaults: Type.Record(
    Type.String({ pattern: '^[a-z][-a-z0-9]*$' }),
    Type.Object({ ...operation, source: Type.Optional(Type.String({ minLength: 1 })) }, {
      additionalProperties: false
    }),
    { additionalProperties: false }
  ),
  types: Type.Record(
    Type.String({ pattern: token }),
    Type.Object({ ...operation, source: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    { additionalProperties: false }
  )
}, { additionalProperties: false })

/** Seconds that operations on one resource take. */
export interface OperationSeconds {
  readonly create: number
  readonly update: number
  readonly delete: number
}
/** Durations of operations on resources. */
export interface DurationTable {
  /** By package, such as `aws`; one with a source holds for each of its types. */
  readonly defaults: Readonly<Record<string, OperationSeconds & { readonly source?: string }>>
  /** By type token, such as `aws:eks/cluster:Cluster`, with where the figures are from. */
  readonly types: Readonly<Record<string, OperationSeconds & { readonly source: string }>>
}

/** The table that comes with the federations. */
export const durationsPath = fileURLToPath(
  new URL('../../federations/tables/durations.yaml', import.meta.url)
)

/** Reads a table's text. Throws PLAN_DURATIONS_INVALID with all that is wrong. */
export function parseDurations (text: string, file: string): DurationTable {
  let data: unknown
  try {
    data = parse(text)
  } catch (error) {
    throw new PlanError('PLAN_DURATIONS_INVALID', {
      path: file,
      problems: [error instanceof Error ? error.message : String(error)]
    }, { cause: error })
  }
  const problems = [...Errors(schema, data)].map((error) => `${error.instancePath || '/'} ${error.message}`)
  if (problems.length > 0) throw new PlanError('PLAN_DURATIONS_INVALID', { path: file, problems })
  const table = data as DurationTable
  const unknown = Object.keys(table.types).filter((type) => !Object.hasOwn(table.defaults, packageOf(type)))
  if (unknown.length > 0) {
    throw new PlanError('PLAN_DURATIONS_INVALID', {
      path: file,
      problems: [`defaults has no package for ${unknown.join(', ')}`]
    })
  }
  return table
}

/**
 * Reads a table's file, by default the one that comes with the federations. Throws
 * PLAN_DURATIONS_UNREADABLE or PLAN_DURATIONS_INVALID.
 */
export async function loadDurations (path: string = durationsPath): Promise<DurationTable> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new PlanError('PLAN_DURATIONS_UNREADABLE', {
      path,
      reason: error instanceof Error ? error.message : String(error)
    }, { cause: error })
  }
  return parseDurations(text, path)
}

function packageOf (type: string): string {
  return type.slice(0, type.indexOf(':'))
}

/**
 * Seconds of an operation on a resource of the type: the type's own figure, else its package's
 * default, else 0 (a component, or a package nobody measured).
 */
export function operationSeconds (
  table: DurationTable,
  type: string,
  operation: keyof OperationSeconds
): number {
  const pkg = packageOf(type)
  const entry = Object.hasOwn(table.types, type)
    ? table.types[type]
    : Object.hasOwn(table.defaults, pkg)
    ? table.defaults[pkg]
    : undefined
  return entry?.[operation] ?? 0
}
