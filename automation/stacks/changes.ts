import { type ResourceChanges } from '../../contract/deployment.ts'

/** No changes. */
export function noChanges (): ResourceChanges {
  return { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
}

/** The five kinds that are shown, out of the engine's own summary (absent ones are 0). */
export function changesOf (summary: Record<string, number | undefined> | undefined): ResourceChanges {
  const changes = noChanges()
  for (const kind of Object.keys(changes) as (keyof ResourceChanges)[]) changes[kind] = summary?.[kind] ?? 0
  return changes
}
