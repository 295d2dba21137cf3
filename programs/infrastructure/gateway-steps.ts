/** Steps of the gateways in a cluster's network, and what earlier versions had in phase 3. Pure. */
import { type CloudName } from '../../contract/words.ts'
import { circuitGatewaySize, vpnGatewaySize } from '../networking/azure-gateway-sizes.ts'
import { hasCircuit } from '../networking/circuits.ts'
import { hasVpn } from '../networking/topology.ts'
import { unitRef } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type EstimateStep, type Federation, type TakeOver } from '../types.ts'

/** Azure's gateway of a cluster that ends a VPN: two instances, each with an address. */
const vpnGateway: readonly EstimateStep[] = [
  {
    key: 'vpn-addresses',
    type: 'azure-native:network:PublicIPAddress',
    count: 2,
    costs: [{ name: 'vpn', count: 2 }]
  },
  {
    key: 'vpn-gateway',
    type: 'azure-native:network:VirtualNetworkGateway',
    after: ['vpn-addresses', 'subnet-0'],
    costs: [{ name: 'vpn', inputs: { gatewayType: 'Vpn', sku: { name: vpnGatewaySize } } }]
  }
]

/** Azure's gateway of a cluster at which circuits end. */
const circuitGateway: readonly EstimateStep[] = [{
  key: 'circuit-gateway',
  type: 'azure-native:network:VirtualNetworkGateway',
  after: ['subnet-0'],
  costs: [
    { name: 'express', inputs: { gatewayType: 'ExpressRoute', sku: { name: circuitGatewaySize } } },
    { type: 'azure-native:network:PublicIPAddress', name: 'express' }
  ]
}]

const transitGateway: readonly EstimateStep[] = [
  { key: 'transit', type: 'aws:ec2transitgateway/transitGateway:TransitGateway' },
  {
    key: 'attachment',
    type: 'aws:ec2transitgateway/vpcAttachment:VpcAttachment',
    after: ['transit', 'subnets'],
    costs: [{ name: 'vpc' }]
  }
]

/** The gateways' steps; `subnets`, `network` and `subnet-0` are steps of the cluster's network. */
export function gatewaySteps (federation: Federation, cluster: Cluster): EstimateStep[] {
  switch (cluster.cloud) {
    case 'aws':
      return [...transitGateway]
    case 'gcp':
      return hasVpn(federation, cluster)
        ? [{ key: 'vpn-gateway', type: 'gcp:compute/haVpnGateway:HaVpnGateway', after: ['network'] }]
        : []
    case 'azure':
      return [
        ...(hasVpn(federation, cluster) ? vpnGateway : []),
        ...(hasCircuit(federation, cluster) ? circuitGateway : [])
      ]
  }
}

/** Types of the gateways, and of nothing else that phase 3 had in a cluster's stack. */
const gatewayTypes: Readonly<Record<CloudName, readonly string[]>> = {
  aws: [
    'aws:ec2transitgateway/transitGateway:TransitGateway',
    'aws:ec2transitgateway/vpcAttachment:VpcAttachment'
  ],
  gcp: ['gcp:compute/haVpnGateway:HaVpnGateway'],
  azure: ['azure-native:network:PublicIPAddress', 'azure-native:network:VirtualNetworkGateway']
}

/** Gateways that phase 3 had until they began with their network. */
export function gatewayTakeOver ({ name, cloud }: Cluster): TakeOver {
  return {
    from: unitRef('networking', name),
    taken: (resource) => gatewayTypes[cloud].includes(resource.type) ? resource.name : undefined
  }
}
