/**
 * What the session may do, so that the page offers nothing that would be refused. The service
 * decides all the same. Pure.
 */
import type { components } from '../api/schema.d.ts'

export type Session = components['schemas']['Session']
type Grant = Session['grants'][number]
export type Permission = Grant['permissions'][number]
/** What an act is about; what is not said is not asked. */
export interface Scope {
  federation?: string
  mode?: Grant['modes'][number]
  operation?: Grant['operations'][number]
  phases?: { from: number, to: number }
}

/** Whether a name fits a pattern in which `*` stands for any characters. */
function matchesName (pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name)
}

/** Whether one grant allows it all. */
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

/** Whether somebody has to sign in before there is anything to see. */
export const mustSignIn = (session: Session | undefined): boolean =>
  session?.authentication === 'on' && !session.signedIn
