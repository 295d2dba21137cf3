/** Nautilus' file with anything anywhere, and what loading has to say of it. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parse } from 'yaml'
import { cidr, overlaps } from '../../../automation/federation/cidr.ts'
import { parseFederation } from '../../../automation/federation/load.ts'
import { nautilusText } from './nautilus.ts'

type Step = string | number
type Data = Record<Step, unknown>

/** Every path in a value, but its root. */
function paths (value: unknown, at: readonly Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return []
  const steps: Step[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return steps.flatMap((step) => [[...at, step], ...paths((value as Data)[step], [...at, step])])
}

const nautilus: unknown = parse(nautilusText)
const path = fc.constantFrom(...paths(nautilus))
/**
 * Values that are wrong somewhere and right elsewhere, those that JavaScript treats in a special
 * way among them.
 */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    0,
    -1,
    1e9,
    '',
    'aws',
    'gcp',
    'primary',
    'dr',
    '10.0.0.0/8',
    '10.3.0.0/20',
    'nautilus-hub-us-west',
    '__proto__',
    {},
    []
  )
)

/** One to three values of Nautilus' file, each with another in its place. */
export const anyEdits = fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 3 })

type Edits = readonly (readonly [readonly Step[], unknown])[]

function withEdits (edits: Edits): string {
  const data = structuredClone(nautilus)
  for (const [path, value] of edits) {
    const parent = path.slice(0, -1).reduce<unknown>(
      (node, step) => typeof node === 'object' && node !== null ? (node as Data)[step] : undefined,
      data
    )
    const step = path.at(-1)
    if (typeof parent === 'object' && parent !== null && step !== undefined) (parent as Data)[step] = value
  }
  return JSON.stringify(data)
}

/** The text of such a file. */
export const anyEditedText: fc.Arbitrary<string> = anyEdits.map(withEdits)

/**
 * Fails unless an edited file gives problems with a place, or a federation with separate ranges.
 */
export function assertJudged (edits: Edits): void {
  const text = withEdits(edits)
  const result = parseFederation(text, 'any.yaml')
  if ('errors' in result) {
    assert.ok(result.errors.length > 0)
    for (const problem of result.errors) {
      assert.ok(
        problem.line === 1 && problem.column >= 1 && problem.column <= text.length,
        JSON.stringify(problem)
      )
      assert.ok(problem.message !== '' && problem.expected !== '')
    }
    return
  }
  const ranges = result.federation.clusters.flatMap((
    cluster
  ) => [cluster.cidr, cluster.podCidr, cluster.serviceCidr, cluster.controlPlaneCidr]).map(cidr)
  for (const [index, range] of ranges.entries()) {
    assert.ok(ranges.slice(0, index).every((other) => !overlaps(range, other)))
  }
}
