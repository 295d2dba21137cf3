/**
 * Judges a file's data by the schema: findings, and a view of the data from which everything
 * ill-formed is taken out, so that the other rules can still run.
 */
import { finding, mostFindings, type Finding, type Path } from './errors.ts'
import { matches, reserved } from './reserved.ts'
import { pathOf, schemaAt, schemaErrors, shown, valueAt, type SchemaError } from './schema-places.ts'
import { federationSchema, type FederationFile } from './schema.ts'

/** A value in which anything may be missing, but what is there is of its type. */
export type View<T> = T extends (infer Item)[] ? (View<Item> | undefined)[]
  : T extends object ? { [Key in keyof T]?: View<T[Key]> }
  : T
export type FileView = View<FederationFile>

function unknownField (path: Path): Finding {
  const field = String(path.at(-1))
  const kept = reserved.find((entry) => matches(entry.path, path))
  if (kept) return finding('FED_NOT_SUPPORTED', path, 'key', field, kept.what)
  const schema = schemaAt(federationSchema, path.slice(0, -1))
  if (!schema?.properties) {
    return finding('FED_NAME', path, 'key', field, schema?.description ?? 'another key')
  }
  const known = Object.keys(schema.properties)
  return finding('FED_UNKNOWN_FIELD', path, 'key', field, known)
}

function judge (error: SchemaError, path: Path, data: unknown): Finding[] {
  const value = valueAt(data, path)
  const expected = schemaAt(federationSchema, path)?.description ?? error.message
  switch (error.keyword) {
    case 'boolean':
      return [unknownField(path)]
    // Each unknown field is reported by itself, as `boolean`.
    case 'additionalProperties':
      return []
    case 'required':
      return error.params.requiredProperties.map((field) => {
        const missing = [...path, field]
        return finding(
          'FED_MISSING_FIELD',
          missing,
          'key',
          field,
          schemaAt(federationSchema, missing)?.description ?? field
        )
      })
    case 'type':
      return [finding('FED_TYPE', path, 'value', shown(value), expected)]
    default:
      return [
        path.at(-1) === 'name'
          ? finding('FED_NAME', path, 'value', String(value), expected)
          : finding('FED_VALUE', path, 'value', shown(value), expected)
      ]
  }
}

/**
 * Takes the value at a path away: a property is deleted, a list keeps its indexes. Too long a list
 * is cut instead.
 */
function prune (data: unknown, path: Path, keyword: string): void {
  const value = valueAt(data, path)
  if (Array.isArray(value) && (keyword === 'maxItems' || keyword === 'minItems')) {
    value.length = Math.min(value.length, schemaAt(federationSchema, path)?.maxItems ?? value.length)
    return
  }
  const parent = valueAt(data, path.slice(0, -1))
  const step = path.at(-1)
  if (step === undefined || typeof parent !== 'object' || parent === null) return
  if (Array.isArray(parent)) parent[Number(step)] = undefined
  else Reflect.deleteProperty(parent, step)
}

/**
 * All findings of the schema, and the view without what they are about. `data` itself is left as it
 * is.
 */
export function judgeShape (data: unknown): { findings: Finding[], view: FileView } {
  const findings = new Map<string, Finding>()
  const view: unknown = structuredClone(data)
  for (const error of schemaErrors(federationSchema, data, mostFindings)) {
    const path = pathOf(error.instancePath, data)
    for (const found of judge(error, path, data)) {
      // One problem a place: a value of the wrong type also breaks its pattern, which says nothing
      // more.
      const key = JSON.stringify(found.path)
      if (!findings.has(key)) findings.set(key, found)
    }
    if (error.keyword !== 'required' && error.keyword !== 'additionalProperties') {
      prune(view, path, error.keyword)
    }
  }
  return {
    findings: [...findings.values()],
    view: (typeof view === 'object' && view !== null && !Array.isArray(view) ? view : {}) as FileView
  }
}
