/** A pair's name in DNS, in whichever service answers for the federation. */
import * as aws from '@pulumi/aws'
import { RecordSet } from '@pulumi/azure-native/dns/index.js'
import { Profile } from '@pulumi/azure-native/trafficmanager/index.js'
import * as gcp from '@pulumi/gcp'
import { type Output } from '@pulumi/pulumi'
import { azureTags, boundedName, digest } from '../components/naming.ts'
import { awsProvider, azureProvider, gcpProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import { route53Check, route53Region } from '../federation/dns-aws.ts'
import { relativeName, trafficManagerMonitor, zoneOf } from '../federation/dns-azure.ts'
import { cloudDnsCheck } from '../federation/dns-gcp.ts'
import { clusterHost } from '../federation/dns-service.ts'
import { type ClusterMesh, type FederationPrerequisites } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type UnitContext } from '../types.ts'
import { pairHost } from './names.ts'
import { verdictPath } from './observer.ts'
import { quorum } from './recovery.ts'

export interface FailoverDns {
  /** Id of the health check that decides. */
  readonly healthCheck: Output<string>
  /** Names of the records. */
  readonly records: string[]
}

function zone (context: UnitContext): Output<string> {
  return upstream<FederationPrerequisites>(context, 'prerequisites', 'global')('zoneId')
}

/**
 * Route 53: the primary counts as healthy when its own check (three failures) and most observers'
 * verdicts say so. A verdict already stands for as many failures as the federation asks for, so one
 * failed check of it is enough.
 */
function route53Failover (context: UnitContext, pair: DrPair, observers: readonly Cluster[]): FailoverDns {
  const { federation } = context
  const provider = awsProvider(context, route53Region(context))
  const direct = (side: 'primary' | 'standby') =>
    new aws.route53.HealthCheck(`${side}-direct`, {
      ...route53Check(context, pair[side]),
      tags: { Name: `${pair[side]}: direct` }
    }, { provider })
  const verdicts = observers.map((observer) =>
    new aws.route53.HealthCheck(`verdict-${observer.name}`, {
      ...route53Check(context, observer.name),
      resourcePath: verdictPath(pair.primary),
      failureThreshold: 1,
      tags: { Name: `${pair.primary}: seen from ${observer.name}` }
    }, { provider })
  )
  const majority = new aws.route53.HealthCheck('observers', {
    type: 'CALCULATED',
    childHealthchecks: verdicts.map((check) => check.id),
    childHealthThreshold: quorum(verdicts.length),
    tags: { Name: `${pair.primary}: observers` }
  }, { provider })
  const primary = new aws.route53.HealthCheck('primary', {
    type: 'CALCULATED',
    childHealthchecks: [direct('primary').id, majority.id],
    childHealthThreshold: 2,
    tags: { Name: pair.primary }
  }, { provider })
  const name = pairHost(federation, pair)
  const record = (side: 'primary' | 'standby', healthCheckId: Output<string>) =>
    new aws.route53.Record(`failover-${side}`, {
      zoneId: zone(context),
      name,
      type: 'CNAME',
      ttl: federation.disasterRecovery.dnsTtlSeconds,
      records: [clusterHost(federation, pair[side])],
      setIdentifier: pair[side],
      failoverRoutingPolicies: [{ type: side === 'primary' ? 'PRIMARY' : 'SECONDARY' }],
      healthCheckId
    }, { provider })
  record('primary', primary.id)
  record('standby', direct('standby').id)
  return { healthCheck: primary.id, records: [name] }
}

/** Traffic Manager: a profile by priority, its own checks decide. */
function trafficManagerFailover (context: UnitContext, pair: DrPair): FailoverDns {
  const { federation } = context
  const provider = azureProvider(
    context,
    federation.clusters.find((cluster) => cluster.cloud === 'azure')?.region ?? 'eastus'
  )
  const place = zoneOf(zone(context))
  const ttl = federation.disasterRecovery.dnsTtlSeconds
  const name = pairHost(federation, pair)
  const profile = new Profile('failover', {
    profileName: boundedName(63, federation.name, 'failover', pair.primary),
    resourceGroupName: place.group,
    location: 'global',
    profileStatus: 'Enabled',
    trafficRoutingMethod: 'Priority',
    dnsConfig: {
      relativeName: `${boundedName(50, pair.primary)}-` +
        `${digest(8, federation.accounts.azure.subscriptionId, federation.name, pair.primary)}`,
      ttl
    },
    monitorConfig: trafficManagerMonitor(federation),
    endpoints: [pair.primary, pair.standby].map((cluster, index) => ({
      name: cluster,
      type: 'Microsoft.Network/trafficManagerProfiles/externalEndpoints',
      target: clusterHost(federation, cluster),
      priority: index + 1,
      endpointStatus: 'Enabled'
    })),
    tags: azureTags(federation)
  }, { provider })
  new RecordSet('failover', {
    resourceGroupName: place.group,
    zoneName: place.zone,
    relativeRecordSetName: relativeName(federation, name),
    recordType: 'CNAME',
    ttl,
    cnameRecord: { cname: profile.dnsConfig.apply((config) => config?.fqdn ?? '') }
  }, { provider })
  return { healthCheck: profile.id, records: [name] }
}

/**
 * Cloud DNS: primary and backup by address. It checks addresses only, and AWS gives its load
 * balancers none.
 */
function cloudDnsFailover (context: UnitContext, pair: DrPair): FailoverDns {
  const { federation } = context
  const named = [pair.primary, pair.standby].filter((name) =>
    federation.clusters.some((cluster) => cluster.name === name && cluster.cloud === 'aws')
  )
  if (named.length > 0) {
    throw new ProgramError('DR_CLOUD_DNS_ADDRESS', { unit: context.unit, clusters: named })
  }
  const provider = gcpProvider(
    context,
    federation.clusters.find((cluster) => cluster.cloud === 'gcp')?.region ?? 'us-central1'
  )
  const check = new gcp.compute.HealthCheck('primary', {
    name: boundedName(63, federation.name, 'failover', pair.primary),
    ...cloudDnsCheck(federation)
  }, { provider })
  const address = (cluster: string): Output<string> =>
    upstream<ClusterMesh>(context, 'mesh', cluster)('ingressAddress')
  const name = pairHost(federation, pair)
  new gcp.dns.RecordSet('failover', {
    managedZone: zone(context),
    name: `${name}.`,
    type: 'A',
    ttl: federation.disasterRecovery.dnsTtlSeconds,
    routingPolicy: {
      healthCheck: check.id,
      primaryBackup: {
        primary: { externalEndpoints: [address(pair.primary)] },
        backupGeos: [{
          location: 'us-east4',
          healthCheckedTargets: { externalEndpoints: [address(pair.standby)] }
        }],
        enableGeoFencingForBackups: false
      }
    }
  }, { provider })
  return { healthCheck: check.id, records: [name] }
}

/** Registers the pair's health checks and failover records. */
export function failoverDns (context: UnitContext, pair: DrPair, observers: readonly Cluster[]): FailoverDns {
  switch (context.federation.dns.provider) {
    case 'aws':
      return route53Failover(context, pair, observers)
    case 'gcp':
      return cloudDnsFailover(context, pair)
    case 'azure':
      return trafficManagerFailover(context, pair)
  }
}
