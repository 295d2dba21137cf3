/**
 * Global load balancing by Azure Traffic Manager: a profile per strategy, which the zone's names
 * point at.
 */
import { RecordSet, type RecordSetArgs } from '@pulumi/azure-native/dns/index.js'
import { type Provider } from '@pulumi/azure-native/provider.js'
import { Profile } from '@pulumi/azure-native/trafficmanager/index.js'
import { type Output } from '@pulumi/pulumi'
import { azureTags, boundedName, digest } from '../components/naming.ts'
import { azureProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import { type ClusterMesh, type FederationPrerequisites } from '../outputs.ts'
import { type Area } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import {
  globalRecords,
  type GlobalRecord,
  type RecordStrategy,
  recordStrategies,
  strategyName
} from './dns-records.ts'
import {
  clusterHost,
  commonHealthHost,
  healthCheckInterval,
  healthHost,
  serviceDomains
} from './dns-service.ts'

const methods = {
  latency: 'Performance',
  geography: 'Geographic',
  weighted: 'Weighted',
  failover: 'Priority'
} as const satisfies Record<RecordStrategy, string>
/**
 * Traffic Manager's codes of the areas; each code may be mapped once in a profile, the world is
 * what no other endpoint has.
 */
const geographies: Readonly<Record<string, string>> = {
  NA: 'GEO-NA',
  EU: 'GEO-EU',
  AS: 'GEO-AS',
  '*': 'WORLD'
}
/** The Azure region that stands for an area in latency tables, for clusters in other clouds. */
const locations: Readonly<Record<Area, string>> = {
  us: 'eastus',
  eu: 'germanywestcentral',
  asia: 'southeastasia'
}

/** The resource group and name of the zone, from its id. */
export function zoneOf (zoneId: Output<string>): Output<{ group: string, zone: string }> {
  return zoneId.apply((id) => {
    const match = /\/resourceGroups\/([^/]+)\/.*\/dnsZones\/([^/]+)$/i.exec(id)
    if (!match?.[1] || !match[2]) {
      throw new ProgramError('FEDERATION_ZONE', { id })
    }
    return { group: match[1], zone: match[2] }
  })
}

/** A name below the zone, relative to it. */
export function relativeName (federation: Federation, name: string): string {
  return name.endsWith(`.${federation.dns.zone}`) ? name.slice(0, -federation.dns.zone.length - 1) : name
}

/**
 * The check by which Traffic Manager asks an ingress gateway whether it is there. Five seconds is
 * the shortest timeout that the short interval allows.
 */
export function trafficManagerMonitor (federation: Federation) {
  const intervalInSeconds = healthCheckInterval('azure', federation.dns.healthCheckIntervalSeconds)
  return {
    protocol: 'HTTPS',
    port: 443,
    path: '/healthz/ready',
    intervalInSeconds,
    timeoutInSeconds: 5,
    toleratedNumberOfFailures: federation.disasterRecovery.failureThreshold - 1
  }
}

function endpoint (
  federation: Federation,
  { cluster, strategy, weight, continent }: GlobalRecord,
  index: number
) {
  return {
    name: continent === '*' ? 'default' : cluster.name,
    type: 'Microsoft.Network/trafficManagerProfiles/externalEndpoints',
    // Probes ask for the target's name, in TLS 1.2 (MicrosoftDocs/azure-docs, issue 28209). A
    // geographic profile takes a target once, so the default answers with the first cluster under
    // another name of it.
    target: continent === '*' ? commonHealthHost(federation) : healthHost(federation, cluster.name),
    endpointStatus: weight === 0 ? 'Disabled' : 'Enabled',
    ...(strategy === 'latency' &&
      { endpointLocation: cluster.cloud === 'azure' ? cluster.region : locations[cluster.area] }),
    ...(weight !== undefined && { weight: Math.max(1, weight) }),
    ...(strategy === 'failover' && { priority: index + 1 }),
    ...(continent !== undefined && { geoMapping: [geographies[continent] ?? 'WORLD'] })
  }
}

/** Registers every cluster's own names: its ingress gateway's and its health listener's. */
function clusterRecords (
  context: UnitContext,
  at: Pick<RecordSetArgs, 'resourceGroupName' | 'zoneName' | 'ttl'>,
  provider: Provider
): void {
  const { federation } = context
  for (const cluster of federation.clusters) {
    const address = upstream<ClusterMesh>(context, 'mesh', cluster.name)('ingressAddress')
    const pointed = cluster.cloud === 'aws'
      ? { recordType: 'CNAME', cnameRecord: { cname: address } }
      : { recordType: 'A', aRecords: [{ ipv4Address: address }] }
    new RecordSet(`${cluster.name}-ingress`, {
      ...at,
      ...pointed,
      relativeRecordSetName: relativeName(federation, clusterHost(federation, cluster.name))
    }, { provider })
    new RecordSet(`${cluster.name}-health`, {
      ...at,
      ...pointed,
      relativeRecordSetName: relativeName(federation, healthHost(federation, cluster.name))
    }, { provider })
  }
}

/**
 * Registers every cluster's own names and a profile with its CNAME per strategy. Returns the
 * profiles' ids by strategy: Traffic Manager checks in them.
 */
export function trafficManagerBalancing (context: UnitContext): Record<string, Output<string>> {
  const { federation } = context
  const provider = azureProvider(
    context,
    federation.clusters.find((cluster) => cluster.cloud === 'azure')?.region ?? 'eastus'
  )
  const place = zoneOf(upstream<FederationPrerequisites>(context, 'prerequisites', 'global')('zoneId'))
  const ttl = federation.disasterRecovery.dnsTtlSeconds
  const at = { resourceGroupName: place.group, zoneName: place.zone, ttl }
  clusterRecords(context, at, provider)
  for (const { service, host } of serviceDomains(federation)) {
    new RecordSet(`service-${service}`, {
      ...at,
      relativeRecordSetName: relativeName(federation, host),
      recordType: 'CNAME',
      cnameRecord: { cname: federation.dns.host }
    }, { provider })
  }
  const records = globalRecords(federation)
  const fallback = records.find((record) => record.continent === '*')
  if (fallback) {
    new RecordSet('default-ingress', {
      ...at,
      relativeRecordSetName: relativeName(federation, commonHealthHost(federation)),
      recordType: 'CNAME',
      cnameRecord: { cname: clusterHost(federation, fallback.cluster.name) }
    }, { provider })
  }
  return Object.fromEntries(
    recordStrategies(federation).map((strategy) => {
      const profile = new Profile(strategy, {
        profileName: boundedName(63, federation.name, strategy),
        resourceGroupName: place.group,
        location: 'global',
        profileStatus: 'Enabled',
        trafficRoutingMethod: methods[strategy],
        // Unique in the world.
        dnsConfig: {
          relativeName: `${boundedName(50, federation.name, strategy)}-` +
            `${digest(8, federation.accounts.azure.subscriptionId, federation.name, strategy)}`,
          ttl
        },
        monitorConfig: trafficManagerMonitor(federation),
        endpoints: records.filter((record) => record.strategy === strategy).map((record, index) =>
          endpoint(federation, record, index)
        ),
        tags: azureTags(federation)
      }, { provider })
      new RecordSet(`${strategy}-host`, {
        ...at,
        relativeRecordSetName: relativeName(federation, strategyName(federation, strategy)),
        recordType: 'CNAME',
        cnameRecord: { cname: profile.dnsConfig.apply((config) => config?.fqdn ?? '') }
      }, { provider })
      return [strategy, profile.id]
    })
  )
}
