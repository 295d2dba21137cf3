/** Probes of a cluster's blackbox exporter: of its peers, the public endpoint, DNS. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { customResource, objectLabels } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { monitoringNamespace, prober } from './hub.ts'

/**
 * Name of the Service behind which a cluster's prober answers its peers: one of its own in each
 * cluster and in that cluster alone, so that an answer came from there. Sidecars resolve it
 * everywhere and lead to it over the east-west gateway, in mutual TLS.
 */
export function peerName (cluster: string): string {
  return `peer-${cluster}`
}

/** Registers the Service that peers ask. */
export function peerTarget (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): void {
  const name = peerName(cluster.name)
  new kubernetes.core.v1.Service('peer-target', {
    metadata: { name, namespace: monitoringNamespace, labels: objectLabels(context, 'peer-target') },
    spec: {
      selector: { ...prober.labels },
      ports: [{
        name: 'http',
        port: prober.port,
        targetPort: prober.port,
        protocol: 'TCP',
        appProtocol: 'http'
      }]
    }
  }, options)
}

/**
 * The route between two clusters as latency targets name it, whichever end is first; undefined
 * where there is no target.
 */
export function latencyRoute (federation: Federation, from: Cluster, to: Cluster): string | undefined {
  const inside = from.region === to.region
  const target = federation.latencyTargets.find((candidate) =>
    inside
      ? candidate.from === 'intra-region'
      : (candidate.from === from.area && candidate.to === to.area) ||
        (candidate.from === to.area && candidate.to === from.area)
  )
  return target && `${target.from}-${target.to}`
}

interface ProbeTargets {
  readonly static: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
}

/** Registers the probes of a cluster. */
export function probes (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): void {
  const { federation } = context
  const probe = (
    name: string,
    job: { readonly jobName: string, readonly interval: string, readonly module: string },
    staticConfig: ProbeTargets
  ): void => {
    customResource(
      context,
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'Probe', name, namespace: monitoringNamespace },
      {
        ...job,
        prober: { url: prober.address },
        targets: { staticConfig }
      },
      options
    )
  }
  const interval = `${federation.monitoring.scrapeIntervalSeconds}s`
  for (const peer of federation.clusters) {
    const route = latencyRoute(federation, cluster, peer)
    probe(`latency-${peer.name}`, { jobName: 'peer-latency', interval, module: 'http_2xx' }, {
      static: [
        `http://${peerName(peer.name)}.${monitoringNamespace}.svc.cluster.local:${prober.port}/-/healthy`
      ],
      labels: { peer: peer.name, ...(route !== undefined && { route }) }
    })
  }
  probe('global-endpoint', { jobName: 'global-endpoint', interval: '10s', module: 'https_ready' }, {
    static: [`https://${federation.dns.host}/healthz/ready`]
  })
  probe('dns', { jobName: 'dns', interval: '10s', module: 'dns_host' }, {
    static: ['kube-dns.kube-system.svc:53']
  })
}
