/**
 * The schema of the access file. Every `description` completes the sentence "expected …" in an
 * error.
 */
import { Type, type Static } from 'typebox'
import { closed, integer, oneOf, text } from '../../contract/schema.ts'
import { lastPhase, modes, operations, roles } from '../../contract/words.ts'

/** Plain HTTP only inside one machine. */
const address = (what: string) =>
  text(
    `${what}: https://, or http:// on a loopback address`,
    {
      maxLength: 500,
      pattern: '^(https://[^/?#\\s@]+|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?)(' +
        '/[^?#\\s]*)?$'
    }
  )
/**
 * Without a path: pages, cookies, the API's addresses and `Location` begin at the root of a host.
 */
const origin = (what: string) =>
  text(
    `${what}: https://, or http:// on a loopback address, and no path, because the page and the API are at ` +
      'the root of a host name of their own',
    {
      maxLength: 500,
      pattern: '^(https://[^/?#\\s@]+|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?)/?$'
    }
  )
const phase = (what: string) => Type.Optional(integer(what, 1, lastPhase))

const grant = Type.Object({
  role: oneOf(roles),
  federations: Type.Optional(
    Type.Array(
      text('the name of a federation; * stands for any characters', {
        maxLength: 64,
        pattern: '^[a-z0-9*][-a-z0-9*]*$'
      }),
      {
        minItems: 1,
        maxItems: 100,
        description: 'a list of names of federations (all when absent)'
      }
    )
  ),
  phases: Type.Optional(
    Type.Object({ from: phase('the first phase'), to: phase('the last phase') }, {
      ...closed,
      description: 'a range of phases: from, to'
    })
  ),
  modes: Type.Optional(
    Type.Array(oneOf(modes), {
      minItems: 1,
      maxItems: modes.length,
      description: `a list of modes: ${modes.join(', ')} (both when absent)`
    })
  ),
  operations: Type.Optional(
    Type.Array(oneOf(operations), {
      minItems: 1,
      maxItems: operations.length,
      description: `a list of operations: ${operations.join(', ')} (all when absent)`
    })
  )
}, { ...closed, description: 'a grant: role and, optionally, federations, phases, modes, operations' })

const pattern = text('a value of the claim; * stands for anything but a slash, ** for anything', {
  maxLength: 500
})
const rule = Type.Object({
  when: Type.Record(
    Type.String({ pattern: '^[^\\s].{0,199}$' }),
    Type.Union([pattern, Type.Array(pattern, { minItems: 1, maxItems: 100 })], {
      description:
        'a value, or a list of values of which one must fit; * stands for anything but a slash, ** for ' +
        'anything'
    }),
    {
      ...closed,
      minProperties: 1,
      description: 'a mapping of at least one claim to the values that it may have: all of them must fit'
    }
  ),
  grants: Type.Array(grant, { minItems: 1, maxItems: 100, description: 'a list of at least one grant' })
}, { ...closed, description: 'a rule: when, grants' })

/**
 * Signatures with a public key only: a shared secret (HS256) would make every verifier a signer,
 * and none is no signature.
 */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA'
] as const

const issuer = Type.Object({
  name: text(
    'a name for the issuer: lower case letters, digits and dashes, starting with a letter, 40 at most',
    { maxLength: 40, pattern: '^[a-z][-a-z0-9]{0,39}$' }
  ),
  issuer: address("the issuer's identifier, exactly as its tokens' iss claim has it"),
  audience: Type.Union(
    [
      text('an audience', { maxLength: 500 }),
      Type.Array(text('an audience', { maxLength: 500 }), { minItems: 1, maxItems: 20 })
    ],
    { description: 'the audience that tokens for this service have (their aud claim), or a list of them' }
  ),
  algorithms: Type.Optional(
    Type.Array(oneOf(algorithms), {
      minItems: 1,
      description: `a list of signature algorithms: ${algorithms.join(', ')}`
    })
  ),
  clockToleranceSeconds: Type.Optional(integer('how far clocks may differ', 0, 120)),
  kind: Type.Optional(oneOf(['people', 'jobs'])),
  actorClaim: Type.Optional(text('the claim that names the account that had a job run', { maxLength: 500 })),
  actorsAt: Type.Optional(oneOf(['github', 'gitlab'])),
  nameClaim: Type.Optional(text('the claim that names the caller for people', { maxLength: 500 })),
  groupsClaim: Type.Optional(text("the claim that holds the caller's groups", { maxLength: 500 })),
  login: Type.Optional(Type.Object({
    clientId: text('the client id that the issuer knows the dashboard by', { maxLength: 500 }),
    clientSecret: Type.Optional(
      text(
        'the name of a secret, whose value is in WINDLASS_SERVICE_SECRET_<NAME>: lower case letters, ' +
          'digits and dashes',
        { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
      )
    ),
    scopes: Type.Optional(
      Type.Array(text('a scope', { maxLength: 100, pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$' }), {
        minItems: 1,
        maxItems: 20,
        description: 'a list of scopes, openid among them'
      })
    ),
    label: Type.Optional(text('what the button says', { maxLength: 60 }))
  }, {
    ...closed,
    description: 'how people sign in to the dashboard: clientId and, optionally, clientSecret, scopes, label'
  })),
  rules: Type.Array(rule, {
    minItems: 1,
    maxItems: 500,
    description: 'a list of at least one rule: what fits none is granted nothing'
  })
}, {
  ...closed,
  description: 'an issuer: name, issuer, audience, rules and, optionally, kind, actorClaim, actorsAt, ' +
    'algorithms, clockToleranceSeconds, nameClaim, groupsClaim, login'
})

const accountNames = (where: string) => {
  const name = text(`the name of an account at ${where}`, { maxLength: 255, pattern: '^\\S+$' })
  return Type.Optional(
    Type.Union([name, Type.Array(name, { minItems: 1, maxItems: 100 })], {
      description: `the name of an account at ${where}, or a list of such names`
    })
  )
}
const jobAccount = text(
  'the name of an issuer of jobs, a colon and the account that its actorClaim names',
  { maxLength: 300, pattern: '^[a-z][-a-z0-9]{0,39}:\\S+$' }
)
const account = Type.Object({
  person: text('the subject of a person, as launchedBy and windlass audit show it', {
    maxLength: 300,
    pattern: '^\\S(.*\\S)?$'
  }),
  github: accountNames('GitHub'),
  gitlab: accountNames('GitLab'),
  jobs: Type.Optional(
    Type.Union([jobAccount, Type.Array(jobAccount, { minItems: 1, maxItems: 100 })], {
      description: 'an issuer of jobs, a colon and the account that its actorClaim names, or a list of such'
    })
  )
}, { ...closed, description: 'whose accounts: person and, optionally, github, gitlab, jobs' })

/** An access file. */
export const accessSchema = Type.Object({
  url: Type.Optional(origin('where browsers reach the service')),
  proxies: Type.Optional(
    Type.Array(
      text('an address or an address block such as 10.0.0.0/8', {
        maxLength: 50,
        pattern: '^[0-9a-fA-F:.]+(/[0-9]{1,3})?$'
      }),
      { maxItems: 100, description: 'a list of the proxies whose X-Forwarded-For counts' }
    )
  ),
  issuers: Type.Optional(
    Type.Array(issuer, { maxItems: 20, description: 'a list of issuers of OpenID Connect tokens' })
  ),
  accounts: Type.Optional(
    Type.Array(account, {
      // As many as a large organisation has people who push.
      maxItems: 5_000,
      description: 'a list of people with their accounts at GitHub, GitLab and issuers of jobs'
    })
  ),
  sessions: Type.Optional(
    Type.Object({
      idleMinutes: Type.Optional(integer('minutes without a request after which a session ends', 5, 1_440)),
      hours: Type.Optional(integer('hours after which a session ends', 1, 168))
    }, { ...closed, description: 'how long sessions of the dashboard last: idleMinutes, hours' })
  ),
  limits: Type.Optional(Type.Object({
    requestsPerMinute: Type.Optional(integer('requests a minute of one caller', 10, 100_000)),
    streamsPerCaller: Type.Optional(integer('event streams that one caller may have open', 1, 10_000)),
    streams: Type.Optional(integer('event streams in all', 1, 100_000))
  }, { ...closed, description: 'limits: requestsPerMinute, streamsPerCaller, streams' }))
}, {
  ...closed,
  description: 'a mapping with, optionally, url, proxies, issuers, accounts, sessions, limits'
})

/** An access file's content once it satisfies the schema. */
export type AccessFile = Static<typeof accessSchema>

/** An issuer as the file has it. */
export type FileIssuer = Static<typeof issuer>

/** A person's accounts as the file has them. */
export type FileAccount = Static<typeof account>

/** The values of a field that takes one, or a list. */
export function listOf (value: string | string[]): string[] {
  return typeof value === 'string' ? [value] : value
}
