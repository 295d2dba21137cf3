/** Judges a file's data by the schema: findings, and a view of the data from which everything ill-formed is taken out, so that the other rules can still run. */
import { type TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Errors } from 'typebox/value'
import { finding, type Finding, type Path } from './errors.ts'
import { nearest } from './near.ts'
import { matches, reserved } from './reserved.ts'
import { federationSchema, type FederationFile } from './schema.ts'

/** A value in which anything may be missing, but what is there is of its type. */
export type View<T> = T extends (infer Item)[] ? (View<Item> | undefined)[] : T extends object ? { [Key in keyof T]?: View<T[Key]> } : T
export type FileView = View<FederationFile>

/** More problems than a person reads at once; TypeBox stops at 8 by itself. */
const maxErrors = 500

interface SchemaNode { readonly description?: string, readonly properties?: Record<string, SchemaNode>, readonly patternProperties?: Record<string, SchemaNode>, readonly items?: SchemaNode, readonly maxItems?: number }

/** The schema of what a path names. */
function schemaAt (path: Path): SchemaNode | undefined {
  let node: SchemaNode | undefined = federationSchema as TSchema
  for (const step of path) node = typeof step === 'number' ? node?.items : node?.properties?.[step] ?? Object.values(node?.patternProperties ?? {})[0]
  return node
}

function parsePointer (pointer: string, data: unknown): Path {
  const path: (string | number)[] = []
  let node = data
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(node) ? Number(step) : step)
    node = valueAt(node, [path.at(-1) ?? ''])
  }
  return path
}

function valueAt (data: unknown, path: Path): unknown {
  let node = data
  for (const step of path) node = typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? (node as Record<string | number, unknown>)[step] : undefined
  return node
}

/** A value as an error names it: short, and strings in quotes. */
function show (value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const shown = JSON.stringify(value) ?? 'nothing'
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown
}

function unknownField (path: Path): Finding {
  const field = String(path.at(-1))
  const kept = reserved.find((entry) => matches(entry.path, path))
  if (kept) return finding('FED_NOT_SUPPORTED', path, 'key', field, kept.what)
  const schema = schemaAt(path.slice(0, -1))
  if (!schema?.properties) return finding('FED_NAME', path, 'key', field, schema?.description ?? 'another key')
  const known = Object.keys(schema.properties)
  return finding('FED_UNKNOWN_FIELD', path, 'key', field, known, nearest(field, known))
}

type SchemaError = ReturnType<typeof Errors>[number]

function judge (error: SchemaError, path: Path, data: unknown): Finding[] {
  const value = valueAt(data, path)
  const expected = schemaAt(path)?.description ?? error.message
  switch (error.keyword) {
    case 'boolean': return [unknownField(path)]
    // Each unknown field is reported by itself, as `boolean`.
    case 'additionalProperties': return []
    case 'required': return error.params.requiredProperties.map((field) => {
      const missing = [...path, field]
      return finding('FED_MISSING_FIELD', missing, 'key', field, schemaAt(missing)?.description ?? field)
    })
    case 'type': return [finding('FED_TYPE', path, 'value', show(value), expected)]
    default: return [path.at(-1) === 'name' ? finding('FED_NAME', path, 'value', String(value), expected) : finding('FED_VALUE', path, 'value', show(value), expected)]
  }
}

/** Takes the value at a path away: a property is deleted, a list keeps its indexes. Too long a list is cut instead. */
function prune (data: unknown, path: Path, keyword: string): void {
  const value = valueAt(data, path)
  if (Array.isArray(value) && (keyword === 'maxItems' || keyword === 'minItems')) {
    value.length = Math.min(value.length, schemaAt(path)?.maxItems ?? value.length)
    return
  }
  const parent = valueAt(data, path.slice(0, -1))
  const step = path.at(-1)
  if (step === undefined || typeof parent !== 'object' || parent === null) return
  if (Array.isArray(parent)) parent[Number(step)] = undefined
  else Reflect.deleteProperty(parent, step)
}

/** All findings of the schema, and the view without what they are about. `data` itself is left as it is. */
export function judgeShape (data: unknown): { findings: Finding[], view: FileView } {
  const before = Settings.Get().maxErrors
  Settings.Set({ maxErrors })
  let errors: SchemaError[]
  try {
    errors = [...Errors(federationSchema, data)]
  } finally {
    Settings.Set({ maxErrors: before })
  }
  const findings = new Map<string, Finding>()
  const view: unknown = structuredClone(data)
  for (const error of errors) {
    const path = parsePointer(error.instancePath, data)
    for (const found of judge(error, path, data)) {
      // One problem a place: a value of the wrong type also breaks its pattern, which says nothing more.
      const key = JSON.stringify(found.path)
      if (!findings.has(key)) findings.set(key, found)
    }
    if (error.keyword !== 'required' && error.keyword !== 'additionalProperties') prune(view, path, error.keyword)
  }
  return { findings: [...findings.values()], view: (typeof view === 'object' && view !== null && !Array.isArray(view) ? view : {}) as FileView }
}
