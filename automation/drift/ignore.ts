/** Parts of a drift that the federation file ignores. Pure. */
import { type DriftCounts } from '../../contract/drift.ts'
import { type DriftRule } from '../../programs/types/operation.ts'
import { isWithin } from './differences.ts'
import { type DriftDraft } from './draft.ts'

/** Says whether a pattern, in which `*` stands for any text, is the whole text. */
function fits (pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`,
    's'
  ).test(text)
}

const covers = (pattern: string, path: string): boolean =>
  pattern.includes('*') ? fits(pattern, path) : isWithin(path, pattern)

/**
 * Marks what rules ignore. A rule without a property is about the whole resource, also when it is
 * missing; one with a property about that and what is inside it. What is left decides of what kind
 * the drift is; when nothing is left the resource counts as ignored. `clusters`: those that the
 * unit concerns.
 */
export function withIgnored (
  found: DriftDraft,
  rules: readonly DriftRule[],
  clusters: readonly string[]
): DriftDraft {
  const own = rules.filter(({ type, cluster }) =>
    fits(type, found.resource.type) && (cluster === undefined || clusters.includes(cluster))
  )
  const whole = own.find(({ property }) => property === undefined)
  if (whole) return { ...found, ignored: whole.reason }
  if (found.kind === 'missing' || own.length === 0) return found
  const properties = found.properties.map((property) => {
    const rule = own.find((one) => one.property !== undefined && covers(one.property, property.path))
    return rule ? { ...property, ignored: rule.reason } : property
  })
  const left = properties.filter(({ ignored }) => ignored === undefined)
  const [first] = properties
  // What was cut off the list was looked at by nobody.
  if (left.length === 0 && found.propertiesCut === undefined && first?.ignored !== undefined) {
    return { ...found, properties, ignored: first.ignored }
  }
  return {
    ...found,
    properties,
    kind: left.length === 0 ? found.kind : left.some(({ kind }) => kind === 'changed') ? 'changed' : 'output'
  }
}

/** Nothing compared, nothing found. */
export function noDrift (): DriftCounts {
  return { resources: 0, changed: 0, output: 0, missing: 0, ignored: { changed: 0, output: 0, missing: 0 } }
}

/**
 * Says whether something has to be done: values that the cloud computes are no drift of what was
 * asked for.
 */
export function hasDrift ({ changed, missing }: Pick<DriftCounts, 'changed' | 'missing'>): boolean {
  return changed + missing > 0
}
