/** The identities of Google Cloud: service accounts of the project, and whoever made it. */
import { type CloudQuery, type CloudRecord } from '../../../store.ts'
import { type Failure } from '../../draft.ts'
import {
  administrator,
  allowed,
  type Call,
  type Identifying,
  type Identity,
  type IdentityModel,
  type Judgement
} from '../../identity-model.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { allows, type Binding, bindingsOf, bindingType, customRoleType } from './bindings.ts'
import { impersonationRefusal, refusal, tokenRefusal } from './denials.ts'
import { onProject, open, permissions, predefined } from './permissions.ts'

const accountType = 'gcp:serviceaccount/account:Account'
const grantType = 'gcp:serviceaccount/iAMMember:IAMMember'

function emailOf ({ caller, actingAs }: Identifying): string | undefined {
  return caller.kind === 'service-account'
    ? caller.email
    : caller.kind === 'base'
    ? actingAs ?? undefined
    : undefined
}

/** Project of a service account, by its address. */
function projectOf (email: string): string | undefined {
  return /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1]
}

function looksAt (identifying: Identifying): CloudQuery[] {
  const email = emailOf(identifying)
  if (email === undefined) return []
  const ofProject = { pkg: 'gcp', account: identifying.instance.account }
  return [
    { pkg: 'gcp', type: accountType, id: accountId(email) },
    { ...ofProject, type: grantType },
    { ...ofProject, type: bindingType },
    { ...ofProject, type: customRoleType }
  ]
}

function accountId (email: string): string {
  return `projects/${projectOf(email) ?? ''}/serviceAccounts/${email}`
}

function identify (identifying: Identifying, records: CloudRecord[]): Identity {
  const { caller, instance, actingAs, made } = identifying
  const bootstrap = `windlass@${instance.account}.iam.gserviceaccount.com`
  const email = emailOf(identifying)
  if (caller.kind === 'base' && actingAs === null) return accountIdentity(bootstrap, [])
  if (email === undefined) return administrator(bootstrap)
  const exists = records.some(({ type, id }) => type === accountType && id === accountId(email))
  if (exists) {
    return caller.kind === 'service-account' && !givesTokens(email, records)
      ? { ...unmade(email), refused: impersonationRefusal }
      : accountIdentity(email, bindingsOf(`serviceAccount:${email}`, records))
  }
  // Nobody has made the deployer yet: whoever acts is an administrator.
  if (caller.kind === 'base') return administrator(bootstrap)
  return made.includes(email)
    ? { ...unmade(email), refused: tokenRefusal(email) }
    : {
      ...unmade(email),
      judge: () => ({ kind: 'unknown', why: `the roles of ${email} are not in this world` })
    }
}

/**
 * Tells if somebody may get tokens of an account. One on which nobody has a role may have got it by
 * hand: that of a file without `ci` is (docs/live.md).
 */
function givesTokens (email: string, records: readonly CloudRecord[]): boolean {
  const roles = records.filter(({ type, inputs }) =>
    type === grantType && (stringAt(plain(inputs), 'serviceAccountId') ?? '').endsWith(`/${email}`)
  ).map(({ inputs }) => stringAt(plain(inputs), 'role') ?? '')
  return roles.length === 0 ||
    roles.some((role) => predefined[role]?.includes('iam.serviceAccounts.getAccessToken') ?? true)
}

function unmade (email: string): Identity {
  return {
    name: email,
    judge: () => allowed,
    affectedBy: ({ type, id }) => (type === accountType && id === accountId(email)) || type === grantType
  }
}

function accountIdentity (email: string, bindings: readonly Binding[]): Identity {
  return {
    name: email,
    judge: (call) => judged(call, email, bindings),
    affectedBy: ({ type, inputs, id }) =>
      (type === accountType && id === accountId(email)) || type === grantType ||
      (type === bindingType && inputs.member === `serviceAccount:${email}`) ||
      (type === customRoleType && bindings.some(({ role }) => role === id))
  }
}

/** Permissions that a call asks for, each with what it is asked on. */
function needsOf (call: Call): { permission: string, on: string }[] | undefined {
  const row = permissions[call.type]
  if (!row) return undefined
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')
  const needs = [...call.operation === 'read' ? [] : words(row[call.operation]), ...words(row.read)]
    .map((permission) => ({
      permission,
      on: call.id === '' || onProject.test(permission) ? `projects/${call.account}` : call.id
    }))
  if (call.operation !== 'create') return needs
  const used = Object.entries(row.uses ?? {}).flatMap(([path, permission]) =>
    stringsAt(call.inputs, path).map((on) => ({ permission, on }))
  )
  // Operations, and what was made, are asked for last.
  const asked = [...needs, ...used]
  const later = asked.filter(({ permission }) => /(perations|instanceGroupManagers)\.get$/.test(permission))
  return [...asked.filter((need) => !later.includes(need)), ...later]
}

function judged (call: Call, email: string, bindings: readonly Binding[]): Judgement {
  if (open.has(call.type)) return allowed
  const needs = needsOf(call)
  if (!needs) return { kind: 'unknown', why: `no row says which permissions ${call.operation} asks for` }
  const limited = call.type !== bindingType && /IAMMember$/.test(call.type)
  let unknown: Judgement | undefined
  for (const { permission, on } of needs) {
    const verdict = allows(bindings, { permission, on }, call)
    if (verdict === false) {
      return { kind: 'denied', failure: refused(permission, on, call, email) }
    }
    if (verdict === undefined) {
      unknown ??= { kind: 'unknown', why: `${permission} depends on a role or condition that is not known` }
    }
  }
  if (limited && bindings.some(({ condition }) => condition !== undefined)) {
    unknown ??= {
      kind: 'unknown',
      why: 'the condition on granted roles is not documented for this service'
    }
  }
  return unknown ?? allowed
}

function refused (permission: string, on: string, call: Call, email: string): Failure {
  return refusal({ permission, on, email, project: call.account, member: stringAt(call.inputs, 'member') })
}

export const gcpIdentities: IdentityModel = { looksAt, identify, idsFollowNames: true }
