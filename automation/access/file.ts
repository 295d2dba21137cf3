/**
 * The access file: who the service believes, and what it grants them. docs/access.md describes its
 * fields; the schema here is what it is judged by.
 */
import { Type, type Static } from 'typebox'
import { type Grant } from '../../contract/access.ts'
import { closed, integer, oneOf, text } from '../../contract/schema.ts'
import { lastPhase, modes, operations, roles } from '../../contract/words.ts'
import { readSettings, parseSettings, type SettingsFinding } from '../settings/read.ts'
import { everywhere } from './model.ts'

/** Plain HTTP only inside one machine. */
const address = (what: string) =>
  text(
    `${what}: https://, or http:// on a loopback address`,
    {
      maxLength: 500,
      pattern:
        '^(https://[^/?#\\s@]+|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?)(/[^?#\\s]*)?$'
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
}, { ...closed, description: 'a grant: role and, when wanted, federations, phases, modes, operations' })

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
  nameClaim: Type.Optional(text('the claim that names the caller for people', { maxLength: 500 })),
  groupsClaim: Type.Optional(text("the claim that holds the caller's groups", { maxLength: 500 })),
  login: Type.Optional(Type.Object({
    clientId: text('the client id that the issuer knows the dashboard by', { maxLength: 500 }),
    clientSecret: Type.Optional(
      text(
        'the name of a secret, whose value is in WINDLASS_SECRET_<NAME>: lower case letters, digits and ' +
          'dashes',
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
    description: 'how people sign in to the dashboard: clientId and, when wanted, clientSecret, scopes, label'
  })),
  rules: Type.Array(rule, {
    minItems: 1,
    maxItems: 500,
    description: 'a list of at least one rule: what fits none is granted nothing'
  })
}, {
  ...closed,
  description:
    'an issuer: name, issuer, audience, rules and, when wanted, kind, algorithms, clockToleranceSeconds, ' +
    'nameClaim, groupsClaim, login'
})

const schema = Type.Object({
  url: Type.Optional(address('where browsers reach the service')),
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
}, { ...closed, description: 'a mapping with, when wanted, url, proxies, issuers, sessions, limits' })

type FileIssuer = Static<typeof issuer>

/** Claims to patterns: every claim must fit one of its patterns. */
export interface ClaimRule {
  when: Record<string, string[]>
  grants: Grant[]
}
export interface Issuer {
  name: string
  issuer: string
  audience: string[]
  algorithms: string[]
  clockToleranceSeconds: number
  kind: 'person' | 'job'
  nameClaim?: string
  groupsClaim: string
  login?: { clientId: string, clientSecret?: string, scopes: string[], label: string }
  rules: ClaimRule[]
}
/** The access file with its defaults. */
export interface AccessSettings {
  url?: string
  proxies: string[]
  issuers: Issuer[]
  sessions: { idleMinutes: number, hours: number }
  limits: { requestsPerMinute: number, streamsPerCaller: number, streams: number }
}

/**
 * Issuers that sign tokens for anybody's jobs, with the claims that tell whose they are: a rule
 * must say whose.
 */
const sharedIssuers: Record<string, string[]> = {
  'https://token.actions.githubusercontent.com': [
    'repository',
    'repository_id',
    'repository_owner',
    'repository_owner_id',
    'sub'
  ],
  'https://gitlab.com': ['project_path', 'project_id', 'namespace_path', 'namespace_id', 'sub'],
  'https://accounts.google.com': ['hd', 'email', 'sub'],
  'https://agent.buildkite.com': ['organization_slug', 'organization_id', 'sub'],
  'https://oidc.circleci.com': ['oidc.circleci.com/project-id', 'sub'],
  'https://app.terraform.io': ['terraform_organization_name', 'terraform_organization_id', 'sub']
}

const listOf = (value: string | string[]): string[] => typeof value === 'string' ? [value] : value
/**
 * What a pattern asks for before its first wildcard: without it the pattern fits whatever anybody
 * calls themselves.
 */
const beginning = (one: string): string => one.split('*', 1)[0] ?? ''

function issuerFindings (
  one: FileIssuer,
  index: number,
  all: readonly FileIssuer[],
  url: string | undefined
): SettingsFinding[] {
  const path = ['issuers', index] as const
  const findings: SettingsFinding[] = []
  const twin = all.findIndex((other) => other.name === one.name || other.issuer === one.issuer)
  if (twin < index) {
    findings.push({
      path: [...path, all[twin]?.name === one.name ? 'name' : 'issuer'],
      message: `is that of issuers[${twin}] already`,
      expected: 'each name and each issuer once'
    })
  }
  if (one.login && one.kind === 'jobs') {
    findings.push({
      path: [...path, 'login'],
      at: 'key',
      message: 'jobs do not sign in to the dashboard',
      expected: 'no login, or kind: people'
    })
  }
  if (one.login && url === undefined) {
    findings.push({
      path: [...path, 'login'],
      at: 'key',
      message: 'needs the address that the issuer sends browsers back to',
      expected: 'url, at the top of the file'
    })
  }
  if (one.login?.scopes && !one.login.scopes.includes('openid')) {
    findings.push({
      path: [...path, 'login', 'scopes'],
      message: 'lacks openid',
      expected: 'openid among the scopes'
    })
  }
  const whose = sharedIssuers[one.issuer.replace(/\/$/, '')]
  for (const [at, { when, grants }] of one.rules.entries()) {
    const here = [...path, 'rules', at]
    for (const [claim, patterns] of Object.entries(when)) {
      for (const value of listOf(patterns)) {
        if (/^\*+$/.test(value)) {
          findings.push({
            path: [...here, 'when', claim],
            message: `${value} fits every value`,
            expected: 'a value, or a pattern that some values do not fit'
          })
        }
      }
    }
    if (
      whose &&
      !Object.entries(when).some(([claim, patterns]) =>
        whose.includes(claim) && listOf(patterns).every((value) => beginning(value) !== '')
      )
    ) {
      findings.push({
        path: [...here, 'when'],
        message: `says not whose tokens it means, and ${one.issuer} signs tokens for anybody`,
        expected: `one of the claims ${whose.join(', ')}, with a value that does not begin with *`
      })
    }
    for (const [number, { phases }] of grants.entries()) {
      if ((phases?.from ?? 1) > (phases?.to ?? 8)) {
        findings.push({
          path: [...here, 'grants', number, 'phases'],
          message: `begins with ${phases?.from ?? 1} and ends with ${phases?.to ?? 8}`,
          expected: 'from at most to'
        })
      }
    }
  }
  return findings
}

function fileFindings ({ issuers = [], url }: Static<typeof schema>): SettingsFinding[] {
  return issuers.flatMap((one, index) => issuerFindings(one, index, issuers, url))
}

function completeIssuer (
  { name, issuer: identifier, audience, kind = 'people', login, rules, ...rest }: FileIssuer
): Issuer {
  return {
    name,
    issuer: identifier,
    audience: listOf(audience),
    algorithms: rest.algorithms ?? ['RS256', 'PS256', 'ES256', 'EdDSA'],
    clockToleranceSeconds: rest.clockToleranceSeconds ?? 30,
    kind: kind === 'jobs' ? 'job' : 'person',
    ...(rest.nameClaim !== undefined && { nameClaim: rest.nameClaim }),
    groupsClaim: rest.groupsClaim ?? 'groups',
    ...(login && { login: { scopes: ['openid', 'profile', 'email'], label: name, ...login } }),
    rules: rules.map(({ when, grants }) => ({
      when: Object.fromEntries(Object.entries(when).map(([claim, patterns]) => [claim, listOf(patterns)])),
      grants: grants.map(({ role, federations, phases, modes, operations }): Grant => {
        const whole = everywhere(role)
        return {
          role,
          federations: federations ?? whole.federations,
          phases: { ...whole.phases, ...phases },
          modes: modes ?? whole.modes,
          operations: operations ?? whole.operations
        }
      })
    }))
  }
}

function complete (file: Static<typeof schema>): AccessSettings {
  return {
    ...(file.url !== undefined && { url: file.url.replace(/\/+$/, '') }),
    proxies: file.proxies ?? [],
    issuers: (file.issuers ?? []).map(completeIssuer),
    // A working day of a wall display that polls, and half of one for a tab that nobody looks at.
    sessions: { idleMinutes: 240, hours: 12, ...file.sessions },
    // Twenty a second: a dashboard asks for about two, a busy CI job for less than one. Streams: a
    // browser has six connections to a host, a team has some tens of tabs.
    limits: { requestsPerMinute: 1_200, streamsPerCaller: 50, streams: 5_000, ...file.limits }
  }
}

/** Settings of a service that believes API tokens only. */
export const tokensOnly: AccessSettings = complete({})

/** Judges the text of an access file. Throws a SettingsError. */
export function parseAccess (source: string, file: string): AccessSettings {
  return complete(parseSettings(source, file, schema, fileFindings))
}

/** Reads an access file. Throws a SettingsError with all that is wrong. */
export async function loadAccess (file: string): Promise<AccessSettings> {
  return complete(await readSettings(file, schema, fileFindings))
}
