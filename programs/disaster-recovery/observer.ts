/**
 * The observer of a pair: a prober whose verdict DNS asks for. Its cluster's monitoring asks the
 * same as a metric (`monitoring/recovery.ts`).
 */
import * as kubernetes from '@pulumi/kubernetes'
import { clusterHost, healthHost } from '../federation/dns-service.ts'
import { dnsEgress, tcp } from '../kubernetes/network-policy.ts'
import { customResource, objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { recoveryNamespace } from './names.ts'
import { pairNamespace } from './standby.ts'

const image = 'docker.io/nginxinc/nginx-unprivileged:1.29.1-alpine'
const observerPort = 8080

/** The path under which an observer's ingress gives its verdict on a primary. */
export function verdictPath (primary: string): string {
  return `/verdict/${primary}`
}

/** An observer of a pair, and where it keeps what it runs. */
interface Observer {
  readonly context: UnitContext
  readonly pair: DrPair
  readonly cluster: Cluster
  readonly provider: kubernetes.Provider
  /** Namespace of its objects. */
  readonly space: kubernetes.core.v1.Namespace
  /** Beginning of its resources' names. */
  readonly prefix: string
}

const id = ({ prefix }: Observer, what: string): string => `${prefix}-${what}`

/**
 * Registers an observer. The readiness probe of the prober's pod asks the primary: after
 * `failureThreshold` failures in a row the pod is not ready, its Service has no endpoint, and the
 * ingress answers 503 under the verdict's path. So no controller of ours has to run for a failover.
 * The observer's own cluster has it, in a stack without a provider of another: whichever cluster is
 * lost, the others' verdicts can be changed. `shared` is the pair's namespace where the observer,
 * being the standby, has it already.
 */
export function observer (
  context: UnitContext,
  pair: DrPair,
  cluster: Cluster,
  provider: kubernetes.Provider,
  shared?: kubernetes.core.v1.Namespace
): void {
  // A cluster observes several pairs; its side of one is another unit.
  const prefix = shared ? cluster.name : pair.primary
  const space = shared ?? pairNamespace(context, pair, prefix, provider)
  const self: Observer = { context, pair, cluster, provider, space, prefix }
  prober(self)
  verdictRoute(self)
}

/** Registers the prober with its service, which only the ingress may call. */
function prober (self: Observer): void {
  const { context, pair, provider, space } = self
  const labels = { ...objectLabels(context, 'prober'), app: 'verdict' }
  const inside = { provider, dependsOn: [space] }
  const namespace = recoveryNamespace(pair)
  // A primary that is down while this is deployed must not keep its prober from being deployed.
  const annotations = { 'pulumi.com/skipAwait': 'true' }
  new kubernetes.apps.v1.Deployment(id(self, 'verdict'), {
    metadata: { name: 'verdict', namespace, labels, annotations },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'verdict' } },
      template: { metadata: { labels }, spec: proberPod(context.federation, pair) }
    }
  }, inside)
  new kubernetes.core.v1.Service(id(self, 'verdict'), {
    metadata: { name: 'verdict', namespace, labels, annotations },
    spec: {
      selector: { app: 'verdict' },
      ports: [{ name: 'http', port: observerPort, targetPort: observerPort, protocol: 'TCP' }]
    }
  }, inside)
  new kubernetes.networking.v1.NetworkPolicy(id(self, 'verdict'), {
    metadata: { name: 'only-the-ingress', namespace, labels },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': meshNamespace } } }],
        ports: [{ port: observerPort, protocol: 'TCP' }]
      }],
      // The primary's ingress has public addresses, which change.
      egress: [dnsEgress(self.cluster), { ports: tcp(443) }]
    }
  }, inside)
}

/**
 * The command that asks a primary's ingress, with the curl of the image. Whoever answers is known
 * by name: as the kubelet's own probes do it, the chain of the certificate is not judged.
 */
function askCommand (host: string, timeoutSeconds: number): string[] {
  return [
    'curl',
    '--silent',
    '--fail',
    '--insecure',
    '--output',
    '/dev/null',
    '--max-time',
    String(timeoutSeconds),
    `https://${host}/healthz/ready`
  ]
}

/** A pod that is ready while the primary answers. */
function proberPod (federation: Federation, pair: DrPair): kubernetes.types.input.core.v1.PodSpec {
  const { probeIntervalSeconds, failureThreshold } = federation.disasterRecovery
  // A primary that takes longer than that to answer is of no use to traders.
  const timeoutSeconds = Math.max(1, Math.min(2, probeIntervalSeconds - 1))
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: 'verdict',
      image,
      ports: [{ name: 'http', containerPort: observerPort }],
      readinessProbe: {
        // Asked from inside the pod: a probe of the kubelet's own may name no other host, since Pod
        // Security forbids it from `baseline` upward (Kubernetes 1.34).
        exec: { command: askCommand(clusterHost(federation, pair.primary), timeoutSeconds) },
        periodSeconds: probeIntervalSeconds,
        failureThreshold,
        successThreshold: 1,
        // The command ends itself; this is for one that hangs.
        timeoutSeconds: timeoutSeconds + 1
      },
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

/** Registers the path under which DNS asks the ingress for the verdict. */
function verdictRoute (self: Observer): void {
  const { context, pair, cluster, provider, space } = self
  const namespace = recoveryNamespace(pair)
  customResource(context, {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    name: 'verdict',
    namespace,
    resourceName: id(self, 'verdict-route')
  }, {
    hosts: [clusterHost(context.federation, cluster.name), healthHost(context.federation, cluster.name)],
    gateways: [`${meshNamespace}/ingress`],
    http: [{
      match: [{ uri: { exact: verdictPath(pair.primary) } }],
      rewrite: { uri: '/' },
      route: [{
        destination: { host: `verdict.${namespace}.svc.cluster.local`, port: { number: observerPort } }
      }]
    }]
  }, { provider, dependsOn: [space] })
}
