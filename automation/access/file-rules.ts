/** Rules of the access file that its schema cannot say. Pure. */
import { actorKinds, lastPhase } from '../../contract/words.ts'
import { personKey } from '../person.ts'
import { type SettingsFinding } from '../settings/read.ts'
import { type FileAccount, type FileIssuer, listOf } from './file-schema.ts'
import { signsForJobs } from './job-actor.ts'

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

/**
 * The beginning of a pattern, before its first wildcard: without it the pattern fits whatever
 * anybody calls themselves.
 */
const beginning = (one: string): string => one.split('*', 1)[0] ?? ''

/**
 * Words that subjects of the service's own actors begin with: an issuer of such a name could vouch
 * for somebody who is taken for one of them.
 */
const ownActors: readonly string[] = actorKinds.filter((kind) => kind !== 'person' && kind !== 'job')

function nameFindings ({ name }: FileIssuer, index: number): SettingsFinding[] {
  if (!ownActors.includes(personKey(name))) return []
  return [{
    path: ['issuers', index, 'name'],
    message: `${name} is how the service names callers of its own`,
    expected: `another name than ${ownActors.join(', ')}`
  }]
}

/** Finds what is wrong with the issuer at an index of the file. */
export function issuerFindings (
  all: readonly FileIssuer[],
  index: number,
  url: string | undefined
): SettingsFinding[] {
  const one = all[index]
  if (!one) return []
  const whose = sharedIssuers[one.issuer.replace(/\/$/, '')]
  return [
    ...nameFindings(one, index),
    ...twinFindings(all, one, index),
    ...loginFindings(one, index, url),
    ...kindFindings(one, index),
    ...actorFindings(one, index),
    ...one.rules.flatMap((rule, at) => ruleFindings(one, ['issuers', index, 'rules', at], rule, whose))
  ]
}

function twinFindings (all: readonly FileIssuer[], one: FileIssuer, index: number): SettingsFinding[] {
  const twin = all.findIndex((other) => other.name === one.name || other.issuer === one.issuer)
  if (twin >= index) return []
  return [{
    path: ['issuers', index, all[twin]?.name === one.name ? 'name' : 'issuer'],
    message: `is that of issuers[${twin}] already`,
    expected: 'each name and each issuer once'
  }]
}

function loginFindings (
  { login, kind }: FileIssuer,
  index: number,
  url: string | undefined
): SettingsFinding[] {
  const path = ['issuers', index, 'login'] as const
  const findings: SettingsFinding[] = []
  if (login && kind === 'jobs') {
    findings.push({
      path,
      at: 'key',
      message: 'jobs do not sign in to the dashboard',
      expected: 'no login, or kind: people'
    })
  }
  if (login && url === undefined) {
    findings.push({
      path,
      at: 'key',
      message: 'needs the address that the issuer sends browsers back to',
      expected: 'url, at the top of the file'
    })
  }
  if (login?.scopes && !login.scopes.includes('openid')) {
    findings.push({
      path: [...path, 'scopes'],
      message: 'lacks openid',
      expected: 'openid among the scopes'
    })
  }
  return findings
}

/**
 * Finds an issuer of jobs alone that is taken for people: somebody would have as many voices at
 * gates as they have jobs.
 */
function kindFindings ({ issuer, kind }: FileIssuer, index: number): SettingsFinding[] {
  if (kind === 'jobs' || !signsForJobs(issuer)) return []
  return [{
    path: ['issuers', index, kind === undefined ? 'issuer' : 'kind'],
    message: 'signs tokens of CI jobs, and a job is no person',
    expected: 'kind: jobs'
  }]
}

function actorFindings ({ kind, ...one }: FileIssuer, index: number): SettingsFinding[] {
  if (kind === 'jobs') return []
  return (['actorClaim', 'actorsAt'] as const).filter((field) => one[field] !== undefined).map((field) => ({
    path: ['issuers', index, field],
    at: 'key',
    message: "says who had a job run, and these tokens are people's",
    expected: `no ${field}, or kind: jobs`
  }))
}

function ruleFindings (
  { issuer }: FileIssuer,
  path: SettingsFinding['path'],
  { when, grants }: FileIssuer['rules'][number],
  whose: readonly string[] | undefined
): SettingsFinding[] {
  const findings: SettingsFinding[] = []
  for (const [claim, patterns] of Object.entries(when)) {
    for (const value of listOf(patterns)) {
      if (/^\*+$/.test(value)) {
        findings.push({
          path: [...path, 'when', claim],
          message: `${value} fits every value`,
          expected: 'a value, or a pattern that some values do not fit'
        })
      }
    }
  }
  const saysWhose = whose === undefined ||
    Object.entries(when).some(([claim, patterns]) =>
      whose.includes(claim) && listOf(patterns).every((value) => beginning(value) !== '')
    )
  if (!saysWhose) {
    findings.push({
      path: [...path, 'when'],
      message: `says not whose tokens it means, and ${issuer} signs tokens for anybody`,
      expected: `one of the claims ${whose.join(', ')}, with a value that does not begin with *`
    })
  }
  for (const [number, { phases }] of grants.entries()) {
    const { from = 1, to = lastPhase } = phases ?? {}
    if (from > to) {
      findings.push({
        path: [...path, 'grants', number, 'phases'],
        message: `begins with ${from} and ends with ${to}`,
        expected: 'from at most to'
      })
    }
  }
  return findings
}

/** Finds accounts that are said to be two people's. */
export function accountFindings (accounts: readonly FileAccount[]): SettingsFinding[] {
  const owners = new Map<string, { person: string, index: number }>()
  return accounts.flatMap(({ person, github = [], gitlab = [], jobs = [] }, index) =>
    [['github', github] as const, ['gitlab', gitlab] as const, ['jobs', jobs] as const].flatMap((
      [where, names]
    ) =>
      listOf(names).flatMap((name): SettingsFinding[] => {
        const key = `${where}:${personKey(name)}`
        const owner = owners.get(key)
        if (!owner) owners.set(key, { person, index })
        return !owner || owner.person === person ? [] : [{
          path: ['accounts', index, where],
          message: `${name} is the account of accounts[${owner.index}] already`,
          expected: "each account once: it is one person's"
        }]
      })
    )
  )
}
