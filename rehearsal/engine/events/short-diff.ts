/** Names of the properties that a step changes (pulumi `display/rows.go`, getDiffInfo). */
import { parsePath } from '../values/property-path.ts'
import { isSecret, sameValue } from '../values/wire-values.ts'
import { type StateMetadata, type StepMetadata } from './engine-event.ts'

type Kind = 'add' | 'delete' | 'update'
const marks: readonly [Kind, string][] = [['add', '+'], ['delete', '-'], ['update', '~']]

/** `diff: +new-gone~changed`; empty when there is nothing to tell. */
export function shortDiff (step: StepMetadata): string {
  const { op, old, new: state, diffs = [] } = step
  if (old === null || state === null) return ''
  const changes = op === 'same'
    ? undefined
    : step.detailedDiff
    ? detailedChanges(step.detailedDiff)
    : inputChanges(old, state, diffs)
  const moved = new Map<string, Kind>()
  if (old.provider !== state.provider) moved.set('provider', 'update')
  if ((old.protect ?? false) !== (state.protect ?? false)) moved.set('protect', 'update')
  if (changes === undefined && moved.size === 0) return ''
  const all = [...changes ?? [], ...moved].filter(([key]) => diffs.length === 0 || diffs.includes(key))
  const lists = marks.map(([kind, mark]) => {
    const keys = all.filter(([, change]) => change === kind).map(([key]) => key).sort()
    return keys.length === 0 ? '' : mark + keys.join(',')
  })
  return `diff: ${lists.join('')}`
}

function detailedChanges (
  diff: NonNullable<StepMetadata['detailedDiff']>
): ReadonlyMap<string, Kind> | undefined {
  const changes = new Map<string, Kind>()
  for (const [path, { diffKind }] of Object.entries(diff)) {
    const [key = path, ...inner] = parsePath(path) ?? [path]
    const [kind = 'update'] = diffKind.split('-')
    changes.set(String(key), inner.length > 0 ? 'update' : kind as Kind)
  }
  return changes.size > 0 ? changes : undefined
}

function inputChanges (
  old: StateMetadata,
  state: StateMetadata,
  diffs: readonly string[]
): ReadonlyMap<string, Kind> | undefined {
  const changes = new Map<string, Kind>()
  const [olds, news] = [old.inputs, state.inputs]
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (key.startsWith('__')) continue
    const [before, after] = [olds[key], news[key]]
    if (before === undefined) changes.set(key, 'add')
    else if (after === undefined) changes.set(key, 'delete')
    // Events hide secrets, so that two of them look alike.
    else if (!sameValue(before, after) || (isSecret(after) && diffs.includes(key))) changes.set(key, 'update')
  }
  return changes.size > 0 ? changes : undefined
}
