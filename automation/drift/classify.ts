/** The kind of drift that a refreshed resource shows. Pure. */
import { type DriftProperty } from '../../contract/drift.ts'
import { toldCut } from '../../contract/text/cut.ts'
import {
  type Difference,
  differencesOf,
  firstOf,
  isMasked,
  isWithin,
  maskedSecret,
  shownValue
} from './differences.ts'
import { type DriftDraft } from './draft.ts'

/** A resource's state as the engine's events have it. */
interface SeenState {
  inputs?: Readonly<Record<string, unknown>>
  outputs?: Readonly<Record<string, unknown>>
  custom?: boolean
}
/** A resource as a refresh told of it. */
export interface Seen {
  op: string
  urn: string
  type: string
  /** The state's side. */
  old?: SeenState | null
  /** The cloud's side. */
  new?: SeenState | null
  detailedDiff?: Readonly<Record<string, unknown>> | null
  diffs?: readonly string[] | null
}

/**
 * More than people read; a document that was rewritten as a whole can differ in thousands of
 * places.
 */
const mostProperties = 50
/**
 * Characters of a value as JSON: what is longer is a document, of which the beginning tells which
 * it is.
 */
const longestValue = 1_000

/**
 * Says whether a resource is something that a cloud has: not a component, the stack or a provider.
 */
export function isInCloud ({ type, old }: Seen): boolean {
  return old?.custom === true && !type.startsWith('pulumi:')
}

/**
 * The drift of a resource; undefined when there is none. What the provider calls a change of an
 * input is `changed`; all other differences are values that the cloud computes. `redact` takes
 * secrets that are known by value out of what is shown.
 */
export function driftOf (seen: Seen, redact: <T>(value: T) => T): DriftDraft | undefined {
  const { op, urn, type } = seen
  const about = { urn, resource: { type, name: urn.split('::').slice(3).join('::') } }
  if (op === 'delete') return { ...about, kind: 'missing', properties: [] }
  const before = { inputs: seen.old?.inputs ?? {}, outputs: seen.old?.outputs ?? {} }
  const after = { inputs: seen.new?.inputs ?? {}, outputs: seen.new?.outputs ?? {} }
  const paths = changedPaths(seen).filter((path) =>
    firstOf(path) in before.inputs || firstOf(path) in after.inputs
  )
  const inputs = differencesOf(before.inputs, after.inputs)
  const shown = (value: unknown): unknown => short(redact(shownValue(value)))
  const property = (
    { path, before: expected, after: actual }: Difference,
    kind: DriftProperty['kind']
  ): DriftProperty => ({
    path: redact(path),
    kind,
    ...(expected !== undefined && { expected: shown(expected) }),
    ...(actual !== undefined && { actual: shown(actual) })
  })
  const changed = paths.flatMap((path): DriftProperty[] => {
    const own = inputs.filter((difference) => isWithin(difference.path, path))
    if (own.length > 0) return own.map((difference) => property(difference, 'changed'))
    const around = inputs.find((difference) => isWithin(path, difference.path))
    if (around) return [property(around, 'changed')]
    const hidden = isMasked(before.inputs[firstOf(path)]) || isMasked(after.inputs[firstOf(path)])
    return [{
      path: redact(path),
      kind: 'changed',
      ...(hidden && { expected: maskedSecret, actual: maskedSecret })
    }]
  })
  const told = unique(changed)
  const computed = differencesOf(before.outputs, after.outputs).filter(({ path }) =>
    !paths.some((other) => isWithin(path, other) || isWithin(other, path))
  ).map((difference) => property(difference, 'output'))
  const properties = [...told, ...computed]
  if (properties.length === 0) return undefined
  return {
    ...about,
    kind: told.length > 0 ? 'changed' : 'output',
    properties: properties.slice(0, mostProperties),
    ...(properties.length > mostProperties && { propertiesCut: properties.length - mostProperties })
  }
}

/**
 * The paths that the provider found changed: with its detailed answer, or else by their first keys.
 */
function changedPaths ({ detailedDiff, diffs }: Seen): string[] {
  const detailed = Object.keys(detailedDiff ?? {})
  return detailed.length > 0 ? detailed : [...diffs ?? []]
}

const unique = (
  properties: readonly DriftProperty[]
): DriftProperty[] => [...new Map(properties.map((property) => [property.path, property])).values()]

function short (value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined
  return text !== undefined && text.length > longestValue ? toldCut(text, longestValue) : value
}
