/** The identities of Azure: managed identities of the subscription, and whoever owns it. */
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
import { simulatedObjectId } from '../subscription.ts'
import { allows, type Asked } from './decide.ts'
import { joins, polls } from './joins.ts'
import { type Assignment, assignmentsOf, assignmentType, definitionType } from './roles.ts'

const identityType = 'azure-native:managedidentity:UserAssignedIdentity'
const credentialType = 'azure-native:managedidentity:FederatedIdentityCredential'
/** Audience that Entra ID takes of tokens to exchange, unless a credential says otherwise. */
const exchangeAudience = 'api://AzureADTokenExchange'

/** Type of the records that say which resource providers a subscription is registered for. */
export const registrationType = 'azure-native#registration'

/** Functions that ask for no permission: they tell what the provider itself knows. */
const open: ReadonlySet<string> = new Set([
  'azure-native:authorization:getClientConfig',
  'azure-native:authorization:getClientToken'
])
/** Functions that are actions on a managed cluster. */
const clusterActions: Readonly<Record<string, string>> = {
  'azure-native:containerservice:listManagedClusterUserCredentials': 'listClusterUserCredential',
  'azure-native:containerservice:listManagedClusterAdminCredentials': 'listClusterAdminCredential',
  'azure-native:containerservice:listManagedClusterMonitoringUserCredentials':
    'listClusterMonitoringUserCredential'
}

function looksAt ({ caller, instance, actingAs }: Identifying): CloudQuery[] {
  if (caller.kind !== 'application' && typeof actingAs !== 'string') return []
  // A cluster's kubeconfig names no subscription.
  const all = { pkg: 'azure-native', ...instance.account !== '' && { account: instance.account } }
  return [identityType, assignmentType, definitionType, credentialType].map((type) => ({ ...all, type }))
}

function identify ({ caller, actingAs, applications }: Identifying, records: CloudRecord[]): Identity {
  if (caller.kind !== 'application' && actingAs === null) return principalIdentity(simulatedObjectId, '', [])
  // The file names what a live phase 1 made: the world's own has another client id. Phase 1 itself
  // is an administrator's, whoever the file names.
  const alias = caller.kind === 'application' ? applications?.[caller.clientId] : undefined
  const named = caller.kind !== 'application' ? actingAs : actingAs === undefined ? undefined : alias
  const own = records.find((record) =>
    record.type === identityType &&
    (record.id.toLowerCase() === named?.toLowerCase() || (caller.kind === 'application' &&
      stringAt(plain(record.outputs), 'clientId') === caller.clientId))
  )
  if (own) {
    if (caller.kind === 'application' && !takesTokens(own, records)) {
      return refusedApplication(caller, {
        code: 'AADSTS700212',
        message:
          'AADSTS700212: No matching federated identity record found for presented assertion audience ' +
          `'${exchangeAudience}'.`
      })
    }
    const principal = stringAt(plain(own.outputs), 'principalId') ?? ''
    return principalIdentity(principal, own.id, assignmentsOf(principal, records))
  }
  // Nobody has made the deployer yet: whoever acts owns the subscription.
  if (caller.kind !== 'application') return administrator(simulatedObjectId)
  if (applications && alias === undefined) {
    return refusedApplication(caller, {
      code: 'AADSTS700016',
      message:
        `AADSTS700016: Application with identifier '${caller.clientId}' was not found in the directory.`
    })
  }
  return {
    name: caller.clientId,
    judge: () => ({ kind: 'unknown', why: `the roles of ${caller.clientId} are not in this world` }),
    affectedBy: ({ type }) => type === identityType
  }
}

/**
 * Tells if one of an identity's credentials takes tokens for the audience that is asked for. One
 * without any may have got them by hand: those of a file without `ci` are (docs/live.md).
 */
function takesTokens (identity: CloudRecord, records: readonly CloudRecord[]): boolean {
  const own = records.filter(({ type, id }) =>
    type === credentialType && id.toLowerCase().startsWith(`${identity.id.toLowerCase()}/`)
  )
  return own.length === 0 ||
    own.some(({ inputs }) => stringsAt(plain(inputs), 'audiences[]').includes(exchangeAudience))
}

/**
 * An application for which no token is exchanged. Source: Microsoft, "Microsoft Entra
 * authentication and authorization error codes".
 */
function refusedApplication (
  { clientId }: { clientId: string },
  failure: Omit<Failure, 'status'>
): Identity {
  return {
    name: clientId,
    refused: { status: 401, ...failure },
    judge: () => allowed,
    affectedBy: ({ type }) => type === identityType || type === credentialType
  }
}

function principalIdentity (principal: string, id: string, assignments: readonly Assignment[]): Identity {
  return {
    name: principal,
    judge: (call) => judged(call, principal, assignments),
    affectedBy: ({ type, inputs, id: changed }) =>
      (type === identityType && changed === id) || type === definitionType || type === credentialType ||
      (type === assignmentType && inputs.principalId === principal)
  }
}

/** Type in Azure Resource Manager of what an id names. */
export function armTypeOf (id: string): string {
  const [, inside] = /^.*\/providers\/(.+)$/i.exec(id) ?? []
  if (inside === undefined) {
    return /\/resourceGroups\/[^/]+$/i.test(id)
      ? 'Microsoft.Resources/subscriptions/resourceGroups'
      : 'Microsoft.Resources/subscriptions'
  }
  const [namespace, ...rest] = inside.split('/')
  return [namespace, ...rest.filter((_part, index) => index % 2 === 0)].join('/')
}

/** Actions that a call asks for, its own first. */
function askedBy (call: Call): Asked[] | undefined {
  const { type, operation, id, inputs, account } = call
  const action = clusterActions[type]
  if (action !== undefined) {
    const scope = `/subscriptions/${account}/resourceGroups/${stringAt(inputs, 'resourceGroupName') ?? ''}` +
      `/providers/Microsoft.ContainerService/managedClusters/${stringAt(inputs, 'resourceName') ?? ''}`
    return [{ action: `Microsoft.ContainerService/managedClusters/${action}/action`, scope }]
  }
  if (id === '') return undefined
  const arm = armTypeOf(id)
  if (type === registrationType) {
    const scope = `/subscriptions/${account}`
    return [
      { action: `${arm}/register/action`, scope },
      // It is watched until it is done.
      { action: 'Microsoft.Resources/subscriptions/providers/read', scope }
    ]
  }
  const role = stringAt(inputs, 'roleDefinitionId')
  const verbs = operation === 'delete'
    ? ['delete', 'read']
    : operation === 'read'
    ? ['read']
    : ['write', 'read']
  const poll = operation === 'read' ? undefined : polls[type]
  return [
    ...verbs.map((verb) => ({ action: `${arm}/${verb}`, scope: id, ...role !== undefined && { role } })),
    ...poll === undefined ? [] : [{ action: poll, scope: `/subscriptions/${account}` }]
  ]
}

function linkedTo ({ type, operation, inputs }: Call): Asked[] {
  if (operation !== 'create' && operation !== 'update') return []
  return Object.entries(joins[type] ?? {}).flatMap(([path, action]) =>
    stringsAt(inputs, path).map((scope) => ({ action, scope }))
  )
}

function judged (call: Call, who: string, assignments: readonly Assignment[]): Judgement {
  if (open.has(call.type)) return allowed
  const own = askedBy(call)
  if (!own) return { kind: 'unknown', why: `no id says which action ${call.operation} asks for` }
  let unknown: Judgement | undefined
  const [first] = own
  for (const asked of [...own, ...linkedTo(call)]) {
    const verdict = allows(assignments, asked)
    if (verdict === false) {
      return {
        kind: 'denied',
        failure: own.includes(asked) ? refusal(who, asked) : linked(who, first ?? asked, asked)
      }
    }
    if (verdict === undefined) {
      unknown ??= { kind: 'unknown', why: `${asked.action} depends on a role or condition that is not known` }
    }
  }
  return unknown ?? allowed
}

/** Source: Microsoft, "Troubleshoot Azure RBAC", "Symptom - Unable to …". */
function refusal (who: string, { action, scope }: Asked): Failure {
  return {
    status: 403,
    code: 'AuthorizationFailed',
    message: `The client '${who}' with object id '${who}' does not have authorization to perform action ` +
      `'${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please ` +
      'refresh your credentials.'
  }
}

function linked (who: string, own: Asked, { action, scope }: Asked): Failure {
  return {
    status: 403,
    code: 'LinkedAuthorizationFailed',
    message:
      `The client '${who}' with object id '${who}' has permission to perform action '${own.action}' on ` +
      `scope '${own.scope}'; however, it does not have permission to perform action(s) '${action}' on the ` +
      `linked scope(s) '${scope}' (respectively) or the linked scope(s) are invalid.`
  }
}

export const azureIdentities: IdentityModel = { looksAt, identify, idsFollowNames: true }
