/** For clusters that end a VPN an active-active gateway; network security rules for the mesh. */
import { PublicIPAddress, SecurityRule, VirtualNetworkGateway } from '@pulumi/azure-native/network/index.js'
import { all, type CustomResourceOptions, interpolate, type Output } from '@pulumi/pulumi'
import { azureTags } from '../components/naming.ts'
import { azureProvider, upstream } from '../components/upstream.ts'
import { zoneSuffix } from '../components/zones.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { circuitGatewaySize, vpnGatewaySize } from './azure-gateway-sizes.ts'
import {
  azureGatewayConfiguration,
  azureGatewayName,
  expressRouteGatewayName,
  gatewayId
} from './azure-gateway.ts'
import { hasCircuit } from './circuits.ts'
import { meshPorts } from './mesh-ports.ts'
import { gatewayTunnelAddresses, hasVpn, peersOf, rangesOf } from './topology.ts'

/** Registers the cluster's attachments. */
export function azureNetworking (
  context: UnitContext,
  cluster: Cluster
): Omit<Resolved<ClusterNetworking>, 'tuning' | 'gatewaySecurityGroup'> {
  const { federation } = context
  const inside = { provider: azureProvider(context, cluster.region) }
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const resourceGroupName = infrastructure('resourceGroup')
  const peers = rangesOf(peersOf(federation, cluster))
  const rule = {
    resourceGroupName,
    networkSecurityGroupName: infrastructure('nodeSecurityGroup').apply((id) => id.split('/').at(-1) ?? id),
    direction: 'Inbound',
    sourcePortRange: '*',
    destinationAddressPrefix: '*'
  }
  // A load balancer hands packets to nodes with the addresses that they came with: without this
  // rule the ingress gateway is reachable for nobody.
  new SecurityRule('ingress', {
    ...rule,
    securityRuleName: 'ingress',
    description: 'HTTPS at the ingress gateway',
    priority: 300,
    access: 'Allow',
    protocol: 'Tcp',
    sourceAddressPrefix: 'Internet',
    destinationPortRange: '443'
  }, inside)
  if (peers.length > 0) {
    const mesh = new SecurityRule('mesh', {
      ...rule,
      securityRuleName: 'mesh',
      description: meshPorts.map(({ name, port }) => `${name} ${port}`).join(', '),
      priority: 200,
      access: 'Allow',
      protocol: 'Tcp',
      sourceAddressPrefixes: peers,
      destinationPortRanges: meshPorts.map(({ port }) => String(port))
    }, inside)
    // Azure's own last rules let peered and connected networks in with everything: this one comes
    // before them.
    new SecurityRule('peers', {
      ...rule,
      securityRuleName: 'peers',
      description: 'Nothing else from the other clusters',
      priority: 4000,
      access: 'Deny',
      protocol: '*',
      sourceAddressPrefixes: peers,
      destinationPortRange: '*'
    }, { ...inside, dependsOn: [mesh] })
  }
  const gateway = hasVpn(federation, cluster)
    ? vpnGateway(context, cluster, inside, resourceGroupName, infrastructure('publicSubnets'))
    : undefined
  if (hasCircuit(federation, cluster)) {
    circuitGateway(context, cluster, inside, resourceGroupName, infrastructure('publicSubnets'))
  }
  return {
    transitGateway: '',
    transitRouteTable: '',
    router: '',
    vpnGateway: gateway?.id ?? '',
    vpnAddresses: gateway?.addresses ?? []
  }
}

/** Two instances, each with an address of its own and with the inside addresses of its tunnels. */
function vpnGateway (
  context: UnitContext,
  cluster: Cluster,
  inside: CustomResourceOptions,
  resourceGroupName: Output<string>,
  publicSubnets: Output<string[]>
): { id: Output<string>, addresses: Output<string[]> } {
  const { federation } = context
  const placed = { resourceGroupName, location: cluster.region, tags: azureTags(federation) }
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
  const subnet = publicSubnets.apply((ids) => gatewaySubnet(ids, cluster.name))
  const id = gatewayId(federation, resourceGroupName, name)
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
      subnet: { id: subnet }
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
  context: UnitContext,
  cluster: Cluster,
  inside: CustomResourceOptions,
  resourceGroupName: Output<string>,
  publicSubnets: Output<string[]>
): void {
  const name = expressRouteGatewayName(cluster)
  const placed = { resourceGroupName, location: cluster.region, tags: azureTags(context.federation) }
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
      subnet: { id: publicSubnets.apply((ids) => gatewaySubnet(ids, cluster.name)) }
    }]
  }, { ...inside, deleteBeforeReplace: false })
}

function gatewaySubnet (ids: string[], clusterName: string): string {
  const [id] = ids
  if (!id) {
    throw new RangeError(`cluster ${clusterName} has no gateway subnet; deploy its infrastructure again`)
  }
  return id
}
