/** Costs of health checks in the clouds' DNS services. Pure. */
import { type Federation, type PaidResource } from '../types.ts'
import { globalRecords, recordStrategies } from './dns-records.ts'
import { healthCheckInterval, servingClusters } from './dns-service.ts'

/** A health check of Route 53, of an ingress gateway. */
export function route53Check ({ dns }: Federation, name: string): PaidResource {
  return {
    type: 'aws:route53/healthCheck:HealthCheck',
    name,
    inputs: {
      type: 'HTTPS',
      requestInterval: healthCheckInterval('aws', dns.healthCheckIntervalSeconds),
      measureLatency: true
    }
  }
}

/** A profile of Traffic Manager over so many ingress gateways. */
export function trafficManagerProfile ({ dns }: Federation, name: string, endpoints: number): PaidResource {
  return {
    type: 'azure-native:trafficmanager:Profile',
    name,
    inputs: {
      monitorConfig: { intervalInSeconds: healthCheckInterval('azure', dns.healthCheckIntervalSeconds) },
      endpoints: Array.from({ length: endpoints }, () => ({
        type: 'Microsoft.Network/trafficManagerProfiles/externalEndpoints'
      }))
    }
  }
}

/** A check of Cloud DNS and the records that heed it. The price table has neither's price yet. */
export function cloudDnsCheck (name: string): PaidResource[] {
  return [
    { type: 'gcp:compute/healthCheck:HealthCheck', name },
    { type: 'gcp:dns/recordSet:RecordSet', name, inputs: { routingPolicy: { healthCheck: name } } }
  ]
}

/** The checks of the clusters that take part in global load balancing. */
export function balancingCosts (federation: Federation): PaidResource[] {
  switch (federation.dns.provider) {
    case 'aws':
      return servingClusters(federation).map(({ name }) => ({
        ...route53Check(federation, name),
        cluster: name
      }))
    case 'gcp':
      return cloudDnsCheck('ingress')
    case 'azure':
      return recordStrategies(federation).map((strategy) =>
        trafficManagerProfile(
          federation,
          strategy,
          globalRecords(federation).filter((record) => record.strategy === strategy).length
        )
      )
  }
}
