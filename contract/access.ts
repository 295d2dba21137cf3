/** Actors, grants, tokens and sessions on the wire. */
import { Type, type Static } from 'typebox'
import { closed, integer, oneOf, ref, storable, text, storableText, time, timeOrNull } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { actorKinds, lastPhase, modes, operations, permissions, roles } from './words.ts'

/**
 * Header of the dashboard's requests that change something: no page of another site can make a
 * browser send it.
 */
export const clientHeader = 'x-windlass-client'

export const actorSchema = Type.Object({
  subject: Type.String({ description: 'a stable, unique id' }),
  name: Type.String({ description: 'the name that people know it by' }),
  kind: oneOf(actorKinds, { description: 'the kind of actor' }),
  person: Type.Optional(
    Type.String({ description: 'the subject of the person whom a token acts for: the person who made it' })
  ),
  maker: Type.Optional(
    Type.String({
      description: 'the subject of the person who made a token for somebody else: it acts for nobody'
    })
  ),
  namedFor: Type.Optional(
    Type.String({ description: "the subject that a token names, where it is not its maker's" })
  )
}, { $id: 'Actor', description: 'who acts' })
export type Actor = Static<typeof actorSchema>

/** A grant as it is requested: a field that is left out sets no limit. */
export const grantRequestSchema = Type.Object({
  role: oneOf(roles, { description: 'the role' }),
  federations: Type.Optional(
    Type.Array(
      text('the name of a federation; * matches any characters', {
        maxLength: 64,
        pattern: '^[a-z0-9*][-a-z0-9*]*$'
      }),
      {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'a list of one or more names of federations, without repetition'
      }
    )
  ),
  phases: Type.Optional(
    Type.Object({
      from: Type.Optional(integer('the first phase', 1, lastPhase)),
      to: Type.Optional(integer('the last phase', 1, lastPhase))
    }, { ...closed, description: 'a range of phases: from, to' })
  ),
  modes: Type.Optional(
    Type.Array(oneOf(modes, { description: 'a mode' }), {
      minItems: 1,
      uniqueItems: true,
      description: 'a list of one or more modes, without repetition'
    })
  ),
  operations: Type.Optional(
    Type.Array(oneOf(operations, { description: 'an operation' }), {
      minItems: 1,
      uniqueItems: true,
      description: 'a list of one or more operations, without repetition'
    })
  )
}, { ...closed, description: 'a grant: role and, optionally, federations, phases, modes, operations' })
export type GrantRequest = Static<typeof grantRequestSchema>

/** The fields of a complete grant. */
const wholeGrant = {
  role: oneOf(roles, { description: 'the role' }),
  federations: Type.Array(Type.String(), {
    description: 'names of federations; * matches any characters'
  }),
  phases: Type.Object({
    from: phaseNumber(),
    to: phaseNumber()
  }, { description: 'the phases it covers' }),
  modes: Type.Array(oneOf(modes), { description: 'the modes it covers' }),
  operations: Type.Array(oneOf(operations), {
    description: 'the operations it covers'
  })
}
export const grantSchema = Type.Object(wholeGrant, {
  $id: 'Grant',
  description:
    'a role and its limits; phases, modes and operations limit what one may do, not what one may see'
})

export type Grant = Static<typeof grantSchema>

export const tokenRequestSchema = Type.Object({
  name: storableText('what the token is for, 1 to 100 characters', { maxLength: 100 }),
  grants: Type.Array(grantRequestSchema, {
    minItems: 1,
    maxItems: 50,
    description: 'a list of one or more grants, none beyond the grants of the caller'
  }),
  person: Type.Optional(
    text(
      'the subject of the person whom the token is for (default: the caller; only an admin names another: ' +
        'such a token acts for nobody, and its approvals do not count)',
      { maxLength: 300, pattern: storable }
    )
  ),
  expiresInDays: Type.Optional(
    Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 366,
      default: 30,
      description:
        'days until it expires: a whole number from 1 to 366, or null for never (only admins without limits)'
    })
  )
}, { ...closed, description: 'a token: name, grants and, optionally, person, expiresInDays' })
export type TokenRequest = Static<typeof tokenRequestSchema>

const token = {
  id: Type.String({ description: "the token's id" }),
  name: Type.String({ description: 'what it is for' }),
  status: oneOf(['active', 'expired', 'revoked'], { description: 'whether the token is valid' }),
  person: Type.Optional(Type.String({ description: 'the subject of the person whom it names' })),
  maker: Type.Optional(Type.String({ description: 'the subject of the person who made it' })),
  actsFor: Type.Optional(
    Type.String({
      description:
        'the subject of the person whom its acts count as; absent: it names another than its maker, so its ' +
        'approvals do not count'
    })
  ),
  grants: Type.Array(ref(grantSchema), { description: 'what it permits' }),
  createdBy: ref(actorSchema),
  createdAt: time('when it was created'),
  expiresAt: timeOrNull('when it expires; null: never'),
  lastUsedAt: timeOrNull('when it was last used, to the minute; null: never'),
  revokedAt: timeOrNull('when it was revoked; null: it was not')
}
export const tokenSchema = Type.Object(token, {
  $id: 'Token',
  description: 'an API token without its secret text'
})
export type Token = Static<typeof tokenSchema>
export const createdTokenSchema = Type.Object({
  ...token,
  token: Type.String({ description: "the token's secret text, shown only once" })
}, { $id: 'CreatedToken', description: 'a new API token with its secret text' })
export type CreatedToken = Static<typeof createdTokenSchema>

export const sessionSchema = Type.Object({
  authentication: oneOf(['off', 'on'], {
    description: 'off: the service listens on its own machine only, and every caller is an admin'
  }),
  signedIn: Type.Boolean({ description: 'whether the request has valid credentials' }),
  actor: Type.Optional(ref(actorSchema)),
  groups: Type.Array(Type.String(), { description: "the caller's groups, as their issuer states them" }),
  grants: Type.Array(
    Type.Object({
      ...wholeGrant,
      permissions: Type.Array(oneOf(permissions), { description: 'the permissions of the role' })
    }),
    { description: "the caller's grants" }
  ),
  expiresAt: Type.Optional(time('when the credentials expire')),
  issuers: Type.Array(
    Type.Object({
      name: Type.String({ description: "the issuer's name" }),
      label: Type.String({ description: 'the name for people' }),
      login: Type.String({ description: 'the path to sign in with it' })
    }),
    { description: 'the issuers that people can sign in with' }
  )
}, { $id: 'Session', description: 'the caller and their grants' })
export type Session = Static<typeof sessionSchema>

/** The body of a sign-in with a token. */
export const signInSchema = Type.Object({
  token: storableText('an API token, or a token of an issuer that the service trusts', {
    maxLength: 16_000
  })
}, { ...closed, description: 'a token' })

export const loginQuerySchema = Type.Object({
  issuer: storableText("the issuer's name", { maxLength: 40 }),
  return: Type.Optional(
    text('the path of this service to return to, such as /deployments', {
      maxLength: 500,
      pattern: '^/([^/\\\\\\u0000-\\u001f][^\\\\\\u0000-\\u001f]*)?$'
    })
  )
}, closed)
