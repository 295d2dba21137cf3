/**
 * Data that the token controller writes into secrets of type kubernetes.io/service-account-token.
 */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { clusterAuthority } from '../cluster-authority.ts'
import { type Draft, type Found } from '../draft.ts'
import { identifiersOf } from '../identifiers.ts'
import { objectAt, plain, stringAt } from '../wire-values.ts'
import { endpointOf } from './objects-of.ts'

const clusters = [
  'aws:eks/cluster:Cluster',
  'gcp:container/cluster:Cluster',
  'azure-native:containerservice:ManagedCluster'
]

const encoded = (text: string): string => Buffer.from(text).toString('base64')
const part = (value: WireObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Authority of a cluster's API server as its cloud gives it out: PEM in base64. */
export function authorityOf (record: CloudRecord): string {
  const outputs = plain(record.outputs)
  // AKS shows it in its kubeconfigs only: it is made again from the same seed.
  return stringAt(outputs, 'certificateAuthority.data') ??
    stringAt(outputs, 'masterAuth.clusterCaCertificate') ?? madeAgain(record)
}

// Signing takes longer than everything else in the creation of an object, and every object of a
// cluster needs it.
const made = new Map<string, string>()
const remembered = 64

function madeAgain (record: CloudRecord): string {
  const key = [record.type, record.account, record.id, record.incarnation, record.created].join('\n')
  const known = made.get(key)
  if (known !== undefined) return known
  const authority = clusterAuthority({
    type: record.type,
    urn: '',
    urnName: '',
    account: record.account,
    region: record.region,
    inputs: {},
    name: record.name,
    id: record.id,
    created: record.created,
    incarnation: record.incarnation,
    make: identifiersOf(record),
    instance: { account: record.account, region: record.region, config: {} }
  }, 'ca')
  const [oldest] = made.keys()
  if (made.size >= remembered && oldest !== undefined) made.delete(oldest)
  made.set(key, authority)
  return authority
}

/**
 * `token`, `ca.crt` and `namespace`, each in base64. The token has the form of a JWT, and no valid
 * signature.
 */
export function tokenData (draft: Draft, found: Found): WireObject {
  const namespace = stringAt(draft.inputs, 'metadata.namespace') ?? 'default'
  const account = serviceAccount(draft)
  const cluster = clusters.flatMap((type) => found.of(type)).find((record) =>
    endpointOf(record) === draft.account
  )
  const token = [
    part({ alg: 'RS256', kid: draft.make.alnum(43, 'kid') }),
    part({
      iss: 'kubernetes/serviceaccount',
      sub: subjectOf({ namespace, account }),
      'kubernetes.io/serviceaccount/namespace': namespace,
      'kubernetes.io/serviceaccount/service-account.name': account
    }),
    draft.make.bytes(256, 'signature').toString('base64url')
  ].join('.')
  return {
    token: encoded(token),
    namespace: encoded(namespace),
    ...(cluster && { 'ca.crt': authorityOf(cluster) })
  }
}

/** The subject of a service account's tokens, by which clouds and bindings know it. */
export function subjectOf ({ namespace, account }: { namespace: string, account: string }): string {
  return `system:serviceaccount:${namespace}:${account}`
}

function serviceAccount (draft: Draft): string {
  const name = objectAt(draft.inputs, 'metadata.annotations')['kubernetes.io/service-account.name']
  return typeof name === 'string' ? name : 'default'
}
