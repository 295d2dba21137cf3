/**
 * Checks who may do what in the clouds: policies parse, and every action, role and managed policy
 * that they name is a real one.
 */
import { readFile } from 'node:fs/promises'
import { type Finding } from './finding.ts'
import { type Registered } from './registered.ts'

interface Permissions {
  readonly aws: { readonly actions: Record<string, string>, readonly managedPolicies: string }
  readonly gcp: { readonly roles: string, readonly permissions: Record<string, string> }
  readonly azure: { readonly roles: Record<string, string> }
}
type Problem = Omit<Finding, 'where'>

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
const statementFields = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition'
])
/**
 * IAM's condition operators (IAM JSON policy elements: Condition operators), without their
 * `IfExists` and set prefixes.
 */
const operators = new Set([
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null'
])

function awsAction (action: unknown, { aws }: Permissions): string | undefined {
  if (typeof action !== 'string') return `an action is a string, not ${JSON.stringify(action)}`
  if (action === '*') return undefined
  const [service = '', name = ''] = action.split(':')
  const known = aws.actions[service]?.split(' ')
  if (!known) return `no service prefix "${service}" is known (cloud-permissions.json)`
  // Actions are matched without regard to case; `*` and `?` stand for any text and any character.
  const pattern = new RegExp(
    `^${name.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`,
    'i'
  )
  return known.some((one) => pattern.test(one)) ? undefined : `${service} has no action "${name}"`
}

function principal (value: unknown): string[] {
  if (value === '*') return []
  if (typeof value !== 'object' || value === null) {
    return [`a principal is "*" or an object, not ${JSON.stringify(value)}`]
  }
  return Object.entries(value).flatMap(([kind, names]) =>
    listOf(names).flatMap((name) => {
      switch (kind) {
        case 'Service':
          return typeof name === 'string' && /^[a-z0-9.-]+\.amazonaws\.com$/.test(name)
            ? []
            : [`${JSON.stringify(name)} is no service principal`]
        case 'AWS':
          return typeof name === 'string' && /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:.+)$/.test(name)
            ? []
            : [`${JSON.stringify(name)} is no AWS principal`]
        case 'Federated':
          return typeof name === 'string' &&
              /^(arn:aws:iam::\d{12}:(oidc|saml)-provider\/.+|[a-z0-9.-]+)$/.test(name)
            ? []
            : [`${JSON.stringify(name)} is no identity provider`]
        default:
          return [`there is no kind of principal "${kind}"`]
      }
    })
  )
}

function statement (value: unknown, at: string, permissions: Permissions): Problem[] {
  if (typeof value !== 'object' || value === null) return [{ path: at, what: 'a statement is an object' }]
  const fields = value as Record<string, unknown>
  const actions = [...listOf(fields.Action), ...listOf(fields.NotAction)]
  const whats = [
    ...Object.keys(fields).filter((name) => !statementFields.has(name)).map((name) =>
      `a statement has no field "${name}"`
    ),
    ...(fields.Effect === 'Allow' || fields.Effect === 'Deny'
      ? []
      : [`Effect is Allow or Deny, not ${JSON.stringify(fields.Effect)}`]),
    ...(actions.length > 0
      ? actions.map((action) => awsAction(action, permissions))
      : ['a statement has an Action']),
    ...(fields.Sid === undefined || (typeof fields.Sid === 'string' && /^[A-Za-z0-9]*$/.test(fields.Sid))
      ? []
      : [`Sid ${JSON.stringify(fields.Sid)} has characters other than letters and digits`]),
    ...(fields.Principal === undefined ? [] : principal(fields.Principal)),
    ...listOf(fields.Resource).filter((resource) =>
      typeof resource !== 'string' ||
      !/^(\*|arn:aws:[a-z0-9-]*:[a-z0-9*-]*:(\d{12}|\*|aws)?:.+)$/.test(resource)
    ).map((resource) => `${JSON.stringify(resource)} is no ARN`),
    ...Object.keys(typeof fields.Condition === 'object' && fields.Condition !== null ? fields.Condition : {})
      .filter((name) =>
        !operators.has(name.replace(/^(ForAllValues|ForAnyValue):/, '').replace(/IfExists$/, ''))
      ).map((name) => `there is no condition operator "${name}"`)
  ]
  return whats.filter((what) => what !== undefined).map((what) => ({ path: at, what }))
}

/**
 * A policy document as text; `trust`: it says who may take a role, else what is allowed (or, on a
 * resource, both).
 */
function document (text: string, at: string, permissions: Permissions): Problem[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return [{ path: at, what: `is no JSON: ${String(error)}` }]
  }
  const { Version: version, Statement: statements } = parsed as { Version?: unknown, Statement?: unknown }
  const sids = listOf(statements).map((entry) => (entry as { Sid?: string }).Sid).filter((sid) =>
    sid !== undefined
  )
  return [
    ...(version === '2012-10-17'
      ? []
      : [{ path: at, what: `Version is "2012-10-17", not ${JSON.stringify(version)}` }]),
    ...(listOf(statements).length > 0 ? [] : [{ path: at, what: 'a policy has statements' }]),
    ...(new Set(sids).size === sids.length ? [] : [{ path: at, what: 'a Sid is used twice' }]),
    ...listOf(statements).flatMap((entry, index) =>
      statement(entry, `${at}.Statement[${index}]`, permissions)
    )
  ]
}

function aws ({ type, inputs }: Registered, permissions: Permissions): Problem[] {
  // A registry's policy is about images, not about who may do what.
  const documents = type.startsWith('aws:ecr/lifecycle')
    ? []
    : ['policy', 'assumeRolePolicy', 'accessPolicy', 'inlinePolicy'].filter((name) =>
      typeof inputs[name] === 'string' &&
      (type.includes('olicy') || type.startsWith('aws:iam/') || String(inputs[name]).includes('"Statement"'))
    )
  const managed = permissions.aws.managedPolicies.split(' ')
  const arns = [...listOf(inputs['policyArn']), ...listOf(inputs['managedPolicyArns'])]
  return [
    ...documents.flatMap((name) => document(String(inputs[name]), name, permissions)),
    ...arns.filter((arn) =>
      typeof arn === 'string' && arn.startsWith('arn:aws:iam::aws:policy/') &&
      !managed.includes(arn.slice('arn:aws:iam::aws:policy/'.length))
    ).map((arn) => ({ path: 'policyArn', what: `AWS manages no policy ${String(arn)}` }))
  ]
}

function gcp ({ inputs }: Registered, { gcp: known }: Permissions): Problem[] {
  const roles = known.roles.split(' ')
  return [
    ...(typeof inputs['role'] === 'string' && inputs['role'].startsWith('roles/') &&
        !roles.includes(inputs['role'].slice('roles/'.length))
      ? [{ path: 'role', what: `Google Cloud has no role ${inputs['role']}` }]
      : []),
    ...listOf(inputs['permissions']).filter((permission) => typeof permission === 'string').flatMap(
      (permission) => {
        const [service = '', ...rest] = String(permission).split('.')
        return known.permissions[service]?.split(' ').includes(rest.join('.'))
          ? []
          : [{ path: 'permissions', what: `Google Cloud has no permission ${String(permission)}` }]
      }
    )
  ]
}

function azure ({ inputs }: Registered, { azure: known }: Permissions): Problem[] {
  const id = inputs['roleDefinitionId']
  const [, name] = typeof id === 'string' ? /\/roleDefinitions\/([^/]+)$/.exec(id) ?? [] : []
  // A role of our own is named by a uuid of version 5 (programs derive it); built-in ones are of
  // version 4.
  return name === undefined || known.roles[name] !== undefined || name[14] === '5'
    ? []
    : [{ path: 'roleDefinitionId', what: `no built-in role ${name} is known (cloud-permissions.json)` }]
}

/** Findings about the policies and grants among the resources. */
export async function iamFindings (resources: readonly Registered[]): Promise<Finding[]> {
  const permissions = JSON.parse(
    await readFile(new URL('./cloud-permissions.json', import.meta.url), 'utf8')
  ) as Permissions
  return resources.flatMap((resource) => {
    const check = resource.type.startsWith('aws:')
      ? aws
      : resource.type.startsWith('gcp:')
      ? gcp
      : resource.type.startsWith('azure-native:')
      ? azure
      : undefined
    return (check?.(resource, permissions) ?? []).map((problem) => ({ where: resource.urn, ...problem }))
  })
}
