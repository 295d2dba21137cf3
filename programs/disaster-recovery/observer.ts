/**
 * What an observer of a pair runs: a prober whose verdict DNS asks for, and the same question as a
 * metric.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { clusterHost } from '../federation/dns-service.ts'
import { customResource, objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { monitoringNamespace } from '../monitoring/hub.ts'
import { type Cluster, type DrPair, type UnitContext } from '../types.ts'
import { recoveryNamespace } from './names.ts'
import { pairNamespace } from './standby.ts'

const image = 'docker.io/nginxinc/nginx-unprivileged:1.29.1-alpine'
const PORT = 8080

/** The path under which an observer's ingress gives its verdict on a primary. */
export function verdictPath (primary: string): string {
  return `/verdict/${primary}`
}

/**
 * The readiness probe of the prober's pod asks the primary: with `failureThreshold` failures in a
 * row the pod is not ready, its Service has no endpoint, and the ingress answers 503 under the
 * verdict's path. No controller of ours has to run for a failover. `shared`: the pair's namespace
 * where the observer has it already, being the standby.
 */
export function observer (
  context: UnitContext,
  pair: DrPair,
  cluster: Cluster,
  provider: kubernetes.Provider,
  shared?: kubernetes.core.v1.Namespace
): void {
  const { federation } = context
  const { probeIntervalSeconds, failureThreshold } = federation.disasterRecovery
  const name = recoveryNamespace(pair)
  const id = (what: string): string => `${cluster.name}-${what}`
  const labels = { ...objectLabels(context, 'prober'), app: 'verdict' }
  const space = shared ?? pairNamespace(context, pair, cluster, provider)
  const inside = { provider, dependsOn: [space] }
  // A primary that is down while this is deployed must not keep its prober from being deployed.
  const annotations = { 'pulumi.com/skipAwait': 'true' }
  new kubernetes.apps.v1.Deployment(id('verdict'), {
    metadata: { name: 'verdict', namespace: name, labels, annotations },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'verdict' } },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'verdict',
            image,
            ports: [{ name: 'http', containerPort: PORT }],
            readinessProbe: {
              httpGet: {
                scheme: 'HTTPS',
                host: clusterHost(federation, pair.primary),
                port: 443,
                path: '/healthz/ready'
              },
              periodSeconds: probeIntervalSeconds,
              failureThreshold,
              successThreshold: 1,
              // A primary that takes longer than that to answer is of no use to traders.
              timeoutSeconds: Math.max(1, Math.min(2, probeIntervalSeconds - 1))
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
    }
  }, inside)
  new kubernetes.core.v1.Service(id('verdict'), {
    metadata: { name: 'verdict', namespace: name, labels, annotations },
    spec: {
      selector: { app: 'verdict' },
      ports: [{ name: 'http', port: PORT, targetPort: PORT, protocol: 'TCP' }]
    }
  }, inside)
  new kubernetes.networking.v1.NetworkPolicy(id('verdict'), {
    metadata: { name: 'only-the-ingress', namespace: name, labels },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': meshNamespace } } }],
        ports: [{ port: PORT, protocol: 'TCP' }]
      }]
    }
  }, inside)
  customResource(context, {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    name: 'verdict',
    namespace: name,
    resourceName: id('verdict-route')
  }, {
    hosts: [clusterHost(federation, cluster.name)],
    gateways: [`${meshNamespace}/ingress`],
    http: [{
      match: [{ uri: { exact: verdictPath(pair.primary) } }],
      rewrite: { uri: '/' },
      route: [{ destination: { host: `verdict.${name}.svc.cluster.local`, port: { number: PORT } } }]
    }]
  }, inside)
  customResource(context, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Probe',
    name: `dr-${pair.primary}`,
    namespace: monitoringNamespace,
    resourceName: id('probe')
  }, {
    jobName: 'dr-probe',
    interval: `${probeIntervalSeconds}s`,
    scrapeTimeout: `${Math.max(1, probeIntervalSeconds - 1)}s`,
    module: 'https_ready',
    prober: { url: `blackbox-exporter.${monitoringNamespace}.svc:9115` },
    targets: {
      staticConfig: {
        static: [`https://${clusterHost(federation, pair.primary)}/healthz/ready`],
        labels: { primary: pair.primary, standby: pair.standby }
      }
    }
  }, { provider })
}
