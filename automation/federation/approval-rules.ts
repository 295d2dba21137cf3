/** Rules of the `approvals` section: one gate for a phase, and as many people as it needs. */
import { items, type Rule } from './rules.ts'

/**
 * Operations that a gate is about unless it says otherwise: a preview changes nothing, a rehearsal
 * nothing real.
 */
export const gatedOperations = ['up', 'refresh', 'destroy'] as const
export const gatedModes = ['live'] as const

export const approvalRule: Rule = (context) => {
  const seen = new Map<string, number>()
  for (const { index, item } of items(context.view.approvals?.gates)) {
    const path = ['approvals', 'gates', index] as const
    const { people, groups, needed = 1 } = item
    if (people && !groups && needed > people.length) {
      context.report('FED_APPROVAL_NEEDED', [...path, 'needed'], 'value', needed, people.length)
    }
    for (const { index: place, item: phase } of items(item.phases)) {
      for (const operation of item.operations ?? gatedOperations) {
        for (const mode of item.modes ?? gatedModes) {
          if (operation === undefined || mode === undefined) continue
          const key = `${phase} ${operation} ${mode}`
          const other = seen.get(key)
          if (other !== undefined && other !== index) {
            context.report(
              'FED_APPROVAL_TWICE',
              [...path, 'phases', place],
              'value',
              phase,
              operation,
              mode,
              other
            )
          } else seen.set(key, index)
        }
      }
    }
  }
}
