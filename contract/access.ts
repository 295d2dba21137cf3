/** Who acts and what they may, on the wire. */
import { Type, type Static } from 'typebox'
import { closed, integer, oneOf, ref, storable, text, storableText, time, timeOrNull } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { actorKinds, lastPhase, modes, operations, permissions, roles } from './words.ts'

/**
 * The header that requests of the dashboard carry when they change something: no page of another
 * site can make a browser send it unasked.
 */
export const clientHeader = 'x-windlass-client'

export const actorSchema = Type.Object({
  subject: Type.String({ description: 'who it was: stable and unique' }),
  name: Type.String({ description: 'the name for people' }),
  kind: oneOf(actorKinds, { description: 'what acts' }),
  person: Type.Optional(Type.String({ description: 'the subject of the person for whom a token acts' }))
}, { $id: 'Actor', description: 'who did it' })
export type Actor = Static<typeof actorSchema>

/** A grant as it is asked for; what is left out is not limited. */
export const grantRequestSchema = Type.Object({
  role: oneOf(roles, { description: 'what may be done' }),
  federations: Type.Optional(
    Type.Array(
      text('the name of a federation; * stands for any characters', {
        maxLength: 64,
        pattern: '^[a-z0-9*][-a-z0-9*]*$'
      }),
      {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'a list of at least one name of a federation, each once'
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
      description: 'a list of at least one mode, each once'
    })
  ),
  operations: Type.Optional(
    Type.Array(oneOf(operations, { description: 'an operation' }), {
      minItems: 1,
      uniqueItems: true,
      description: 'a list of at least one operation, each once'
    })
  )
}, { ...closed, description: 'a grant: role and, when wanted, federations, phases, modes, operations' })
export type GrantRequest = Static<typeof grantRequestSchema>

/** A grant with nothing left out. */
const wholeGrant = {
  role: oneOf(roles, { description: 'what may be done' }),
  federations: Type.Array(Type.String(), {
    description: 'names of federations; * stands for any characters'
  }),
  phases: Type.Object({
    from: phaseNumber(),
    to: phaseNumber()
  }, { description: 'the phases that may be acted on' }),
  modes: Type.Array(oneOf(modes), { description: 'the modes in which may be acted' }),
  operations: Type.Array(oneOf(operations), {
    description: 'the operations that may be launched and steered'
  })
}
export const grantSchema = Type.Object(wholeGrant, {
  $id: 'Grant',
  description:
    'a role, and where it holds; phases, modes and operations limit what may be done, not what may be seen'
})

export type Grant = Static<typeof grantSchema>

export const tokenRequestSchema = Type.Object({
  name: storableText('what the token is for, 1 to 100 characters', { maxLength: 100 }),
  grants: Type.Array(grantRequestSchema, {
    minItems: 1,
    maxItems: 50,
    description: 'a list of at least one grant, none beyond what the caller has'
  }),
  person: Type.Optional(
    text(
      'the subject of the person for whom the token acts (the caller unless given; another needs an admin)',
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
        'days until it expires: a whole number from 1 to 366; null, for admins of everything: never'
    })
  )
}, { ...closed, description: 'a token: name, grants and, when wanted, person, expiresInDays' })
export type TokenRequest = Static<typeof tokenRequestSchema>

const token = {
  id: Type.String({ description: "the token's id" }),
  name: Type.String({ description: 'what it is for' }),
  status: oneOf(['active', 'expired', 'revoked'], { description: 'whether it is good' }),
  person: Type.Optional(Type.String({ description: 'the subject of the person for whom it acts' })),
  grants: Type.Array(ref(grantSchema), { description: 'what it may' }),
  createdBy: ref(actorSchema),
  createdAt: time('when it was made'),
  expiresAt: timeOrNull('when it expires; null: never'),
  lastUsedAt: timeOrNull('when it was used last, to the minute'),
  revokedAt: timeOrNull('when it was revoked')
}
export const tokenSchema = Type.Object(token, { $id: 'Token', description: 'an API token, without its text' })
export type Token = Static<typeof tokenSchema>
export const createdTokenSchema = Type.Object({
  ...token,
  token: Type.String({ description: "the token's text: shown now and never again" })
}, { $id: 'CreatedToken', description: 'a token that was just made' })
export type CreatedToken = Static<typeof createdTokenSchema>

export const sessionSchema = Type.Object({
  authentication: oneOf(['off', 'on'], {
    description: 'off: the service listens to its own machine only, and whoever uses that is its admin'
  }),
  signedIn: Type.Boolean({ description: 'whether the request says who makes it' }),
  actor: Type.Optional(ref(actorSchema)),
  groups: Type.Array(Type.String(), { description: "the caller's groups, as their issuer tells them" }),
  grants: Type.Array(
    Type.Object({
      ...wholeGrant,
      permissions: Type.Array(oneOf(permissions), { description: 'what the role may' })
    }),
    { description: 'what the caller may, and where' }
  ),
  expiresAt: Type.Optional(time('when the credentials end')),
  issuers: Type.Array(
    Type.Object({
      name: Type.String({ description: "the issuer's name" }),
      label: Type.String({ description: 'what to call it' }),
      login: Type.String({ description: 'the path that signs in with it' })
    }),
    { description: 'with whom one may sign in' }
  )
}, { $id: 'Session', description: 'who makes the request, and what they may' })
export type Session = Static<typeof sessionSchema>

/** Signing in with a token. */
export const signInSchema = Type.Object({
  token: storableText('an API token, or a token of an issuer that the service believes', {
    maxLength: 16_000
  })
}, { ...closed, description: 'a token' })

export const loginQuerySchema = Type.Object({
  issuer: storableText("the issuer's name", { maxLength: 40 }),
  return: Type.Optional(
    text('the path of this service to come back to, such as /deployments', {
      maxLength: 500,
      pattern: '^/([^/\\\\\\u0000-\\u001f][^\\\\\\u0000-\\u001f]*)?$'
    })
  )
}, closed)
