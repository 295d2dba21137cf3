/** Rights to create, see and revoke tokens. Pure. */
import {
  everywhere,
  holds,
  ownName,
  personKey,
  speaksForNobody,
  tokenActor,
  type Principal,
  type StoredToken
} from '../../automation/index.ts'
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
  const { person = ownName(actor) } = wanted
  const own = personKey(person) === personKey(ownName(actor))
  if (!own && speaksForNobody(actor)) {
    return `the token ${actor.name} was made for ${ownName(actor)}, and makes tokens for nobody else`
  }
  if (!own && !admin) {
    return `a token for another person (${person}) needs the role admin for everything that it may do`
  }
  if (wanted.never && !administers(principal, [everywhere('admin')])) {
    return 'a token that never expires needs the role admin without limits'
  }
  return undefined
}

/**
 * Tells whether a principal may see and revoke a token: the one that they use, or one that they
 * could have made. So a token that may little ends none that may more.
 */
export function maySeeToken (principal: Principal, token: StoredToken): boolean {
  return token.id === ownToken(principal) || tokenRefusal(principal, {
        grants: token.grants,
        person: token.person ?? token.maker,
        never: false
      }) === undefined
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
export function shownToken ({ bootstrap: _, vouched, ...token }: StoredToken, now: number): Token {
  return { ...token, ...(vouched && { actsFor: token.maker }), status: tokenStatus(token, now) }
}

/** The caller who uses a token. */
export function tokenPrincipal (token: StoredToken): Principal {
  return {
    actor: tokenActor({ ...token, person: token.person ?? token.maker }),
    groups: [],
    grants: token.grants,
    ...(token.expiresAt !== null && { expiresAt: token.expiresAt })
  }
}
