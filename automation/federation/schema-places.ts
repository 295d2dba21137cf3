/**
 * Mistakes that a schema finds in a file's data, with their places: for federations and for the
 * service's own settings.
 */
import { type TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Errors } from 'typebox/value'
import { headOf } from '../../contract/text/cut.ts'
import { type Path } from './errors.ts'

/** A schema as far as problems are explained by it. */
export interface SchemaNode {
  readonly description?: string
  readonly properties?: Record<string, SchemaNode>
  readonly patternProperties?: Record<string, SchemaNode>
  readonly items?: SchemaNode
  readonly maxItems?: number
}
export type SchemaError = ReturnType<typeof Errors>[number]

/** All that the schema finds, `most` at most; TypeBox stops at 8 by itself. */
export function schemaErrors (schema: TSchema, data: unknown, most: number): SchemaError[] {
  const before = Settings.Get().maxErrors
  Settings.Set({ maxErrors: most })
  try {
    return [...Errors(schema, data)]
  } finally {
    Settings.Set({ maxErrors: before })
  }
}

/** The schema of what a path names. */
export function schemaAt (schema: TSchema, path: Path): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema
  for (const step of path) {
    node = typeof step === 'number'
      ? node?.items
      : node?.properties?.[step] ?? Object.values(node?.patternProperties ?? {})[0]
  }
  return node
}

/** The path of a JSON pointer: a step into a list is a number. */
export function pathOf (pointer: string, data: unknown): Path {
  const path: (string | number)[] = []
  let node = data
  for (const part of pointer.split('/').slice(1)) {
    const step = Array.isArray(node) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(step)
    node = valueAt(node, [step])
  }
  return path
}

/** Gives the value at a path, or undefined. */
export function valueAt (data: unknown, path: Path): unknown {
  let node = data
  for (const step of path) {
    node = typeof node === 'object' && node !== null && Object.hasOwn(node, step)
      ? (node as Record<string | number, unknown>)[step]
      : undefined
  }
  return node
}

/** A value as a problem names it: short, and strings in quotes. */
export function shown (value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${headOf(text, 77)}...` : text
}
