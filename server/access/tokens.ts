/** Rights to create, see and revoke tokens. Pure. */
import { everywhere, holds, personOf, type Principal, type StoredToken } from '../../automation/index.ts'
import { type GrantRequest, type Token, type Grant } from '../../contract/access.ts'

/** A grant with nothing left out: what was not given is not limited. */
export function wholeGrant ({ role, federations, phases, modes, operations }: GrantRequest): Grant {
  const whole = everywhere(role)
  return {
    role,
    federations: federations ?? whole.federations,
    phases: { ...whole.phases, ...phases },
    modes: modes ?? whole.modes,
    operations: operations ?? whole.operations
  }
}

/** Tells whether a principal is an admin of everything that grants give. */
export function administers ({ grants }: Principal, given: readonly Grant[]): boolean {
  const admin = grants.filter((grant) => grant.role === 'admin')
  return given.every((grant) => holds(admin, grant))
}

/** The reason why a principal may not create such a token; undefined when they may. */
export function tokenRefusal (
  principal: Principal,
  wanted: { grants: readonly Grant[], person?: string, never: boolean }
): string | undefined {
  const { actor, grants } = principal
  const beyond = wanted.grants.findIndex((grant) => !holds(grants, grant))
  if (beyond >= 0) {
    return `grants[${beyond}] goes beyond what ${actor.name} has: nobody grants more than they have`
  }
  // A job's own token ends with the job; one that it created would not. A token that could create
  // tokens would outlive its expiry and its revocation.
  if (actor.kind === 'job') return 'a CI job cannot create tokens: it has its own'
  const admin = administers(principal, wanted.grants)
  if (actor.kind === 'token' && !admin) {
    return 'a token creates tokens only with the role admin for everything that they may do'
  }
  if (wanted.person !== undefined && wanted.person !== personOf(actor) && !admin) {
    return `a token for another person (${wanted.person}) needs the role admin for everything that it may do`
  }
  if (wanted.never && !administers(principal, [everywhere('admin')])) {
    return 'a token that never expires needs the role admin without limits'
  }
  return undefined
}

/** Tells whether a principal may see and revoke a token: their own, or one that they administer. */
export function maySeeToken (principal: Principal, token: StoredToken): boolean {
  return token.id === ownToken(principal) ||
    (token.person !== undefined && token.person === personOf(principal.actor)) ||
    administers(principal, token.grants)
}

/** The id of the token that a principal uses. */
function ownToken ({ actor: { kind, subject } }: Principal): string | undefined {
  return kind === 'token' ? subject.slice('token:'.length) : undefined
}

/** The status of a token at a time. */
export function tokenStatus (
  { revokedAt, expiresAt }: Pick<StoredToken, 'revokedAt' | 'expiresAt'>,
  now: number
): Token['status'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}

/** A token as the API shows it. */
export function shownToken ({ bootstrap: _, ...token }: StoredToken, now: number): Token {
  return { ...token, status: tokenStatus(token, now) }
}

/** The caller who uses a token. */
export function tokenPrincipal (token: StoredToken): Principal {
  return {
    actor: {
      subject: `token:${token.id}`,
      name: token.name,
      kind: 'token',
      ...(token.person !== undefined && { person: token.person })
    },
    groups: [],
    grants: token.grants,
    ...(token.expiresAt !== null && { expiresAt: token.expiresAt })
  }
}
