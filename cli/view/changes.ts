/** The resources that a deployment changed, for people. Pure. */
import { type ResourceChange } from '../../contract/change.ts'
import { cut } from './text.ts'

/** Columns of a value; of longer ones the beginning is shown. */
const valueWidth = 60

const marks: Record<string, string> = { create: '+', update: '~', replace: '±', delete: '-' }
const shown = (value: unknown): string => {
  if (value === undefined) return '(none or secret)'
  if (typeof value === 'object' && value !== null && (value as { unknown?: unknown }).unknown === true) {
    return '(not known yet)'
  }
  return cut(typeof value === 'string' ? value : JSON.stringify(value), valueWidth)
}

/**
 * Unit by unit, a line for each resource and below it one for each property that differs. The
 * halves of a replacement are left out: the replacement itself is shown.
 */
export function changeLines (changes: readonly ResourceChange[]): string[] {
  const units = new Map<string, ResourceChange[]>()
  for (const change of changes) {
    if (marks[change.op] !== undefined) units.set(change.unit, [...units.get(change.unit) ?? [], change])
  }
  return [...units].flatMap((
    [unit, list]
  ) => [
    unit,
    ...list.flatMap(({ op, resource: { type, name }, diff = [], diffsCut }) => [
      `  ${marks[op] ?? ''} ${type} ${name}`,
      ...diff.map(({ path, kind, replaces, before, after }) =>
        `      ${path}${
          kind === 'add'
            ? `: ${shown(after)}`
            : kind === 'delete'
            ? ': removed'
            : `: ${shown(before)} → ${shown(after)}`
        }${replaces ? ' (replaces the resource)' : ''}`
      ),
      ...(diffsCut === undefined ? [] : [`      and ${diffsCut} more`])
    ])
  ])
}
