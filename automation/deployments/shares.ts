/** For whom a deployment is run: what shares, and bounds on what waits, go by. */
import { type Actor } from '../../contract/access.ts'

/**
 * The caller that a deployment counts as: the person behind it, so that two tokens are no two
 * shares, or else the token, job, hook or schedule. store/deployments/caller-column.ts reads the
 * same from the database.
 */
export function callerOf (launchedBy: Actor | null | undefined): string {
  return launchedBy?.person ?? launchedBy?.subject ?? ''
}
