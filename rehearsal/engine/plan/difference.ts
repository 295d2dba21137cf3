/**
 * The difference between the old and new inputs of a resource, and whether it replaces the
 * resource.
 */
import { type DiffResponse, type PropertyDiff } from '../../provider.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type Olds, type Operations, subjectOf } from '../providers/operations.ts'
import { type PropertyPath, containsPath, parsePath, resetPath } from '../values/property-path.ts'
import { changedKeys, isObject, revealSecrets, sameValue } from '../values/wire-values.ts'

export const noDifference: DiffResponse = {
  changes: 'none',
  diffs: [],
  replaces: [],
  stables: [],
  deleteBeforeReplace: false
}
export function replaceFor (key: string): DiffResponse {
  return { ...noDifference, changes: 'some', replaces: [key] }
}

/** The program's inputs without the changes that are to be ignored. */
export function withoutIgnored (
  diagnostics: Diagnostics,
  urn: string,
  inputs: WireObject,
  oldInputs: WireObject,
  ignoreChanges: string[]
): WireObject {
  let result = inputs
  const invalid: string[] = []
  for (const text of ignoreChanges) {
    const path = parsePath(text)
    if (path === undefined) continue
    const changed = resetPath(oldInputs, result, path)
    if (changed === undefined) invalid.push(text)
    else result = changed
  }
  if (invalid.length > 0) {
    diagnostics.info(
      urn,
      `cannot ignore changes in added or removed elements of the path: "${invalid.join(', ')}"`
    )
  }
  return result
}

function detail (
  path: string,
  olds: WireValue | undefined,
  news: WireValue | undefined,
  found: Record<string, PropertyDiff>
): void {
  if (sameValue(olds, news)) return
  if (isObject(olds) && isObject(news)) {
    for (const key of changedKeys(olds, news)) {
      detail(
        /^[A-Za-z_]\w*$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}["${key}"]`,
        olds[key],
        news[key],
        found
      )
    }
  } else if (Array.isArray(olds) && Array.isArray(news)) {
    for (let n = 0; n < Math.max(olds.length, news.length); n++) {
      detail(`${path}[${n}]`, olds[n], news[n], found)
    }
  } else {found[path] = {
      kind: olds === undefined ? 'ADD' : news === undefined ? 'DELETE' : 'UPDATE',
      inputDiff: true
    }}
}

/** Compares inputs: by the provider, or by value where the provider cannot tell. */
export async function diffResource (
  diagnostics: Diagnostics,
  operations: Operations,
  subject: { urn: string, id: string },
  olds: Olds,
  news: WireObject,
  ignoreChanges: string[]
): Promise<DiffResponse> {
  const diff = await operations.diff({ ...subjectOf(subject.urn), id: subject.id }, olds, news, ignoreChanges)
  if (diff.changes !== 'unknown') return diff
  const before = revealSecrets(olds.inputs) as WireObject
  const after = revealSecrets(
    withoutIgnored(diagnostics, subject.urn, news, olds.inputs, ignoreChanges)
  ) as WireObject
  const diffs = changedKeys(before, after)
  if (diffs.length === 0) return { ...diff, changes: 'none' }
  const detailedDiff: Record<string, PropertyDiff> = {}
  detail('', before, after, detailedDiff)
  return { ...diff, changes: 'some', diffs, detailedDiff }
}

const initErrorProperty = '#initerror'
const toReplace: Record<PropertyDiff['kind'], PropertyDiff['kind']> = {
  ADD: 'ADD_REPLACE',
  ADD_REPLACE: 'ADD_REPLACE',
  DELETE: 'DELETE_REPLACE',
  DELETE_REPLACE: 'DELETE_REPLACE',
  UPDATE: 'UPDATE_REPLACE',
  UPDATE_REPLACE: 'UPDATE_REPLACE'
}

/**
 * Turns changes under one of the paths into a replacement. The path `#initerror` stands for a
 * resource that did not become ready.
 */
export function withReplaceOnChanges (
  diff: DiffResponse,
  replaceOnChanges: string[],
  hasInitErrors: boolean
): DiffResponse {
  if (diff.changes !== 'some' && !hasInitErrors) return diff
  const paths = replaceOnChanges.map(parsePath).filter((path) => path !== undefined)
  const matches = (inner: PropertyPath | undefined): boolean =>
    inner !== undefined && paths.some((path) => containsPath(path, inner))
  const detailedDiff = diff.detailedDiff &&
    Object.fromEntries(
      Object.entries(diff.detailedDiff).map((
        [path, change]
      ) => [path, matches(parsePath(path)) ? { ...change, kind: toReplace[change.kind] } : change])
    )
  const replaces = [...new Set([...diff.replaces, ...diff.diffs.filter((key) => matches(parsePath(key)))])]
  const initError = hasInitErrors && matches([initErrorProperty])
  return {
    ...diff,
    ...(initError && { changes: 'some' }),
    replaces: initError ? [...replaces, initErrorProperty] : replaces,
    ...(detailedDiff &&
      {
        detailedDiff: initError
          ? { ...detailedDiff, [initErrorProperty]: { kind: 'UPDATE_REPLACE', inputDiff: false } }
          : detailedDiff
      })
  }
}
/** Tells if a difference replaces. A provider may say so in the detailed diff only. */
export function isReplacement (diff: DiffResponse): boolean {
  return diff.replaces.length > 0 ||
    Object.values(diff.detailedDiff ?? {}).some(({ kind }) => kind.endsWith('_REPLACE'))
}
