/** Callers, and how they are identified. */
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
 * The caller of a service that listens on the loopback address only and authenticates nobody: a
 * user of this machine, who could read its data folder as well.
 */
export const localPrincipal: Principal = {
  actor: { subject: 'local', name: 'local', kind: 'local' },
  groups: [],
  grants: [everywhere('admin')]
}

/** The caller and origin of a request, which the automation room notes with what is done. */
export function byOf (
  { principal: { actor, groups, triggeredBy }, ip, id }: FastifyRequest
): { actor: Actor, groups: string[], origin: Origin, triggeredBy?: readonly Actor[] } {
  return { actor, groups, origin: { address: ip, requestId: id }, ...(triggeredBy && { triggeredBy }) }
}

/** A caller without credentials. */
export const nobody: Principal = {
  actor: { subject: 'anonymous', name: 'anonymous', kind: 'person' },
  groups: [],
  grants: []
}

/**
 * The parts of sessions. Read each where it is used: the access file may change while the service
 * runs.
 */
export interface SessionParts {
  readonly settings: AccessSettings
  readonly store: AccessStore
  readonly identifier: Identifier
  readonly logins: Logins
}

/** Nobody is identified: the service listens where only this machine can reach it. */
export interface LocalAccess {
  kind: 'local'
  /** Addresses and names at which it is reached, besides the loopback addresses. */
  hosts: readonly string[]
}

/** Callers are identified. */
export interface AuthenticatedAccess {
  kind: 'authenticated'
  /**
   * Finds the caller of a request; undefined when it shows no credentials. Rejects with an
   * HttpError when they are wrong, expired or revoked.
   */
  identify(request: FastifyRequest): Promise<Principal | undefined>
  /** For sessions, and the limits of each caller. */
  parts?: SessionParts
}

/** The way in which callers are identified. */
export type Access = LocalAccess | AuthenticatedAccess
