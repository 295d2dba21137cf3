/** Steps of a link's unit: a VPN between two clouds, or the clouds' ends of a circuit. Pure. */
import { clusterOf, linkName } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type EstimateStep, type Federation, type Scope } from '../types.ts'
import { circuitLinks } from './circuits.ts'

/** The steps of a link. */
export function linkSteps (federation: Federation, scope: Scope): EstimateStep[] {
  const ends = scope.clusters.map((name) => clusterOf(federation, name))
  return circuitLinks(federation).some((link) => linkName(link.from, link.to) === scope.name)
    ? ends.flatMap(circuitEnd)
    : vpnSteps(ends)
}

/** A cloud's end of a circuit. The price table has no circuits, so that their cost is not known. */
function circuitEnd ({ name, cloud }: Cluster): EstimateStep[] {
  const costs = [{ name: 'circuit', cluster: name }]
  switch (cloud) {
    case 'aws':
      return [
        { key: 'gateway', type: 'aws:directconnect/gateway:Gateway', costs },
        {
          key: 'association',
          type: 'aws:directconnect/gatewayAssociation:GatewayAssociation',
          after: ['gateway']
        }
      ]
    case 'gcp':
      return [
        { key: 'router', type: 'gcp:compute/router:Router' },
        {
          key: 'attachments',
          type: 'gcp:compute/interconnectAttachment:InterconnectAttachment',
          count: 2,
          after: ['router'],
          costs: [{ name: 'circuit', cluster: name, count: 2 }]
        }
      ]
    case 'azure':
      return [{ key: 'circuit', type: 'azure-native:network:ExpressRouteCircuit', costs }]
  }
}

/** A VPN has four tunnels where AWS, which sells them in pairs, is one end; else two. */
function vpnSteps (ends: readonly Cluster[]): EstimateStep[] {
  const of = (cloud: Cluster['cloud']) => ends.find((cluster) => cluster.cloud === cloud)
  const [aws, gcp, azure] = [of('aws'), of('gcp'), of('azure')]
  // The other end needs the addresses that AWS gives its tunnels.
  const far = aws ? ['connections'] : ['keys']
  const tunnels = aws ? 4 : 2
  return [
    { key: 'keys', type: 'random:index/randomPassword:RandomPassword' },
    ...(aws ? awsEnd(aws) : []),
    ...(gcp ? gcpEnd(gcp, tunnels, far) : []),
    ...(azure ? azureEnd(tunnels, far) : [])
  ]
}

function awsEnd ({ name }: Cluster): EstimateStep[] {
  return [
    { key: 'customer-gateways', type: 'aws:ec2/customerGateway:CustomerGateway', count: 2 },
    {
      key: 'connections',
      type: 'aws:ec2/vpnConnection:VpnConnection',
      count: 2,
      after: ['keys', 'customer-gateways'],
      // A connection at a transit gateway is an attachment of it, too.
      costs: [{ name: 'connection', count: 2, cluster: name, inputs: { transitGatewayId: '' } }]
    }
  ]
}

function gcpEnd ({ name }: Cluster, tunnels: number, after: readonly string[]): EstimateStep[] {
  return [
    { key: 'external-gateway', type: 'gcp:compute/externalVpnGateway:ExternalVpnGateway', after },
    {
      key: 'tunnels',
      type: 'gcp:compute/vPNTunnel:VPNTunnel',
      count: tunnels,
      after: ['external-gateway'],
      costs: [{ name: 'tunnel', count: tunnels, cluster: name }]
    },
    {
      key: 'interfaces',
      type: 'gcp:compute/routerInterface:RouterInterface',
      count: tunnels,
      after: ['tunnels']
    },
    { key: 'peers', type: 'gcp:compute/routerPeer:RouterPeer', count: tunnels, after: ['interfaces'] }
  ]
}

/** Azure charges for the gateway, which is its cluster's, and not for tunnels. */
function azureEnd (tunnels: number, after: readonly string[]): EstimateStep[] {
  return [
    { key: 'local-gateways', type: 'azure-native:network:LocalNetworkGateway', count: tunnels, after },
    {
      key: 'azure-connections',
      type: 'azure-native:network:VirtualNetworkGatewayConnection',
      count: tunnels,
      after: ['local-gateways']
    }
  ]
}
