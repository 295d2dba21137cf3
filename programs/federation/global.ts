/**
 * The federation's names in the world, answered by where clients are, what is healthy and how
 * traffic is shared.
 */
import { output } from '@pulumi/pulumi'
import { type FederationDns, type Resolved } from '../outputs.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { route53Balancing } from './dns-aws.ts'
import { trafficManagerBalancing } from './dns-azure.ts'
import { cloudDnsBalancing } from './dns-gcp.ts'
import { globalRecords } from './dns-records.ts'
import { healthCheckInterval } from './dns-service.ts'
import { serviceHost } from './routing.ts'

function balance (context: UnitContext) {
  switch (context.federation.dns.provider) {
    case 'aws':
      return route53Balancing(context)
    case 'gcp':
      return cloudDnsBalancing(context)
    case 'azure':
      return trafficManagerBalancing(context)
  }
}

export const program: PhaseProgram = (context): Resolved<FederationDns> => {
  const { dns, mesh, clusters } = context.federation
  const healthChecks = balance(context)
  // Least load is decided inside the mesh, where the load is known: DestinationRules of every
  // service.
  const leastLoad = dns.strategies.includes('least-load')
    ? mesh.services.flatMap((service) =>
      clusters.filter((cluster) => service.roles.includes(cluster.role)).map((cluster) => ({
        name: serviceHost(service),
        strategy: 'least-load',
        cluster: cluster.name
      }))
    )
    : []
  return {
    host: dns.host,
    records: [
      ...globalRecords(context.federation).map(({ name, strategy, cluster }) => ({
        name,
        strategy,
        cluster: cluster.name
      })),
      ...leastLoad
    ],
    healthChecks: output(healthChecks),
    healthCheckIntervalSeconds: healthCheckInterval(dns.provider, dns.healthCheckIntervalSeconds)
  }
}
