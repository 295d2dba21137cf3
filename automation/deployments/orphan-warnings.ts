/** Warnings of what is deployed and no longer in the federation file. Pure. */
import { type LaunchWarning } from '../../contract/window.ts'
import { orphanOperations, type Mode, type Operation } from '../../contract/words.ts'
import { type Federation } from '../../programs/types.ts'
import { type Standing } from './orphans.ts'

/** Names in a sentence, so that it can be read. */
const named = 5
/** Ids in a warning: each deployment of a list repeats its own. */
const listed = 100

/** A launch, or a plan of one, that may warn. */
export interface Warned {
  readonly federation: Pick<Federation, 'name' | 'clusters'>
  readonly operation: Operation
  readonly mode: Mode
  /** The world of a rehearsal; absent or null: none, or the default one. */
  readonly world?: string | null | undefined
  /** The federation's file is gone. */
  readonly gone?: true
  /** Units of the launch. */
  readonly units: readonly { readonly id: string }[]
}

/** Warns of all orphans in one, and of the way to remove them; none when there are none. */
export function orphanWarnings (warned: Warned, { deployed, orphans }: Standing): LaunchWarning[] {
  if (orphans.length === 0) return []
  const ids = orphans.map(({ id }) => id)
  const what = ids.length === 1 ? 'A deployed unit is' : `${ids.length} deployed units are`
  return [{
    code: 'orphaned',
    message: `${what} no longer in the federation file: ${sentence(ids)}.` +
      (warned.gone ? ' There is no file of that name any more: the text of the last up stands for it.' : '') +
      `${changedClusters(warned.federation, deployed, orphans)} ${fate(warned, ids)}`,
    units: ids.slice(0, listed)
  }]
}

/** Joins names for a sentence. */
function sentence (names: readonly string[]): string {
  const rest = names.length - named
  return names.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/**
 * Names the clusters that are gone, and beside them those that may be the same under another name.
 */
function changedClusters (
  { clusters }: Warned['federation'],
  deployed: Standing['deployed'],
  orphans: Standing['orphans']
): string {
  const names = new Set(clusters.map(({ name }) => name))
  const gone = [...new Set(orphans.flatMap(({ scope }) => scope.clusters))].filter((name) => !names.has(name))
  if (gone.length === 0) return ''
  const known = new Set(deployed.flatMap(({ scope }) => scope.kind === 'cluster' ? [scope.name] : []))
  const fresh = [...names].filter((name) => !known.has(name))
  return ` The file has lost the ${gone.length === 1 ? 'cluster' : 'clusters'} ${sentence(gone)}` +
    (fresh.length === 0
      ? '.'
      : ` and has ${sentence(fresh)}, which is not deployed: a renamed cluster is both.`)
}

/** Says what becomes of the orphans, and how to remove those that stay. */
function fate ({ federation, operation, mode, world, units }: Warned, ids: readonly string[]): string {
  const taken = new Set(units.map(({ id }) => id))
  const left = ids.filter((id) => !taken.has(id)).length
  const place = mode === 'live' ? ' --mode live' : world && world !== 'default' ? ` --world ${world}` : ''
  const way = `windlass destroy ${federation.name}${place} --orphaned`
  if (operation === 'destroy') {
    if (left === 0) return 'This destroy removes all of that.'
    return left === ids.length
      ? `This destroy leaves them; "${way}" removes them.`
      : `This destroy leaves ${left} of them; "${way}" removes those.`
  }
  const seen = !orphanOperations.includes(operation)
    ? `This ${operation} does not touch them`
    : left === 0
    ? `This ${operation} looks at them too`
    : `This ${operation} looks at ${ids.length - left} of them`
  return `${seen}; "${way}" removes them.`
}
