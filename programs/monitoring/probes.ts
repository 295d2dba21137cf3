/** Probes of a cluster's blackbox exporter: of its peers, the public endpoint, DNS. */
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { customResource } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { monitoringNamespace } from './hub.ts'

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
        prober: { url: `blackbox-exporter.${monitoringNamespace}.svc:9115` },
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
        peer.name === cluster.name
          ? `http://istio-eastwestgateway.${meshNamespace}.svc:15021/healthz/ready`
          : `http://${peer.name}.clusters.${federation.mesh.trustDomain}:15021/healthz/ready`
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
