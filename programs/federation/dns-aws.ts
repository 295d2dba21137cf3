/** Global load balancing by Route 53. */
import * as aws from '@pulumi/aws'
import { type Input, type Output } from '@pulumi/pulumi'
import { awsProvider, upstream } from '../components/upstream.ts'
import { type ClusterMesh, type FederationPrerequisites } from '../outputs.ts'
import { type UnitContext } from '../types.ts'
import { globalRecords } from './dns-records.ts'
import {
  clusterHost,
  healthCheckInterval,
  healthHost,
  servingClusters,
  serviceDomains
} from './dns-service.ts'

/**
 * Route 53 is global; its provider still wants a region: the first cluster's in AWS, else where
 * Route 53 itself is.
 */
export function route53Region (context: UnitContext): string {
  return context.federation.clusters.find((cluster) => cluster.cloud === 'aws')?.region ?? 'us-east-1'
}

/** The check by which Route 53 asks an ingress gateway whether it is there. */
export function route53Check (context: UnitContext, cluster: string): aws.route53.HealthCheckArgs {
  const { dns, disasterRecovery } = context.federation
  return {
    type: 'HTTPS',
    // Its checkers speak TLS 1.0 to 1.2 (Amazon Route 53 API reference, HealthCheckConfig, Type).
    fqdn: healthHost(context.federation, cluster),
    port: 443,
    enableSni: true,
    resourcePath: '/healthz/ready',
    requestInterval: healthCheckInterval('aws', dns.healthCheckIntervalSeconds),
    failureThreshold: disasterRecovery.failureThreshold,
    measureLatency: true
  }
}

/**
 * Registers every cluster's own name, health checks of those that serve, and the strategies'
 * records. Returns the checks' ids by cluster.
 */
export function route53Balancing (context: UnitContext): Record<string, Output<string>> {
  const { federation } = context
  const provider = awsProvider(context, route53Region(context))
  const zoneId = upstream<FederationPrerequisites>(context, 'prerequisites', 'global')('zoneId')
  const ttl = federation.disasterRecovery.dnsTtlSeconds
  for (const cluster of federation.clusters) {
    const address: Input<string> = upstream<ClusterMesh>(context, 'mesh', cluster.name)('ingressAddress')
    // AWS load balancers have names, those of the other clouds addresses.
    const pointed = { zoneId, type: cluster.cloud === 'aws' ? 'CNAME' : 'A', ttl, records: [address] }
    new aws.route53.Record(`${cluster.name}-ingress`, {
      ...pointed,
      name: clusterHost(federation, cluster.name)
    }, { provider })
    new aws.route53.Record(`${cluster.name}-health`, {
      ...pointed,
      name: healthHost(federation, cluster.name)
    }, { provider })
  }
  for (const { service, host } of serviceDomains(federation)) {
    new aws.route53.Record(`service-${service}`, {
      zoneId,
      name: host,
      type: 'CNAME',
      ttl,
      records: [federation.dns.host]
    }, { provider })
  }
  const checks = new Map(
    servingClusters(federation).map((
      cluster
    ) => [
      cluster.name,
      new aws.route53.HealthCheck(`${cluster.name}-health`, {
        ...route53Check(context, cluster.name),
        tags: { Name: `${federation.name} ${cluster.name}` }
      }, { provider })
    ])
  )
  for (const record of globalRecords(federation)) {
    const check = checks.get(record.cluster.name)
    const setIdentifier = record.continent === '*' ? 'default' : record.cluster.name
    new aws.route53.Record(`${record.strategy}-${setIdentifier}`, {
      zoneId,
      name: record.name,
      type: 'CNAME',
      ttl,
      records: [clusterHost(federation, record.cluster.name)],
      setIdentifier,
      ...(check && { healthCheckId: check.id }),
      ...(record.region !== undefined && { latencyRoutingPolicies: [{ region: record.region }] }),
      ...(record.continent !== undefined && {
        geolocationRoutingPolicies: [
          record.continent === '*' ? { country: '*' } : { continent: record.continent }
        ]
      }),
      ...(record.weight !== undefined && { weightedRoutingPolicies: [{ weight: record.weight }] }),
      ...(record.failover !== undefined && { failoverRoutingPolicies: [{ type: record.failover }] })
    }, { provider })
  }
  return Object.fromEntries([...checks].map(([name, check]) => [name, check.id]))
}
