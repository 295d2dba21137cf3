/** Counts of resource changes as signs and words. Pure. */
import type { ResourceChanges } from '../api/client.ts'

export type ChangeKind = keyof ResourceChanges

/** The kinds in the order in which they are shown. */
const words: Record<ChangeKind, { sign: string, planned: string, done: string }> = {
  create: { sign: '+', planned: 'to create', done: 'created' },
  update: { sign: '~', planned: 'to update', done: 'updated' },
  replace: { sign: '±', planned: 'to replace', done: 'replaced' },
  delete: { sign: '−', planned: 'to delete', done: 'deleted' },
  same: { sign: '=', planned: 'unchanged', done: 'unchanged' }
}
export const changeKinds = Object.keys(words) as ChangeKind[]

/** The sign of an operation of the engine; undefined for operations that change nothing. */
export const changeSign = (operation: string): string | undefined =>
  operation === 'same' ? undefined : words[operation as ChangeKind]?.sign

/** Number of resources that were, or in a preview would be, changed. */
export const changedResources = (changes: ResourceChanges): number =>
  changes.create + changes.update + changes.replace + changes.delete

/** Lists the kinds of which there are any, with sign and words; unchanged ones only with `same`. */
export function changeList (
  changes: ResourceChanges,
  options: { preview?: boolean, same?: boolean } = {}
): { kind: ChangeKind, sign: string, count: number, words: string }[] {
  return changeKinds.filter((kind) => changes[kind] > 0 && (kind !== 'same' || options.same === true))
    .map((kind) => ({
      kind,
      sign: words[kind].sign,
      count: changes[kind],
      words: `${changes[kind]} ${words[kind][options.preview ? 'planned' : 'done']}`
    }))
}
