/** The federation's public DNS zone, in the cloud that serves its DNS. */
import * as aws from '@pulumi/aws'
import { Zone } from '@pulumi/azure-native/dns/index.js'
import { ResourceGroup } from '@pulumi/azure-native/resources/index.js'
import * as gcp from '@pulumi/gcp'
import { enableApis } from '../components/gcp/apis.ts'
import { azureTags, boundedName } from '../components/naming.ts'
import { awsProvider, azureProvider, gcpProvider } from '../components/upstream.ts'
import { type FederationPrerequisites, type Resolved } from '../outputs.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'

export const program: PhaseProgram = (context): Resolved<FederationPrerequisites> => {
  const { federation } = context
  switch (federation.dns.provider) {
    case 'aws': {
      const zone = new aws.route53.Zone('zone', {
        name: federation.dns.zone,
        comment: `${federation.name}: global load balancing`,
        forceDestroy: false
      }, { provider: awsProvider(context, homeRegion(context, 'us-east-1')) })
      return { zoneId: zone.zoneId, zoneName: zone.name, nameServers: zone.nameServers }
    }
    case 'gcp': {
      const provider = gcpProvider(context, homeRegion(context, 'us-central1'))
      const services = enableApis(['dns.googleapis.com'], { provider })
      const zone = new gcp.dns.ManagedZone('zone', {
        name: boundedName(63, federation.name, federation.dns.zone),
        dnsName: `${federation.dns.zone}.`,
        description: `${federation.name}: global load balancing`,
        visibility: 'public',
        dnssecConfig: { state: 'on', nonExistence: 'nsec3' },
        cloudLoggingConfig: { enableLogging: true }
      }, { provider, dependsOn: services })
      return { zoneId: zone.name, zoneName: federation.dns.zone, nameServers: zone.nameServers }
    }
    case 'azure': {
      const location = homeRegion(context, 'eastus')
      const provider = azureProvider(context, location)
      const tags = azureTags(federation)
      const group = new ResourceGroup(
        'dns',
        { resourceGroupName: `${federation.name}-dns`, location, tags },
        { provider }
      )
      // Public zones are of no region.
      const zone = new Zone('zone', {
        resourceGroupName: group.name,
        zoneName: federation.dns.zone,
        zoneType: 'Public',
        location: 'global',
        tags
      }, { provider })
      return { zoneId: zone.id, zoneName: zone.name, nameServers: zone.nameServers }
    }
  }
}

/**
 * Region in which the DNS provider is called: DNS itself is global, but each provider needs a
 * region; the first cluster's there, else the given one.
 */
function homeRegion (context: UnitContext, fallback: string): string {
  return context.federation.clusters.find((cluster) => cluster.cloud === context.federation.dns.provider)
    ?.region ?? fallback
}
