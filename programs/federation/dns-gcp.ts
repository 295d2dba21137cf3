/** Global load balancing by Cloud DNS routing policies. */
import * as gcp from '@pulumi/gcp'
import { type Output } from '@pulumi/pulumi'
import { boundedName } from '../components/naming.ts'
import { gcpProvider, upstream } from '../components/upstream.ts'
import { type ClusterMesh, type FederationPrerequisites } from '../outputs.ts'
import { type Area, type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { globalRecords, type GlobalRecord, recordStrategies, strategyName } from './dns-records.ts'
import {
  clusterHost,
  commonHealthHost,
  healthCheckInterval,
  healthHost,
  servingClusters,
  serviceDomains
} from './dns-service.ts'

/**
 * Cloud DNS knows places by Google Cloud region: the one that stands for an area, for clusters in
 * other clouds.
 */
const locations: Readonly<Record<Area, string>> = {
  us: 'us-east4',
  eu: 'europe-west3',
  asia: 'asia-southeast1'
}
/** Regions from which external endpoints are checked: exactly three, one per area. */
const probeRegions = ['us-east4', 'europe-west3', 'asia-southeast1']

/**
 * The check by which Cloud DNS asks an ingress gateway whether it is there, for its interval and
 * the federation's threshold.
 */
export function cloudDnsCheck (federation: Federation): Omit<gcp.compute.HealthCheckArgs, 'name'> {
  return {
    checkIntervalSec: healthCheckInterval('gcp', federation.dns.healthCheckIntervalSeconds),
    timeoutSec: 5,
    healthyThreshold: 2,
    unhealthyThreshold: federation.disasterRecovery.failureThreshold,
    sourceRegions: probeRegions,
    httpsHealthCheck: {
      port: 443,
      // One check is of several addresses. Without a host it would ask for the address, of which no
      // ingress knows (Compute Engine API reference, HTTPSHealthCheck, host).
      host: commonHealthHost(federation),
      requestPath: '/healthz/ready'
    },
    logConfig: { enable: true }
  }
}

function regionOf (cluster: Cluster): string {
  return cluster.cloud === 'gcp' ? cluster.region : locations[cluster.area]
}

/**
 * The policy of one strategy. Cloud DNS has no latency policy: its geography is by network region,
 * which is the nearest to it. Endpoints with checks have to be addresses, so failover stands
 * between clusters whose load balancers have one; CNAME answers of the other policies are not
 * checked.
 */
function policy (
  federation: Federation,
  records: readonly GlobalRecord[],
  answers: (cluster: Cluster) => string
): gcp.types.input.dns.RecordSetRoutingPolicy {
  if (records[0]?.strategy === 'weighted') {
    return {
      wrrs: records.map(({ cluster, weight }) => ({ weight: weight ?? 0, rrdatas: [answers(cluster)] }))
    }
  }
  const byRegion = new Map<string, Cluster>()
  for (const { cluster } of records) {
    if (!byRegion.has(regionOf(cluster))) byRegion.set(regionOf(cluster), cluster)
  }
  return { geos: [...byRegion].map(([location, cluster]) => ({ location, rrdatas: [answers(cluster)] })) }
}

/** Registers a cluster's own names: its ingress gateway's and its health listener's. */
function clusterRecords (
  federation: Federation,
  { name, cloud }: Cluster,
  { managedZone, ttl, address, provider }: {
    managedZone: Output<string>
    ttl: number
    address: Output<string>
    provider: gcp.Provider
  }
): void {
  const pointed = cloud === 'aws'
    ? { managedZone, ttl, type: 'CNAME', rrdatas: [address.apply((host) => `${host}.`)] }
    : { managedZone, ttl, type: 'A', rrdatas: [address] }
  const ingress = { ...pointed, name: `${clusterHost(federation, name)}.` }
  new gcp.dns.RecordSet(`${name}-ingress`, ingress, { provider })
  const health = { ...pointed, name: `${healthHost(federation, name)}.` }
  new gcp.dns.RecordSet(`${name}-health`, health, { provider })
}

/**
 * Registers every cluster's own names and a record set per strategy. Returns the health check's id
 * under the name of each cluster that it covers.
 */
export function cloudDnsBalancing (context: UnitContext): Record<string, Output<string>> {
  const { federation } = context
  const provider = gcpProvider(
    context,
    federation.clusters.find((cluster) => cluster.cloud === 'gcp')?.region ?? 'us-central1'
  )
  const managedZone = upstream<FederationPrerequisites>(context, 'prerequisites', 'global')('zoneId')
  const ttl = federation.disasterRecovery.dnsTtlSeconds
  const address = (cluster: Cluster): Output<string> =>
    upstream<ClusterMesh>(context, 'mesh', cluster.name)('ingressAddress')
  for (const cluster of federation.clusters) {
    clusterRecords(federation, cluster, { managedZone, ttl, address: address(cluster), provider })
  }
  for (const { service, host } of serviceDomains(federation)) {
    const pointed = { name: `${host}.`, type: 'CNAME', rrdatas: [`${federation.dns.host}.`] }
    new gcp.dns.RecordSet(`service-${service}`, { managedZone, ttl, ...pointed }, { provider })
  }
  const check = new gcp.compute.HealthCheck('ingress-health', {
    name: boundedName(63, federation.name, 'ingress'),
    ...cloudDnsCheck(federation)
  }, { provider })
  const addressed = servingClusters(federation).filter((cluster) => cluster.cloud !== 'aws')
  const all = globalRecords(federation)
  for (const strategy of recordStrategies(federation)) {
    const name = `${strategyName(federation, strategy)}.`
    const [first, ...others] = addressed
    if (strategy === 'failover' && first) {
      new gcp.dns.RecordSet(strategy, {
        managedZone,
        name,
        type: 'A',
        ttl,
        routingPolicy: {
          healthCheck: check.id,
          primaryBackup: {
            primary: { externalEndpoints: [address(first)] },
            backupGeos: (others.length > 0 ? others : [first]).map((cluster) => ({
              location: regionOf(cluster),
              healthCheckedTargets: { externalEndpoints: [address(cluster)] }
            }))
          }
        }
      }, { provider })
      continue
    }
    new gcp.dns.RecordSet(strategy, {
      managedZone,
      name,
      type: 'CNAME',
      ttl,
      routingPolicy: policy(
        federation,
        all.filter((record) => record.strategy === strategy),
        (cluster) => `${clusterHost(federation, cluster.name)}.`
      )
    }, { provider })
  }
  return Object.fromEntries(addressed.map((cluster) => [cluster.name, check.id]))
}
