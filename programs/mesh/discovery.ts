/**
 * Access of the other clusters' control planes to this cluster's endpoints: over the east-west
 * gateway, since the Kubernetes API has an address in its own network only, and by an account that
 * may see services, their pods and where they run, and no Secret. The chart's own reader account
 * may read every Secret of the cluster.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, interpolate, type Output, secret } from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { ProgramError } from '../errors.ts'
import { customResource, objectLabels, secretLabels } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { apiServerName, meshNamespace } from './settings.ts'

const name = 'mesh-reader'
const look = ['get', 'list', 'watch']

/**
 * Rights to what a control plane watches in another cluster (the service registry and workload
 * entries of Istio's multi-cluster controllers).
 */
const watched: kubernetes.types.input.rbac.v1.PolicyRule[] = [
  { apiGroups: [''], resources: ['services', 'pods', 'nodes', 'namespaces'], verbs: look },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: look },
  { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: look },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['gateways'], verbs: look },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: look }
]

/**
 * The reader's credentials: token (secret) and the authority that signs the API server's
 * certificate (base64 PEM, secret).
 */
export interface Reader {
  readonly token: Output<string>
  readonly authority: Output<string>
}

/** Registers the account, its rights and its token. */
export function meshReader (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): Reader {
  const labels = objectLabels(context, 'discovery')
  const placed = { name, namespace: meshNamespace, labels }
  const account = new kubernetes.core.v1.ServiceAccount(name, {
    metadata: placed,
    automountServiceAccountToken: false
  }, options)
  const subjects = [{ kind: 'ServiceAccount', name, namespace: meshNamespace }]
  const role = new kubernetes.rbac.v1.ClusterRole(
    name,
    { metadata: { name, labels }, rules: watched },
    options
  )
  const binding = new kubernetes.rbac.v1.ClusterRoleBinding(name, {
    metadata: { name, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata.name },
    subjects
  }, options)
  // The mesh's configuration, from which a peer learns the trust domain.
  const local = new kubernetes.rbac.v1.Role(name, {
    metadata: placed,
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['istio'], verbs: look }]
  }, options)
  const localBinding = new kubernetes.rbac.v1.RoleBinding(name, {
    metadata: placed,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: local.metadata.name },
    subjects
  }, options)
  const token = new kubernetes.core.v1.Secret(`${name}-token`, {
    metadata: {
      name: interpolate`${name}-token-${tokenTerm()}`,
      namespace: meshNamespace,
      labels: secretLabels(context, 'discovery'),
      annotations: { 'kubernetes.io/service-account.name': account.metadata.name }
    },
    type: 'kubernetes.io/service-account-token'
  }, { ...options, dependsOn: [account, binding, localBinding] })
  const field = (key: 'token' | 'ca.crt') =>
    secret(token.data.apply((data) => {
      const value = data?.[key]
      if (!value) {
        throw new ProgramError('MESH_NO_TOKEN', {
          secret: `${meshNamespace}/${name}-token`,
          cluster: cluster.name,
          key
        })
      }
      return value
    }))
  return {
    token: field('token').apply((value) => Buffer.from(value, 'base64').toString('utf8')),
    authority: field('ca.crt')
  }
}

/**
 * Days that a token is used: half a year at most, and ups of a quarter of a year in which another
 * takes its place.
 */
const tokenDays = 180
const tokenRenewalDays = 91

/**
 * Gives the day on which the present token's term began. A Secret's token never ends, and programs
 * have no clock: a certificate that nobody shows is due by time, so that an up replaces it, then
 * the Secret by its name, and in the same deployment the peers' copies. The old token ends with its
 * Secret at the end of this unit; until its peers are upped, minutes later, their control planes
 * know the endpoints that they knew.
 */
function tokenTerm (): Output<string> {
  const key = new tls.PrivateKey(`${name}-term-key`, { algorithm: 'ED25519' })
  const term = new tls.SelfSignedCert(`${name}-term`, {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: `${name} term` },
    validityPeriodHours: tokenDays * 24,
    earlyRenewalHours: tokenRenewalDays * 24,
    allowedUses: ['digital_signature']
  })
  return term.validityStartTime.apply((time) => time.slice(0, 10).replaceAll('-', ''))
}

/**
 * Passes TLS for the API server through the east-west gateway, by the name that every API server's
 * certificate has. Peers still have to show a token.
 */
export function apiPassthrough (context: UnitContext, options: CustomResourceOptions): void {
  const at = { apiVersion: 'networking.istio.io/v1', namespace: meshNamespace, name: 'kubernetes-api' }
  customResource(context, { ...at, kind: 'Gateway', resourceName: 'kubernetes-api-gateway' }, {
    selector: { istio: 'eastwestgateway' },
    servers: [{
      port: { number: 443, name: 'tls-api', protocol: 'TLS' },
      tls: { mode: 'PASSTHROUGH' },
      hosts: [apiServerName]
    }]
  }, options)
  customResource(context, { ...at, kind: 'VirtualService', resourceName: 'kubernetes-api-routes' }, {
    hosts: [apiServerName],
    gateways: ['kubernetes-api'],
    tls: [{
      match: [{ port: 443, sniHosts: [apiServerName] }],
      route: [{ destination: { host: `${apiServerName}.cluster.local`, port: { number: 443 } } }]
    }]
  }, options)
}
