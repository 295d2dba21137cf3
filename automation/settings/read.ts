/**
 * Settings files: YAML judged by one schema, with all that is wrong at once, each with its place in
 * the file. For files that people write for the service itself; federations have rules of their
 * own.
 */
import { type Static, type TSchema } from 'typebox'
import { parseYaml } from '../federation/document.ts'
import { type Finding, type Path } from '../federation/errors.ts'
import { nearest } from '../federation/near.ts'
import {
  pathOf,
  schemaAt,
  schemaErrors,
  shown,
  valueAt,
  type SchemaError
} from '../federation/schema-places.ts'
import { yamlText } from '../federation/yaml-bytes.ts'
import { FileTooLargeError, readRegularFile } from '../regular-file.ts'
import { SettingsError, type SettingsCode, type SettingsProblem } from './errors.ts'

/** A finding of a rule, at a path that need not be there. */
export interface SettingsFinding {
  path: Path
  message: string
  expected: string
  at?: 'key' | 'value'
}

/**
 * Bytes of a file: hundreds of rules need less than a half; the parser takes a quarter of a second.
 */
const maxBytes = 256 * 1024
/** More problems than a person reads at once. */
const maxErrors = 200

/** Lists what the schema finds wrong: each place once. */
function shapeFindings (schema: TSchema, data: unknown): SettingsFinding[] {
  const found = new Map<string, SettingsFinding>()
  for (const error of schemaErrors(schema, data, maxErrors)) {
    for (const one of judged(schema, error, pathOf(error.instancePath, data), data)) {
      const key = JSON.stringify(one.path)
      if (!found.has(key)) found.set(key, one)
    }
  }
  return [...found.values()]
}

function judged (schema: TSchema, error: SchemaError, path: Path, data: unknown): SettingsFinding[] {
  switch (error.keyword) {
    // Each unknown field is reported by itself, as `boolean`.
    case 'additionalProperties':
      return []
    case 'boolean': {
      const field = String(path.at(-1))
      const known = Object.keys(schemaAt(schema, path.slice(0, -1))?.properties ?? {})
      const meant = nearest(field, known)
      const expected = known.length > 0
        ? `no other fields than ${known.join(', ')}`
        : schemaAt(schema, path.slice(0, -1))?.description ?? 'another key'
      return [{
        path,
        at: 'key',
        message: `is an unknown field${meant.length > 0 ? `; did you mean ${meant.join(' or ')}?` : ''}`,
        expected
      }]
    }
    case 'required':
      return error.params.requiredProperties.map((field) => ({
        path: [...path, field],
        at: 'key' as const,
        message: 'is missing',
        expected: schemaAt(schema, [...path, field])?.description ?? field
      }))
    default:
      return [{
        path,
        message: `is ${shown(valueAt(data, path))}`,
        expected: schemaAt(schema, path)?.description ?? error.message
      }]
  }
}

/** The error of a file, with its problems in the order of its lines. */
const invalid = (file: string, problems: readonly SettingsProblem[]) =>
  new SettingsError('settings-invalid', {
    file,
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
  })

/**
 * Judges a text by a schema and, when its shape is right, by rules that span fields. `file` is the
 * name that problems carry. Throws a SettingsError that has them all.
 */
export function parseSettings<T extends TSchema> (
  text: string,
  file: string,
  schema: T,
  rules: (value: Static<T>) => SettingsFinding[] = () => []
): Static<T> {
  const document = parseYaml(text, file)
  const place = (code: SettingsCode, finding: SettingsFinding): SettingsProblem =>
    document.locate<SettingsCode>({ at: 'value', ...finding, code } satisfies Finding<SettingsCode>)
  const syntax = document.problems.map((problem): SettingsProblem => ({
    ...problem,
    code: 'SETTINGS_SYNTAX'
  }))
  if (syntax.length > 0) throw invalid(file, syntax)
  const shape = shapeFindings(schema, document.data)
  if (shape.length > 0) throw invalid(file, shape.map((one) => place('SETTINGS_SHAPE', one)))
  // Nothing was found wrong, so the data is what the schema says.
  const value = document.data as Static<T>
  const found = rules(value)
  if (found.length > 0) throw invalid(file, found.map((one) => place('SETTINGS_RULE', one)))
  return value
}

/** Reads and judges a file. A file that cannot be read is a SettingsError too. */
export async function readSettings<T extends TSchema> (
  file: string,
  schema: T,
  rules?: (value: Static<T>) => SettingsFinding[]
): Promise<Static<T>> {
  const unreadable = (message: string, expected: string, { line, column } = { line: 1, column: 1 }) =>
    invalid(file, [{
      file,
      line,
      column,
      path: '',
      code: 'SETTINGS_SYNTAX',
      message,
      expected
    }])
  let bytes: Buffer
  try {
    bytes = await readRegularFile(file, maxBytes)
  } catch (error) {
    if (error instanceof FileTooLargeError) {
      throw unreadable(`the file has ${error.size} bytes`, `at most ${maxBytes} bytes`)
    }
    throw unreadable(
      `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'a file that the service may read'
    )
  }
  const read = yamlText(bytes)
  if ('text' in read) return parseSettings(read.text, file, schema, rules)
  throw unreadable(`the file ${read.wrong}`, 'UTF-8 text without control characters', read)
}
