/**
 * The responder that probes ask: a small workload in every cluster, isolated as the services of the
 * federation are.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Resource } from '@pulumi/pulumi'
import {
  apiEgress,
  dnsEgress,
  inNamespace,
  type NetworkPolicySpec,
  tcp
} from '../kubernetes/network-policy.ts'
import { customResource, namespace, objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { monitoringNamespace, prometheusPort } from '../monitoring/hub.ts'
import { gatewayBlocks } from '../networking/gateway-peers.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { observerLabel, reportNamespace } from './places.ts'

const image = 'docker.io/nginxinc/nginx-unprivileged:1.29.1-alpine'
const responderPort = 8080

/** The account of measuring Jobs. */
export const probeAccount = 'windlass-probe'
/** The label of pods that the policies let call the responder. */
export const probeLabel = { 'windlass.io/probe': 'admitted' } as const
/** The label of pods that may call addresses of the internet. */
export const publicProbeLabel = { 'windlass.io/probe': 'public' } as const

/**
 * The responder's name: one of its own in each cluster, so that a call means that cluster and no
 * other.
 */
export function responderName (cluster: string): string {
  return `responder-${cluster}`
}

/** URL of a cluster's responder, inside its cluster and over the mesh. */
export function responderUrl (cluster: string): string {
  return `http://${responderName(cluster)}.${reportNamespace}.svc.cluster.local:${responderPort}/`
}

/** Two pods in different zones where there are several, behind a Service. */
function workload (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): Resource[] {
  const name = responderName(cluster.name)
  const labels = { ...objectLabels(context, 'responder'), app: name }
  const deployment = new kubernetes.apps.v1.Deployment('responder', {
    metadata: { name, namespace: reportNamespace, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { ...labels, 'topology.istio.io/cluster': cluster.name } },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [{
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { app: name } }
          }],
          containers: [{
            name: 'responder',
            image,
            ports: [{ name: 'http', containerPort: responderPort }],
            readinessProbe: { httpGet: { path: '/', port: responderPort }, periodSeconds: 5 },
            resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] }
            },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }]
          }],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }]
        }
      }
    }
  }, options)
  const service = new kubernetes.core.v1.Service('responder', {
    metadata: { name, namespace: reportNamespace, labels },
    spec: {
      selector: { app: name },
      ports: [{
        name: 'http',
        port: responderPort,
        targetPort: responderPort,
        protocol: 'TCP',
        appProtocol: 'http'
      }]
    }
  }, options)
  return [deployment, service]
}

/**
 * Openings of the namespace, by name: nobody but admitted pods, the mesh's gateways and Prometheus
 * get in; out go DNS, the mesh, traces, the Kubernetes API, to which results are written, and what
 * labels of pods allow.
 */
function probeOpenings (context: UnitContext, cluster: Cluster): Record<string, NetworkPolicySpec> {
  const gateways = gatewayBlocks(context.federation, cluster)
  const inMesh = inNamespace(meshNamespace)
  const monitoring = inNamespace(monitoringNamespace)
  return {
    'default-deny': { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    'allow-probes': {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [inMesh, { podSelector: { matchLabels: { ...probeLabel } } }],
        ports: tcp(responderPort)
      }, { from: [monitoring], ports: tcp(15090) }],
      egress: [
        dnsEgress(cluster),
        { to: [inMesh], ports: tcp(15012) },
        { to: [monitoring], ports: tcp(4317) },
        { to: [{ podSelector: {} }], ports: tcp(responderPort) },
        ...(gateways.length > 0 ? [{ to: gateways, ports: tcp(15443) }] : []),
        { to: apiEgress(cluster), ports: tcp(443) }
      ]
    },
    'allow-observers': {
      podSelector: { matchLabels: { ...observerLabel } },
      policyTypes: ['Egress'],
      egress: [{
        to: [{ ...monitoring, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }],
        ports: tcp(prometheusPort)
      }]
    },
    // Probes of public names go out as clients' calls do, and nowhere else.
    'allow-public-probes': {
      podSelector: { matchLabels: { ...publicProbeLabel } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: tcp(443) }]
    }
  }
}

/** Registers the openings, and whom the responder's proxy lets in. */
function isolation (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): Resource[] {
  const policy = (name: string, spec: NetworkPolicySpec): Resource =>
    new kubernetes.networking.v1.NetworkPolicy(name, {
      metadata: { name, namespace: reportNamespace, labels: objectLabels(context, 'network-policy') },
      spec
    }, options)
  return [
    ...Object.entries(probeOpenings(context, cluster)).map(([name, spec]) => policy(name, spec)),
    customResource(context, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name: 'probes-only',
      namespace: reportNamespace
    }, {
      action: 'ALLOW',
      rules: [{
        from: [{
          source: {
            principals: [`${context.federation.mesh.trustDomain}/ns/${reportNamespace}/sa/${probeAccount}`]
          }
        }]
      }]
    }, options)
  ]
}

/** The account of Jobs that measure: it may write its results into a Job, and nothing else. */
function account (context: UnitContext, options: CustomResourceOptions): Resource[] {
  const metadata = {
    name: probeAccount,
    namespace: reportNamespace,
    labels: objectLabels(context, 'identity')
  }
  const owner = new kubernetes.core.v1.ServiceAccount('probe', {
    metadata,
    automountServiceAccountToken: false
  }, options)
  const role = new kubernetes.rbac.v1.Role('probe', {
    metadata,
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'patch'] }]
  }, options)
  const binding = new kubernetes.rbac.v1.RoleBinding('probe', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: owner.metadata.name, namespace: reportNamespace }]
  }, options)
  return [owner, binding]
}

/** Registers all of it. Gives the namespace, and what probes have to come after. */
export function responder (
  context: UnitContext,
  cluster: Cluster,
  provider: kubernetes.Provider
): { space: kubernetes.core.v1.Namespace, ready: Resource[] } {
  const space = namespace(context, reportNamespace, 'restricted', { 'istio-injection': 'enabled' }, {
    provider
  })
  const inside = { provider, dependsOn: [space] }
  return {
    space,
    ready: [
      ...workload(context, cluster, inside),
      ...isolation(context, cluster, inside),
      ...account(context, inside)
    ]
  }
}
