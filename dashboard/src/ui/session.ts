import { session as sessionResource } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { may, type Permission, type Scope, type Session } from '../model/access.ts'

/** Milliseconds between looks at the session: it ends by itself, and rights change seldom. */
const sessionPause = 60_000

/** Who looks at the page; undefined until it is known. */
export const useSession = (): Session | undefined => useResource(sessionResource, sessionPause).data

/** Whether whoever looks may do something. */
export function useMay (): (permission: Permission, scope?: Scope) => boolean {
  const session = useSession()
  return (permission, scope) => may(session, permission, scope)
}
