/** Who makes a request, and how that is found out. */
import { type FastifyRequest } from 'fastify'
import {
  everywhere,
  type AccessSettings,
  type AccessStore,
  type Origin,
  type Principal
} from '../../automation/index.ts'
import { type Actor } from '../../contract/access.ts'
import { type Identifier } from './identify.ts'
import { type Logins } from './login.ts'

/**
 * Whoever reaches a service that listens on the loopback address only and authenticates nobody: a
 * user of this machine, who could read its data folder as well.
 */
export const localPrincipal: Principal = {
  actor: { subject: 'local', name: 'local', kind: 'local' },
  groups: [],
  grants: [everywhere('admin')]
}

/**
 * On whose behalf a request is, and where it came from: what the automation room notes with what is
 * done.
 */
export function byOf (
  { principal: { actor, groups }, ip, id }: FastifyRequest
): { actor: Actor, groups: string[], origin: Origin } {
  return { actor, groups, origin: { address: ip, requestId: id } }
}

/** Whoever shows nothing that says who they are. */
export const nobody: Principal = {
  actor: { subject: 'anonymous', name: 'anonymous', kind: 'person' },
  groups: [],
  grants: []
}

/**
 * What sessions need. Each part is to be read where it is used: the access file may change while
 * the service runs.
 */
export interface SessionParts {
  readonly settings: AccessSettings
  readonly store: AccessStore
  readonly identifier: Identifier
  readonly logins: Logins
}

/**
 * How callers are known. `local`: they are not; the service listens where only this machine can
 * reach it, by the addresses and names in `hosts` (besides the loopback addresses themselves).
 * `authenticated`: by what `identify` finds in a request: undefined when it shows no credentials;
 * rejects with an HttpError when they are no good. `parts`: for sessions, and the limits of each
 * caller.
 */
export type Access =
  | { kind: 'local', hosts: readonly string[] }
  | {
    kind: 'authenticated'
    identify(request: FastifyRequest): Promise<Principal | undefined>
    parts?: SessionParts
  }
