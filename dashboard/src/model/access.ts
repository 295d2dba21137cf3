/**
 * The permissions of the session, so that the page offers nothing that the service would refuse.
 * The service decides all the same. Pure.
 */
import {
  lastPhase,
  modes,
  operations,
  type Mode,
  type Operation,
  type Permission
} from '../../../contract/words.ts'
import type { components } from '../api/schema.d.ts'

export type Session = components['schemas']['Session']
type Grant = components['schemas']['Grant']

/** The things that an action is about. A part that is left out is not checked. */
export interface Scope {
  federation?: string
  mode?: Mode
  operation?: Operation
  phases?: { from: number, to: number }
}

/** Matches a name with a pattern in which `*` stands for any characters. */
function matchesName (pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name)
}

/** Looks for one grant that allows all of it. */
export function may (
  session: Session | undefined,
  permission: Permission,
  { federation, mode, operation, phases }: Scope = {}
): boolean {
  return session?.grants.some((grant) =>
    grant.permissions.includes(permission) &&
    (federation === undefined || grant.federations.some((pattern) => matchesName(pattern, federation))) &&
    (mode === undefined || grant.modes.includes(mode)) &&
    (operation === undefined || grant.operations.includes(operation)) &&
    (phases === undefined || (grant.phases.from <= phases.from && phases.to <= grant.phases.to))
  ) ?? false
}

/** Tells a session without a caller on a service that asks who calls: it sees the sign-in only. */
export const mustSignIn = (session: Session | undefined): boolean =>
  session?.authentication === 'on' && !session.signedIn

/** Writes a grant on one line: its role and, where there are any, its limits. */
export function grantText (
  { role, federations, phases, modes: inModes, operations: ofOperations }: Grant
): string {
  const limits = [
    federations.includes('*') ? 'all federations' : federations.join(', '),
    phases.from === 1 && phases.to === lastPhase ? '' : `phases ${phases.from} to ${phases.to}`,
    inModes.length === modes.length ? '' : inModes.join(', '),
    ofOperations.length === operations.length ? '' : ofOperations.join(', ')
  ]
  return `${role}: ${limits.filter(Boolean).join('; ')}`
}
