/**
 * Routes of the mesh: traffic stays near, goes to the standby's region when that fails, and to one
 * cluster when the caller says so.
 */
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { customResource } from '../kubernetes/objects.ts'
import { outlierPolicy } from '../mesh/defaults.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type Cluster } from '../types/cluster.ts'
import { type MeshService } from '../types/services.ts'
import { type Federation, type UnitContext } from '../types.ts'
import {
  clusterHost,
  commonHealthHost,
  failoverDomain,
  healthHost,
  publicServices,
  serviceDomain
} from './dns-service.ts'
import { failoverRegions } from './topology.ts'

const networkingApi = 'networking.istio.io/v1'

/**
 * The header by which a caller chooses a cluster: for drills, tests and orders that must stay where
 * they are.
 */
export const clusterHeader = 'x-windlass-cluster'

/** The full name of a mesh service. */
export function serviceHost (service: MeshService): string {
  return `${service.name}.${service.namespace}.svc.cluster.local`
}

/** The clusters whose workloads serve it. */
function servers (federation: Federation, service: MeshService): Cluster[] {
  return federation.clusters.filter((cluster) => service.roles.includes(cluster.role))
}

/** For each region, where its traffic goes when it fails: Istio takes one target per region. */
export function failoverTable (federation: Federation): { from: string, to: string }[] {
  const regions = new Map<string, string>()
  for (const cluster of federation.clusters) {
    const [to] = failoverRegions(federation, cluster)
    if (to !== undefined && !regions.has(cluster.region)) regions.set(cluster.region, to)
  }
  return [...regions].map(([from, to]) => ({ from, to }))
}

/**
 * The DestinationRule of a service: least load among the nearest, circuit breaking, and a subset
 * per cluster.
 */
export function destinationRule (
  context: UnitContext,
  service: MeshService,
  options: CustomResourceOptions
): void {
  const { federation } = context
  const { webSocketConnections, messagesPerSecond } = federation.capacity
  const failover = failoverTable(federation)
  customResource(context, {
    apiVersion: networkingApi,
    kind: 'DestinationRule',
    name: service.name,
    namespace: service.namespace,
    resourceName: `${service.namespace}-${service.name}-destination`
  }, {
    host: serviceHost(service),
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL' },
      loadBalancer: {
        simple: 'LEAST_REQUEST',
        localityLbSetting: { enabled: true, ...(failover.length > 0 && { failover }) }
      },
      connectionPool: {
        // Twice what is promised: the limit protects a server that is overrun, it must not bind
        // before autoscaling does.
        tcp: { maxConnections: 2 * webSocketConnections, connectTimeout: '1s' },
        http: { http2MaxRequests: 2 * messagesPerSecond, maxRetries: 100 }
      },
      outlierDetection: outlierPolicy(context)
    },
    subsets: servers(federation, service).map((cluster) => ({
      name: cluster.name,
      labels: { 'topology.istio.io/cluster': cluster.name }
    }))
  }, options)
}

/** The VirtualService of a service. Returns its full name. */
export function virtualService (
  context: UnitContext,
  service: MeshService,
  options: CustomResourceOptions
): string {
  const { federation } = context
  const host = serviceHost(service)
  const to = (
    subset?: string
  ) => [{
    destination: { host, port: { number: service.port }, ...(subset !== undefined && { subset }) }
  }]
  const patience = service.protocol === 'grpc'
    ? {
      timeout: '5s',
      retries: {
        attempts: 2,
        perTryTimeout: '2s',
        retryOn: 'unavailable,cancelled,connect-failure,refused-stream',
        retryRemoteLocalities: true
      }
    }
    // WebSockets live for a day's session: no timeout, retries only before anything was sent.
    : {
      retries: {
        attempts: 2,
        perTryTimeout: '2s',
        retryOn: 'connect-failure,refused-stream',
        retryRemoteLocalities: true
      }
    }
  const spec = service.protocol === 'tcp'
    ? { hosts: [host], tcp: [{ match: [{ port: service.port }], route: to() }] }
    : {
      hosts: [host],
      http: [
        ...servers(federation, service).map((cluster) => ({
          name: cluster.name,
          match: [{ headers: { [clusterHeader]: { exact: cluster.name } } }],
          route: to(cluster.name),
          ...patience
        })),
        { name: 'nearest', route: to(), ...patience }
      ]
    }
  customResource(
    context,
    {
      apiVersion: networkingApi,
      kind: 'VirtualService',
      name: service.name,
      namespace: service.namespace,
      resourceName: `${service.namespace}-${service.name}-routes`
    },
    spec,
    options
  )
  return `${service.namespace}/${service.name}`
}

/** Answer of an ingress about itself. */
const healthRoute = {
  name: 'health',
  match: [{ uri: { exact: '/healthz/ready' } }],
  directResponse: { status: 200, body: { string: 'ready' } }
}

/**
 * Registers what the ingress gateway serves: its own health, and the public services, which the
 * mesh leads to the nearest cluster that runs them, here or elsewhere. HTTP by the path's first
 * part, which is taken off; gRPC, whose paths are methods, under a host of each service. The hosts
 * of health checks, whose listener takes older versions of TLS, have health alone. Returns its full
 * name.
 */
export function ingressRoutes (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): string {
  const { federation } = context
  const { dns } = federation
  const routes = (name: string, resourceName: string, hosts: string[], http: object[]): void => {
    customResource(
      context,
      { apiVersion: networkingApi, kind: 'VirtualService', name, namespace: meshNamespace, resourceName },
      { hosts, gateways: ['ingress'], http },
      options
    )
  }
  const served = publicServices(federation).map((service) => ({
    name: service.name,
    domain: serviceDomain(federation, service),
    route: [{ destination: { host: serviceHost(service), port: { number: service.port } } }]
  }))
  routes('ingress', 'ingress-routes', [
    dns.host,
    `*.${dns.host}`,
    `*.${failoverDomain(federation)}`,
    clusterHost(federation, cluster.name)
  ], [
    healthRoute,
    ...served.filter(({ domain }) => domain === undefined).map(({ name, route }) => ({
      name,
      match: [{ uri: { prefix: `/${name}/` } }, { uri: { exact: `/${name}` } }],
      rewrite: { uri: '/' },
      route
    }))
  ])
  routes('ingress-health', 'health-routes', [
    healthHost(federation, cluster.name),
    commonHealthHost(federation)
  ], [healthRoute])
  for (const { name, domain, route } of served) {
    if (domain !== undefined) routes(`ingress-${name}`, `ingress-${name}`, [domain], [{ name, route }])
  }
  return `${meshNamespace}/ingress`
}
