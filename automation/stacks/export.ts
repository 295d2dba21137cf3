import { exportStack as exportDocument } from '../../rehearsal/engine/stack/export.ts'
import { type DeploymentV3, type StackRef, type StackStore } from './types.ts'

/**
 * A `pulumi stack export` document of the stack as it is now, also while an operation runs; secrets
 * stay encrypted. Undefined when there is no such stack.
 */
export async function exportStack (
  store: StackStore,
  ref: StackRef
): Promise<Record<string, unknown> | undefined> {
  if (!await store.has(ref)) return undefined
  const document = exportDocument(await store.load(ref))
  return document ? { ...document } : { version: 3, deployment: {} }
}

/** A stack's state with what its journal adds. */
export function wholeState (stored: Parameters<typeof exportDocument>[0]): DeploymentV3 | undefined {
  return exportDocument(stored)?.deployment
}
