/**
 * Phase 3: networks joined to each other (peering, transit, site-to-site VPN), firewalls opened for
 * the mesh only, nodes tuned. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { cloudScopes, clusterOf, clusterScopes, linkName, linkScopes, unitRef } from '../scopes.ts'
import { type EstimateStep, type Federation, type Phase, type Scope } from '../types.ts'
import { circuitLinks, hasCircuit } from './circuits.ts'
import { hasVpn, peeringPairs } from './topology.ts'

function clusterEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  const cluster = clusterOf(federation, scope.name)
  const peers = federation.clusters.length - 1
  const tuning: EstimateStep[] = [{ key: 'tuning', type: 'kubernetes:apps/v1:DaemonSet' }]
  switch (cluster.cloud) {
    case 'aws':
      return [
        { key: 'transit', type: 'aws:ec2transitgateway/transitGateway:TransitGateway' },
        { key: 'attachment', type: 'aws:ec2transitgateway/vpcAttachment:VpcAttachment', after: ['transit'] },
        ...(peers > 0
          ? [{
            key: 'routes',
            type: 'aws:ec2/route:Route',
            count: peers * cluster.subnets.length,
            after: ['attachment']
          }]
          : []),
        { key: 'load-balancers', type: 'kubernetes:helm.sh/v3:Release' },
        ...tuning
      ]
    case 'gcp':
      return [
        { key: 'router', type: 'gcp:compute/router:Router' },
        ...(hasVpn(federation, cluster)
          ? [{ key: 'gateway', type: 'gcp:compute/haVpnGateway:HaVpnGateway' }]
          : []),
        { key: 'firewall', type: 'gcp:compute/firewall:Firewall', count: 2 },
        ...tuning
      ]
    case 'azure':
      return [
        { key: 'firewall', type: 'azure-native:network:SecurityRule', count: 3 },
        ...(hasVpn(federation, cluster)
          ? [
            { key: 'addresses', type: 'azure-native:network:PublicIPAddress', count: 2 },
            { key: 'gateway', type: 'azure-native:network:VirtualNetworkGateway', after: ['addresses'] }
          ]
          : []),
        ...(hasCircuit(federation, cluster)
          ? [{ key: 'circuit-gateway', type: 'azure-native:network:VirtualNetworkGateway' }]
          : []),
        ...tuning
      ]
  }
}

function cloudEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  const pairs = peeringPairs(federation, scope).length
  if (pairs === 0) return []
  switch (scope.cloud) {
    case 'aws':
      return [
        { key: 'peerings', type: 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment', count: pairs },
        {
          key: 'accepters',
          type: 'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter',
          count: pairs,
          after: ['peerings']
        },
        { key: 'routes', type: 'aws:ec2transitgateway/route:Route', count: 2 * pairs, after: ['accepters'] }
      ]
    case 'gcp':
      return chain('gcp:compute/networkPeering:NetworkPeering', 2 * pairs)
    default:
      return chain('azure-native:network:VirtualNetworkPeering', 2 * pairs)
  }
}

/**
 * Google Cloud and Azure change one peering of a network at a time, so the peerings of a full mesh
 * form a chain.
 */
function chain (type: string, length: number): EstimateStep[] {
  return Array.from(
    { length },
    (_, index) => ({
      key: `peering-${index}`,
      type,
      ...(index > 0 ? { after: [`peering-${index - 1}`] } : {})
    })
  )
}

function circuitEstimate (clouds: readonly CloudName[]): EstimateStep[] {
  const steps: Record<CloudName, EstimateStep[]> = {
    aws: [{ key: 'gateway', type: 'aws:directconnect/gateway:Gateway' }, {
      key: 'association',
      type: 'aws:directconnect/gatewayAssociation:GatewayAssociation',
      after: ['gateway']
    }],
    gcp: [{ key: 'router', type: 'gcp:compute/router:Router' }, {
      key: 'attachments',
      type: 'gcp:compute/interconnectAttachment:InterconnectAttachment',
      count: 2,
      after: ['router']
    }],
    azure: [{ key: 'circuit', type: 'azure-native:network:ExpressRouteCircuit' }]
  }
  return clouds.flatMap((cloud) => steps[cloud])
}

function linkEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  const clouds = scope.clusters.map((name) => clusterOf(federation, name).cloud)
  if (circuitLinks(federation).some((link) => linkName(link.from, link.to) === scope.name)) {
    return circuitEstimate(clouds)
  }
  const steps: EstimateStep[] = [{ key: 'keys', type: 'random:index/randomPassword:RandomPassword' }]
  if (clouds.includes('aws')) {
    steps.push({ key: 'customer-gateways', type: 'aws:ec2/customerGateway:CustomerGateway', count: 2 })
    steps.push({
      key: 'connections',
      type: 'aws:ec2/vpnConnection:VpnConnection',
      count: 2,
      after: ['keys', 'customer-gateways']
    })
  }
  const far = clouds.includes('aws') ? ['connections'] : ['keys']
  if (clouds.includes('gcp')) {
    steps.push({
      key: 'external-gateway',
      type: 'gcp:compute/externalVpnGateway:ExternalVpnGateway',
      after: far
    })
    steps.push({
      key: 'tunnels',
      type: 'gcp:compute/vPNTunnel:VPNTunnel',
      count: 2,
      after: ['external-gateway']
    })
    steps.push({
      key: 'interfaces',
      type: 'gcp:compute/routerInterface:RouterInterface',
      count: 2,
      after: ['tunnels']
    })
    steps.push({ key: 'peers', type: 'gcp:compute/routerPeer:RouterPeer', count: 2, after: ['interfaces'] })
  }
  if (clouds.includes('azure')) {
    steps.push({
      key: 'local-gateways',
      type: 'azure-native:network:LocalNetworkGateway',
      count: 2,
      after: far
    })
    steps.push({
      key: 'azure-connections',
      type: 'azure-native:network:VirtualNetworkGatewayConnection',
      count: 2,
      after: ['local-gateways']
    })
  }
  return steps
}

/**
 * A cluster's networking waits for its infrastructure; peerings and links for the networking of the
 * clusters that they join.
 */
export const networking: Phase = {
  number: 3,
  name: 'networking',
  title: 'Networking',
  units: [
    {
      scope: 'cluster',
      scopes: clusterScopes,
      dependsOn: (_federation, scope) => [unitRef('infrastructure', scope.name)],
      estimate: clusterEstimate,
      load: () => import('./cluster.ts')
    },
    {
      scope: 'cloud',
      scopes: cloudScopes,
      dependsOn: (_federation, scope) =>
        scope.clusters.flatMap((name) => [unitRef('infrastructure', name), unitRef('networking', name)]),
      estimate: cloudEstimate,
      load: () => import('./cloud.ts')
    },
    {
      scope: 'link',
      scopes: (federation) => linkScopes(federation, 'vpn', 'interconnect'),
      dependsOn: (_federation, scope) =>
        scope.clusters.flatMap((name) => [unitRef('infrastructure', name), unitRef('networking', name)]),
      estimate: linkEstimate,
      load: () => import('./link.ts')
    }
  ]
}
