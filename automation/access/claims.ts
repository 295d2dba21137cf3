/** Grants that the claims of a verified token give. Pure. */
import { type Grant } from '../../contract/access.ts'
import { fitsAny } from '../pattern.ts'
import { type ClaimRule, type Issuer } from './file.ts'
import { type Principal } from './model.ts'

export type Claims = Readonly<Record<string, unknown>>

/**
 * A claim by its name, or by a path with dots through nested ones (`realm_access.roles`); the whole
 * name comes first, since names may hold dots (`https://example.com/groups`).
 */
export function claimOf (claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let node: unknown = claims
  for (const step of name.split('.')) {
    node = typeof node === 'object' && node !== null && !Array.isArray(node) && Object.hasOwn(node, step)
      ? (node as Record<string, unknown>)[step]
      : undefined
  }
  return node
}

/** A claim's values as text: those of a list each by itself; objects have none. */
function textsOf (value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) =>
    typeof item === 'string'
      ? [item]
      : typeof item === 'number' || typeof item === 'boolean'
      ? [String(item)]
      : []
  )
}

/** The grants of the rules that a token's claims fit. */
export function grantsOf (rules: readonly ClaimRule[], claims: Claims): Grant[] {
  return rules.filter(({ when }) =>
    Object.entries(when).every(([name, patterns]) =>
      textsOf(claimOf(claims, name)).some((value) => fitsAny(patterns, value))
    )
  ).flatMap(({ grants }) => grants)
}

// Names are shown in logs, events and pages.
const maxName = 100
// Groups are only kept to be compared with those that approvals name.
const maxGroups = 500

/**
 * Makes the principal of a verified token, with its grants. The subject is unique at the issuer,
 * and the issuer's name in the access file makes it unique here.
 */
export function principalOf (issuer: Issuer, claims: Claims & { sub: string }): Principal {
  const names = [
    ...(issuer.nameClaim === undefined ? [] : [issuer.nameClaim]),
    'name',
    'preferred_username',
    'email',
    'sub'
  ]
  const name = names.flatMap((claim) => textsOf(claimOf(claims, claim))).find((text) => text.trim() !== '') ??
    claims.sub
  return {
    actor: { subject: `${issuer.name}:${claims.sub}`, name: name.slice(0, maxName), kind: issuer.kind },
    groups: textsOf(claimOf(claims, issuer.groupsClaim)).slice(0, maxGroups),
    grants: grantsOf(issuer.rules, claims),
    ...(typeof claims.exp === 'number' && { expiresAt: new Date(claims.exp * 1000).toISOString() })
  }
}
