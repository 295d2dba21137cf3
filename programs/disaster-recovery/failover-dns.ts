/** The pairs' names in DNS, in whichever service answers for the federation. */
import * as aws from '@pulumi/aws'
import { RecordSet } from '@pulumi/azure-native/dns/index.js'
import { type Provider as AzureProvider } from '@pulumi/azure-native/provider.js'
import { Profile } from '@pulumi/azure-native/trafficmanager/index.js'
import * as gcp from '@pulumi/gcp'
import { type Output } from '@pulumi/pulumi'
import { azureTags, boundedName, digest } from '../components/naming.ts'
import { awsProvider, azureProvider, gcpProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import { route53Check, route53Region } from '../federation/dns-aws.ts'
import { relativeName, trafficManagerMonitor, zoneOf } from '../federation/dns-azure.ts'
import { cloudDnsCheck } from '../federation/dns-gcp.ts'
import { clusterHost, healthHost } from '../federation/dns-service.ts'
import { type ClusterMesh, type Failover, type FederationPrerequisites, type Resolved } from '../outputs.ts'
import { type DrPair } from '../types/recovery.ts'
import { type UnitContext } from '../types.ts'
import { pairHost } from './names.ts'
import { verdictPath } from './observer.ts'
import { observersOf, quorum } from './recovery.ts'

/** Name of a resource of a pair among those of all. */
const resourceName = ({ primary }: DrPair, name: string): string => `${primary}-${name}`

function zone (context: UnitContext): Output<string> {
  return upstream<FederationPrerequisites>(context, 'prerequisites', 'global')('zoneId')
}

/**
 * Route 53: the primary counts as healthy when its own check (three failures) and most observers'
 * verdicts say so. A verdict already stands for as many failures as the federation asks for, so one
 * failed check of it is enough.
 */
function route53Failover (context: UnitContext, provider: aws.Provider, pair: DrPair): Resolved<Failover> {
  const { federation } = context
  const observers = observersOf(federation, pair)
  const direct = (side: 'primary' | 'standby') =>
    new aws.route53.HealthCheck(resourceName(pair, `${side}-direct`), {
      ...route53Check(context, pair[side]),
      tags: { Name: `${pair[side]}: direct` }
    }, { provider })
  const verdicts = observers.map((observer) =>
    new aws.route53.HealthCheck(resourceName(pair, `verdict-${observer.name}`), {
      ...route53Check(context, observer.name),
      resourcePath: verdictPath(pair.primary),
      failureThreshold: 1,
      tags: { Name: `${pair.primary}: seen from ${observer.name}` }
    }, { provider })
  )
  const majority = new aws.route53.HealthCheck(resourceName(pair, 'observers'), {
    type: 'CALCULATED',
    childHealthchecks: verdicts.map((check) => check.id),
    childHealthThreshold: quorum(verdicts.length),
    tags: { Name: `${pair.primary}: observers` }
  }, { provider })
  const primary = new aws.route53.HealthCheck(resourceName(pair, 'primary'), {
    type: 'CALCULATED',
    childHealthchecks: [direct('primary').id, majority.id],
    childHealthThreshold: 2,
    tags: { Name: pair.primary }
  }, { provider })
  const name = pairHost(federation, pair)
  const record = (side: 'primary' | 'standby', healthCheckId: Output<string>) =>
    new aws.route53.Record(resourceName(pair, `failover-${side}`), {
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
function trafficManagerFailover (
  context: UnitContext,
  provider: AzureProvider,
  pair: DrPair
): Resolved<Failover> {
  const { federation } = context
  const place = zoneOf(zone(context))
  const ttl = federation.disasterRecovery.dnsTtlSeconds
  const name = pairHost(federation, pair)
  const profile = new Profile(resourceName(pair, 'failover'), {
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
      target: healthHost(federation, cluster),
      priority: index + 1,
      endpointStatus: 'Enabled'
    })),
    tags: azureTags(federation)
  }, { provider })
  new RecordSet(resourceName(pair, 'failover'), {
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
function cloudDnsFailover (context: UnitContext, provider: gcp.Provider, pair: DrPair): Resolved<Failover> {
  const { federation } = context
  const named = [pair.primary, pair.standby].filter((name) =>
    federation.clusters.some((cluster) => cluster.name === name && cluster.cloud === 'aws')
  )
  if (named.length > 0) {
    throw new ProgramError('DR_CLOUD_DNS_ADDRESS', { unit: context.unit, clusters: named })
  }
  const check = new gcp.compute.HealthCheck(resourceName(pair, 'primary'), {
    name: boundedName(63, federation.name, 'failover', pair.primary),
    ...cloudDnsCheck(federation)
  }, { provider })
  const address = (cluster: string): Output<string> =>
    upstream<ClusterMesh>(context, 'mesh', cluster)('ingressAddress')
  const name = pairHost(federation, pair)
  new gcp.dns.RecordSet(resourceName(pair, 'failover'), {
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

/** Registers health checks and failover records of all pairs; by the pairs' primaries. */
export function failoverDns (context: UnitContext): Record<string, Resolved<Failover>> {
  const { federation } = context
  const of = failoverOf(context)
  return Object.fromEntries(federation.disasterRecovery.pairs.map((pair) => [pair.primary, of(pair)]))
}

/** Registers one pair's failover with the federation's DNS service. */
function failoverOf (context: UnitContext): (pair: DrPair) => Resolved<Failover> {
  const { dns, clusters } = context.federation
  const region = clusters.find((cluster) => cluster.cloud === dns.provider)?.region
  switch (dns.provider) {
    case 'aws': {
      const provider = awsProvider(context, route53Region(context))
      return (pair) => route53Failover(context, provider, pair)
    }
    case 'gcp': {
      const provider = gcpProvider(context, region ?? 'us-central1')
      return (pair) => cloudDnsFailover(context, provider, pair)
    }
    case 'azure': {
      const provider = azureProvider(context, region ?? 'eastus')
      return (pair) => trafficManagerFailover(context, provider, pair)
    }
  }
}
