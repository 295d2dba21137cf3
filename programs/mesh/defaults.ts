/**
 * Rules of the whole mesh in one cluster: strict mutual TLS, tracing, failover between localities,
 * and the ways into it.
 */
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { commonHealthHost, healthHost } from '../federation/dns-service.ts'
import { customResource } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { meshNamespace, outlierDetection } from './settings.ts'

/**
 * Outlier detection as a DestinationRule's trafficPolicy wants it. Locality failover begins when it
 * has ejected the local endpoints.
 */
export function outlierPolicy (context: UnitContext): Record<string, unknown> {
  const { consecutiveErrors, intervalSeconds, baseEjectionSeconds, maxEjectionPercent } = outlierDetection(
    context.federation.mesh
  )
  return {
    consecutive5xxErrors: consecutiveErrors,
    consecutiveGatewayErrors: consecutiveErrors,
    interval: `${intervalSeconds}s`,
    baseEjectionTime: `${baseEjectionSeconds}s`,
    maxEjectionPercent
  }
}

/**
 * Registers the mesh-wide objects. `options` carry the cluster's provider and come after istiod.
 */
export function meshDefaults (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): void {
  const { federation } = context
  const at = { namespace: meshNamespace }
  customResource(
    context,
    {
      ...at,
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      name: 'default',
      resourceName: 'strict-mtls'
    },
    { mtls: { mode: 'STRICT' } },
    options
  )
  customResource(context, {
    ...at,
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    name: 'mesh-default'
  }, {
    tracing: [{
      providers: [{ name: 'otel' }],
      randomSamplingPercentage: federation.monitoring.traceSamplingPercent
    }]
  }, options)
  customResource(context, {
    ...at,
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    name: 'mesh-default-failover'
  }, {
    host: '*.local',
    trafficPolicy: {
      connectionPool: { tcp: { connectTimeout: '1s', tcpKeepalive: { time: '60s', interval: '15s' } } },
      loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: true } },
      outlierDetection: outlierPolicy(context)
    }
  }, options)
  waysIn(context, cluster, options)
}

/** Registers what the gateways listen to. */
function waysIn (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): void {
  const { federation } = context
  const at = { namespace: meshNamespace }
  // Services of this cluster, offered to the other networks: mutual TLS passes through, chosen by
  // SNI.
  customResource(context, {
    ...at,
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    name: 'cross-network-gateway'
  }, {
    selector: { istio: 'eastwestgateway' },
    servers: [{
      port: { number: 15443, name: 'tls', protocol: 'TLS' },
      tls: { mode: 'AUTO_PASSTHROUGH' },
      hosts: ['*.local']
    }]
  }, options)
  customResource(context, { ...at, apiVersion: 'networking.istio.io/v1', kind: 'Gateway', name: 'ingress' }, {
    selector: { istio: 'ingressgateway' },
    servers: [{
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      tls: {
        mode: 'SIMPLE',
        credentialName: 'ingress-tls',
        minProtocolVersion: federation.mesh.minTlsVersion
      },
      hosts: [federation.dns.host, `*.${federation.dns.zone}`]
    }, {
      // Asked by the checkers of DNS services alone, which speak TLS 1.2 at best; it gives answers
      // about health and nothing else.
      port: { number: 443, name: 'https-health', protocol: 'HTTPS' },
      tls: { mode: 'SIMPLE', credentialName: 'ingress-tls', minProtocolVersion: 'TLSV1_2' },
      hosts: [healthHost(federation, cluster.name), commonHealthHost(federation)]
    }]
  }, options)
}
