/**
 * Gateways in the network of an Azure cluster: an active-active one where it ends a VPN, and one
 * where it ends circuits. They take over half an hour, so they begin as soon as their subnet is
 * there.
 */
import { PublicIPAddress, VirtualNetworkGateway } from '@pulumi/azure-native/network/index.js'
import { all, type CustomResourceOptions, type Input, interpolate, type Output } from '@pulumi/pulumi'
import { azureTags } from '../components/naming.ts'
import { zoneSuffix } from '../components/zones.ts'
import { circuitGatewaySize, vpnGatewaySize } from '../networking/azure-gateway-sizes.ts'
import {
  azureGatewayConfiguration,
  azureGatewayName,
  expressRouteGatewayName,
  gatewayId
} from '../networking/azure-gateway.ts'
import { hasCircuit } from '../networking/circuits.ts'
import { gatewayTunnelAddresses, hasVpn } from '../networking/topology.ts'
import { type ClusterGateways, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/** The network that a gateway stands in. */
export interface GatewayPlace {
  readonly resourceGroup: Input<string>
  /** Ids of the gateway subnet, and of none other. */
  readonly subnets: readonly Input<string>[]
}

/** Registers the gateways of a cluster that needs some. */
export function networkGateways (
  federation: Federation,
  cluster: Cluster,
  place: GatewayPlace,
  inside: CustomResourceOptions
): Resolved<ClusterGateways> {
  const gateway = hasVpn(federation, cluster) ? vpnGateway(federation, cluster, place, inside) : undefined
  if (hasCircuit(federation, cluster)) circuitGateway(federation, cluster, place, inside)
  return {
    transitGateway: '',
    transitRouteTable: '',
    vpnGateway: gateway?.id ?? '',
    vpnAddresses: gateway?.addresses ?? []
  }
}

/** Two instances, each with an address of its own and with the inside addresses of its tunnels. */
function vpnGateway (
  federation: Federation,
  cluster: Cluster,
  { resourceGroup, subnets }: GatewayPlace,
  inside: CustomResourceOptions
): { id: Output<string>, addresses: Output<string[]> } {
  const placed = { resourceGroupName: resourceGroup, location: cluster.region, tags: azureTags(federation) }
  const name = azureGatewayName(cluster)
  const instances = ([0, 1] as const).map((instance) => ({
    configuration: azureGatewayConfiguration(instance),
    tunnels: gatewayTunnelAddresses(federation, cluster, instance),
    address: new PublicIPAddress(`vpn-${instance}`, {
      ...placed,
      publicIpAddressName: `${name}-${instance}`,
      sku: { name: 'Standard', tier: 'Regional' },
      publicIPAllocationMethod: 'Static',
      zones: cluster.subnets.map(({ zone }) => zoneSuffix(zone))
    }, { ...inside, deleteBeforeReplace: false })
  }))
  const id = gatewayId(federation, resourceGroup, name)
  const gateway = new VirtualNetworkGateway('vpn', {
    ...placed,
    virtualNetworkGatewayName: name,
    gatewayType: 'Vpn',
    vpnType: 'RouteBased',
    vpnGatewayGeneration: 'Generation2',
    sku: { name: vpnGatewaySize, tier: vpnGatewaySize },
    activeActive: true,
    enableBgp: true,
    ipConfigurations: instances.map(({ configuration, address }) => ({
      name: configuration,
      privateIPAllocationMethod: 'Dynamic',
      publicIPAddress: { id: address.id },
      subnet: { id: gatewaySubnet(subnets, cluster) }
    })),
    bgpSettings: {
      asn: cluster.asn,
      bgpPeeringAddresses: instances.map(({ configuration, tunnels }) => ({
        ipconfigurationId: interpolate`${id}/ipConfigurations/${configuration}`,
        customBgpIpAddresses: tunnels
      }))
    }
  }, { ...inside, deleteBeforeReplace: false })
  return {
    id: gateway.id,
    addresses: all(instances.map(({ address }) => address.ipAddress.apply((value) => value ?? '')))
  }
}

/**
 * Registers the gateway at which dedicated circuits end, beside the VPN gateway in the same subnet.
 */
function circuitGateway (
  federation: Federation,
  cluster: Cluster,
  { resourceGroup, subnets }: GatewayPlace,
  inside: CustomResourceOptions
): void {
  const name = expressRouteGatewayName(cluster)
  const placed = { resourceGroupName: resourceGroup, location: cluster.region, tags: azureTags(federation) }
  const address = new PublicIPAddress('express', {
    ...placed,
    publicIpAddressName: name,
    sku: { name: 'Standard', tier: 'Regional' },
    publicIPAllocationMethod: 'Static',
    zones: cluster.subnets.map(({ zone }) => zoneSuffix(zone))
  }, { ...inside, deleteBeforeReplace: false })
  new VirtualNetworkGateway('express', {
    ...placed,
    virtualNetworkGatewayName: name,
    gatewayType: 'ExpressRoute',
    sku: { name: circuitGatewaySize, tier: circuitGatewaySize },
    ipConfigurations: [{
      name: 'default',
      privateIPAllocationMethod: 'Dynamic',
      publicIPAddress: { id: address.id },
      subnet: { id: gatewaySubnet(subnets, cluster) }
    }]
  }, { ...inside, deleteBeforeReplace: false })
}

function gatewaySubnet ([id]: GatewayPlace['subnets'], { name }: Cluster): Input<string> {
  if (id === undefined) throw new RangeError(`cluster ${name} has no gateway subnet`)
  return id
}
