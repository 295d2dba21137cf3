/**
 * The access file: who the service believes, and what it grants them. docs/access.md describes its
 * fields.
 */
import { type Grant } from '../../contract/access.ts'
import { parseSettings, readSettings, type SettingsFinding } from '../settings/read.ts'
import { accountFindings, issuerFindings } from './file-rules.ts'
import { type AccessFile, accessSchema, type FileIssuer, listOf } from './file-schema.ts'
import { type JobActor, jobActorOf } from './job-actor.ts'
import { everywhere } from './model.ts'

/** Claims to patterns: every claim must fit one of its patterns. */
export interface ClaimRule {
  when: Record<string, string[]>
  grants: Grant[]
}
/** An issuer of tokens that the service believes. */
export interface Issuer {
  name: string
  issuer: string
  audience: string[]
  algorithms: string[]
  clockToleranceSeconds: number
  kind: 'person' | 'job'
  /** Of an issuer of jobs: where its tokens say who had the job run. */
  actor?: JobActor
  nameClaim?: string
  groupsClaim: string
  login?: { clientId: string, clientSecret?: string, scopes: string[], label: string }
  rules: ClaimRule[]
}
/** A person and their accounts where repositories and jobs are: whose a push or a job is. */
export interface Account {
  /** The subject of the person. */
  person: string
  github?: readonly string[]
  gitlab?: readonly string[]
  /** Accounts elsewhere: the name of an issuer of jobs, a colon, and the account. */
  jobs?: readonly string[]
}
/** The access file with its defaults. */
export interface AccessSettings {
  url?: string
  proxies: string[]
  issuers: Issuer[]
  accounts: Account[]
  sessions: { idleMinutes: number, hours: number }
  limits: { requestsPerMinute: number, streamsPerCaller: number, streams: number }
}

function fileFindings ({ issuers = [], accounts = [], url }: AccessFile): SettingsFinding[] {
  return [
    ...issuers.flatMap((_one, index) => issuerFindings(issuers, index, url)),
    ...accountFindings(accounts)
  ]
}

function completeIssuer (
  { name, issuer: identifier, audience, kind = 'people', login, rules, ...rest }: FileIssuer
): Issuer {
  const actor = kind === 'jobs' ? jobActorOf({ ...rest, name, issuer: identifier }) : undefined
  return {
    name,
    issuer: identifier,
    audience: listOf(audience),
    algorithms: rest.algorithms ?? ['RS256', 'PS256', 'ES256', 'EdDSA'],
    clockToleranceSeconds: rest.clockToleranceSeconds ?? 30,
    kind: kind === 'jobs' ? 'job' : 'person',
    ...(actor && { actor }),
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

function complete (file: AccessFile): AccessSettings {
  return {
    ...(file.url !== undefined && { url: file.url.replace(/\/+$/, '') }),
    proxies: file.proxies ?? [],
    issuers: (file.issuers ?? []).map(completeIssuer),
    accounts: (file.accounts ?? []).map(({ person, github, gitlab, jobs }) => ({
      person,
      ...(github !== undefined && { github: listOf(github) }),
      ...(gitlab !== undefined && { gitlab: listOf(gitlab) }),
      ...(jobs !== undefined && { jobs: listOf(jobs) })
    })),
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
  return complete(parseSettings(source, file, accessSchema, fileFindings))
}

/** Reads an access file. Throws a SettingsError with all that is wrong. */
export async function loadAccess (file: string): Promise<AccessSettings> {
  return complete(await readSettings(file, accessSchema, fileFindings))
}
