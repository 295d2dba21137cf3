/** Grants that the claims of a verified token give. Pure. */
import { type Grant } from '../../contract/access.ts'
import { cutText } from '../../contract/text/cut.ts'
import { isStorable } from '../../contract/text/storable.ts'
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

/**
 * A claim's values to compare with those of rules and approvals. A text that cannot be stored as it
 * is counts as none: made storable it could be equal to another one.
 */
export const comparedTexts = (value: unknown): string[] => textsOf(value).filter(isStorable)

/** The grants of the rules that a token's claims fit. */
export function grantsOf (rules: readonly ClaimRule[], claims: Claims): Grant[] {
  return rules.filter(({ when }) =>
    Object.entries(when).every(([name, patterns]) =>
      comparedTexts(claimOf(claims, name)).some((value) => fitsAny(patterns, value))
    )
  ).flatMap(({ grants }) => grants)
}

/** The last second that a Date can hold (ECMA-262, section 21.4.1.1). */
const lastSecond = 8.64e12

/**
 * Says what keeps claims from being used, although their issuer signed them; undefined: nothing.
 * `sub` is an identity: it is refused rather than changed.
 */
export function claimsFault ({ sub, exp }: Claims): string | undefined {
  if (typeof sub !== 'string' || sub === '') return 'its claim sub is empty: expected who it is for'
  if (!isStorable(sub)) return 'its claim sub has U+0000 or half a surrogate pair: expected Unicode text'
  if (sub.length > maxSubject) {
    return `its claim sub has ${sub.length} characters: expected at most ${maxSubject}`
  }
  return exp === undefined || (typeof exp === 'number' && Math.abs(exp) <= lastSecond)
    ? undefined
    : 'its claim exp is no point in time: expected seconds since 1970'
}

// OpenID Connect Core, section 2: a sub must not exceed 255 ASCII characters. Four times as much
// for issuers that do not keep to it.
const maxSubject = 1_020
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
    actor: { subject: `${issuer.name}:${claims.sub}`, name: cutText(name, maxName), kind: issuer.kind },
    groups: comparedTexts(claimOf(claims, issuer.groupsClaim)).slice(0, maxGroups),
    grants: grantsOf(issuer.rules, claims),
    ...(typeof claims.exp === 'number' && { expiresAt: new Date(claims.exp * 1000).toISOString() })
  }
}
