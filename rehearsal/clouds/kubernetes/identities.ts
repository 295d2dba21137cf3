/**
 * Identities at API servers: who a cloud's identity is there, and who may call it at all. Roles and
 * their bindings inside the cluster are the API server's own matter. Sources: EKS User Guide,
 * "Grant IAM users access to Kubernetes with EKS access entries"; GKE, "Authorize actions in
 * clusters using IAM"; AKS, "Use Azure RBAC for Kubernetes authorization".
 */
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { awsIdentities } from '../aws/identity/identities.ts'
import { principalOf } from '../aws/identity/principals.ts'
import { allows as azureAllows } from '../azure-native/identity/decide.ts'
import { azureIdentities } from '../azure-native/identity/identities.ts'
import { assignmentsOf } from '../azure-native/identity/roles.ts'
import { type Caller, type IdentityCloud } from '../caller.ts'
import { type Failure } from '../draft.ts'
import { allows as gcpAllows, bindingsOf } from '../gcp/identity/bindings.ts'
import { gcpIdentities } from '../gcp/identity/identities.ts'
import {
  type ActingAs,
  allowed,
  type Call,
  type Identifying,
  type Identity,
  type IdentityModel,
  type Judgement
} from '../identity-model.ts'
import { plain, plainObject, stringAt } from '../wire-values.ts'
import { kindOf } from './kinds.ts'
import { endpointOf } from './objects-of.ts'

export const entryType = 'aws:eks/accessEntry:AccessEntry'
const associationType = 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation'
const models = { aws: awsIdentities, gcp: gcpIdentities, azure: azureIdentities }

/** Queries for the clusters that may have an API server. */
export function clusterQuery ({ account, region }: { account: string, region: string }): CloudQuery[] {
  if (account.endsWith('.eks.amazonaws.com')) return [{ pkg: 'aws', type: 'aws:eks/cluster:Cluster', region }]
  if (account.endsWith('.azmk8s.io')) {
    return [{ pkg: 'azure-native', type: 'azure-native:containerservice:ManagedCluster', region }]
  }
  return [{ pkg: 'gcp', type: 'gcp:container/cluster:Cluster' }]
}

/** Account, project or subscription of whoever calls; empty where the caller's name has none. */
function accountOf (cloud: IdentityCloud, caller: Caller, acting: ActingAs): string {
  const name = caller.kind === 'role'
    ? caller.arn
    : caller.kind === 'service-account'
    ? caller.email
    : acting[cloud] ?? ''
  if (cloud === 'aws') return name.split(':')[4] ?? ''
  if (cloud === 'gcp') return /@([a-z0-9-]+)\./.exec(name)?.[1] ?? ''
  return name.split('/')[2] ?? ''
}

function looksAt (identifying: Identifying): CloudQuery[] {
  const { caller, instance, acting } = identifying
  const clusters = clusterQuery(instance)
  const cloud = 'cloud' in caller ? caller.cloud : undefined
  if (cloud === undefined) return clusters
  const account = accountOf(cloud, caller, acting)
  return [
    ...clusters,
    ...cloud === 'aws' ? [entryType, associationType].map((type) => ({ pkg: 'aws', type })) : [],
    ...models[cloud].looksAt({ ...identifying, instance: { ...instance, account }, actingAs: acting[cloud] })
  ]
}

function identify (identifying: Identifying, records: CloudRecord[]): Identity {
  const { caller, instance, acting } = identifying
  const cluster = records.find((record) => endpointOf(record) === instance.account)
  if (caller.kind === 'nobody') {
    return turnedAway('', { status: 401, code: 'Unauthorized', message: caller.reason })
  }
  // Who is not there is told apart where the server is reached.
  if (!cluster || !('cloud' in caller)) return { name: '', judge: () => allowed, affectedBy: () => false }
  const own = models[caller.cloud].identify({
    ...identifying,
    instance: { ...instance, account: cluster.account },
    actingAs: acting[caller.cloud]
  }, records)
  const refused = own.refused && {
    status: 401,
    code: 'Unauthorized',
    message: `getting credentials: exec: executable failed with exit code 1 (${own.refused.message})`
  }
  if (refused) return turnedAway(own.name, refused)
  switch (cluster.pkg) {
    case 'aws':
      return onEks(own, cluster, records)
    case 'gcp':
      return onGke(own, cluster, records)
    default:
      return onAks(own, cluster, records)
  }
}

function turnedAway (name: string, refused: Failure): Identity {
  return { name, refused, judge: () => allowed, affectedBy: () => false }
}

function onEks (own: Identity, cluster: CloudRecord, records: CloudRecord[]): Identity {
  const principal = principalOf(own.name)
  const entries = records.filter((record) =>
    record.type === entryType && stringAt(plain(record.inputs), 'clusterName') === cluster.name
  )
  if (entries.length === 0) {
    const unknown: Judgement = {
      kind: 'unknown',
      why: 'nobody knows who made the cluster, and it has no access entry'
    }
    return { name: own.name, judge: () => unknown, affectedBy: () => false }
  }
  const entry = entries.find((record) => stringAt(plain(record.inputs), 'principalArn') === principal)
  if (!entry) {
    return turnedAway(own.name, {
      status: 401,
      code: 'Unauthorized',
      message: 'the server has asked for the client to provide credentials'
    })
  }
  return { name: own.name, judge: accessOnEks(own.name, entry, records), affectedBy: () => false }
}

/**
 * What an entry allows: whoever made the cluster administers it, others have the access policies
 * that are associated with their entry, and what its groups are bound to. Source: EKS User Guide,
 * "Associate access policies with access entries".
 */
function accessOnEks (who: string, entry: CloudRecord, records: CloudRecord[]): Identity['judge'] {
  const { clusterName, principalArn, kubernetesGroups } = plainObject(entry.inputs)
  const policies = records.map(({ type, inputs }) => ({ type, given: plainObject(inputs) })).filter(
    ({ type, given }) =>
      type === associationType && given.clusterName === clusterName && given.principalArn === principalArn
  )
  // EKS itself made the entry of the cluster's maker.
  const administers = entry.token === '' ||
    policies.some(({ given }) =>
      stringAt(given, 'policyArn')?.endsWith('/AmazonEKSClusterAdminPolicy') === true &&
      stringAt(given, 'accessScope.type') === 'cluster'
    )
  if (administers) return () => allowed
  if (policies.length > 0 || kubernetesGroups !== undefined) {
    return () => ({ kind: 'unknown', why: "it depends on an access policy's or a group's rules" })
  }
  return (call) => ({ kind: 'denied', failure: forbidden(who, call) })
}

const verbs = { create: 'create', read: 'get', update: 'update', delete: 'delete' } as const

/** Plural of a kind, as API paths have it. */
function resourceOf (type: string): { resource: string, group: string } {
  const kind = kindOf(type).toLowerCase()
  const group = /^kubernetes:(.*)\/v[0-9a-z]+:/.exec(type)?.[1] ?? ''
  return {
    resource: /s$/.test(kind) ? `${kind}es` : kind.replace(/y$/, 'ie') + 's',
    group: group === 'core' ? '' : group
  }
}

function forbidden (who: string, call: Call, why?: string): Failure {
  const { resource, group } = resourceOf(call.type)
  const namespace = stringAt(call.inputs, 'metadata.namespace')
  const name = stringAt(call.inputs, 'metadata.name') ?? ''
  return {
    status: 403,
    code: 'Forbidden',
    message: `${resource}${group === '' ? '' : `.${group}`} "${name}" is forbidden: User "${who}" cannot ` +
      `${verbs[call.operation]} resource "${resource}" in API group "${group}" ` +
      `${namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`}` +
      (why === undefined ? '' : `: ${why}`)
  }
}

/** Kinds that GKE has permissions of their own for end here; of all others one set decides. */
function gkePermission (call: Call): string {
  const { group } = resourceOf(call.type)
  const kind = kindOf(call.type)
  const own = group === '' ||
    /^(apps|batch|autoscaling|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io)$/
      .test(group)
  const collection = own
    ? `${kind.slice(0, 1).toLowerCase()}${kind.slice(1)}s`.replace(/ys$/, 'ies').replace(/sss$/, 'sses')
    : 'thirdPartyObjects'
  return `container.${collection}.${verbs[call.operation]}`
}

function onGke (own: Identity, cluster: CloudRecord, records: CloudRecord[]): Identity {
  if (own.administrator) return { ...own, judge: () => allowed }
  const bindings = bindingsOf(`serviceAccount:${own.name}`, records)
  const on = `projects/${cluster.account}/locations/${cluster.region}/clusters/${cluster.name}`
  return {
    name: own.name,
    judge: (call) => {
      const permission = gkePermission(call)
      const verdict = gcpAllows(bindings, { permission, on }, call)
      if (verdict === undefined) return { kind: 'unknown', why: `${permission} depends on what is not known` }
      return verdict ? allowed : {
        kind: 'denied',
        failure: forbidden(own.name, call, `requires one of ["${permission}"] permission(s).`)
      }
    },
    affectedBy: () => false
  }
}

function onAks (own: Identity, cluster: CloudRecord, records: CloudRecord[]): Identity {
  if (own.administrator) return { ...own, judge: () => allowed }
  const assignments = assignmentsOf(own.name, records)
  return {
    name: own.name,
    judge: (call) => {
      const { resource, group } = resourceOf(call.type)
      const verb = call.operation === 'read' ? 'read' : call.operation === 'delete' ? 'delete' : 'write'
      const verdict = azureAllows(assignments, {
        action: `Microsoft.ContainerService/managedClusters/${
          group === '' ? '' : `${group}/`
        }${resource}/${verb}`,
        scope: cluster.id,
        data: true
      })
      if (verdict === undefined) {
        return { kind: 'unknown', why: `${verb} depends on a role that is not known` }
      }
      return verdict ? allowed : {
        kind: 'denied',
        failure: forbidden(
          own.name,
          call,
          'User does not have access to the resource in Azure. Update role assignment to allow access.'
        )
      }
    },
    affectedBy: () => false
  }
}

export const kubernetesIdentities: IdentityModel = { looksAt, identify }
