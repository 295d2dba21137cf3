import type { Permission } from '../../../contract/words.ts'
import { session as sessionResource } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { may, type Scope, type Session } from '../model/access.ts'

/** Milliseconds between reads of the session: it ends by itself, and rights change seldom. */
const sessionPause = 60_000

/** The session of whoever uses the page; undefined until it is known. */
export const useSession = (): Session | undefined => useResource(sessionResource, sessionPause).data

/** Gives a function that tells what the session may do. */
export function useMay (): (permission: Permission, scope?: Scope) => boolean {
  const session = useSession()
  return (permission, scope) => may(session, permission, scope)
}
