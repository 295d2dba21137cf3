/** Orphans, deployed and no longer in the federation file, for people. Pure. */
import { type Deployment } from '../../contract/deployment.ts'
import { type LaunchWarning } from '../../contract/window.ts'

/** The warning of orphans in a plan or a deployment, whatever became of it. */
export function orphanLines (warnings: readonly LaunchWarning[] = []): string[] {
  return warnings.filter(({ code }) => code === 'orphaned').map(({ message }) => `warning: ${message}`)
}

/** Ids of the orphans that a deployment's warning lists. */
export function orphansOf ({ warnings = [] }: Pick<Deployment, 'warnings'>): ReadonlySet<string> {
  return new Set(warnings.flatMap(({ code, units = [] }) => code === 'orphaned' ? units : []))
}
