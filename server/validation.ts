/** Turns the validator's errors into issues: what is wrong and what is expected, field by field. */
import { type FastifySchemaValidationError } from 'fastify'
import { type Issue } from '../contract/problem.ts'
import { headOf } from '../contract/text/cut.ts'

/** More than anyone reads; a large wrong body must not make a larger answer. */
export const mostIssues = 50

interface Described {
  description?: string
  properties?: Record<string, Described>
  items?: Described
  enum?: unknown[]
}
interface ValidatorError extends FastifySchemaValidationError {
  parentSchema?: Described
  data?: unknown
}

/** `/rehearsal/faults/0/kind` as people write it: `rehearsal.faults[0].kind`. */
export function fieldOf (pointer: string): string {
  return pointer.split('/').slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (field, part) => /^\d+$/.test(part) ? `${field}[${part}]` : field === '' ? part : `${field}.${part}`,
      ''
    )
}

/** A value as an error shows it: JSON, cut after 60 characters. */
function shown (value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing'
  return json.length > 60 ? `${headOf(json, 60)}…` : json
}

const kindOf = (value: unknown) =>
  value === null
    ? 'null'
    : Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
    ? 'an object'
    : `the ${typeof value} ${shown(value)}`

function issueOf (error: ValidatorError): Issue {
  const { keyword, params, instancePath, parentSchema = {}, data } = error
  const at = (path: string, message: string, expected: string): Issue => ({
    path,
    field: fieldOf(path),
    message,
    expected
  })
  const expected = parentSchema.description ?? error.message ?? 'another value'
  switch (keyword) {
    case 'required': {
      const name = String(params.missingProperty)
      return at(
        `${instancePath}/${name}`,
        'is missing',
        parentSchema.properties?.[name]?.description ?? 'a value'
      )
    }
    case 'additionalProperties': {
      const name = String(params.additionalProperty)
      const known = Object.keys(parentSchema.properties ?? {})
      return at(
        `${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        'is an unknown field',
        known.length > 0 ? `only ${known.join(', ')}` : 'no field'
      )
    }
    case 'type':
      return at(instancePath, `is ${kindOf(data)}`, expected)
    case 'uniqueItems':
      return at(instancePath, `holds ${shown((data as unknown[])[Number(params.j)])} twice`, expected)
    case 'minItems':
      return at(instancePath, `has ${(data as unknown[]).length} items`, expected)
    case 'maxItems':
      return at(instancePath, `has ${(data as unknown[]).length} items`, expected)
    case 'maxLength':
      return at(
        instancePath,
        `has ${String(data).length} characters`,
        `${expected}, at most ${String(params.limit)} characters`
      )
    case 'minLength':
      return at(instancePath, data === '' ? 'is empty' : `has ${String(data).length} characters`, expected)
    default:
      return at(instancePath, `is ${shown(data)}`, expected)
  }
}

/** The issues, each field once, in the order of the request; at most 50. */
export function issuesOf (errors: readonly FastifySchemaValidationError[]): Issue[] {
  const issues = new Map<string, Issue>()
  for (const error of errors) {
    const issue = issueOf(error)
    if (!issues.has(issue.path)) issues.set(issue.path, issue)
    if (issues.size === mostIssues) break
  }
  return [...issues.values()]
}
