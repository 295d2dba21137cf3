/** Network security rules for the mesh. */
import { SecurityRule } from '@pulumi/azure-native/network/index.js'
import { azureProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { gatewaysOf } from './gateways.ts'
import { meshPorts } from './mesh-ports.ts'
import { peerSources } from './peer-sources.ts'
import { peersOf, rangesOf } from './topology.ts'

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
      sourceAddressPrefixes: peerSources(context, cluster).map(({ cidr }) => cidr),
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
  return {
    ...gatewaysOf(context, cluster),
    router: ''
  }
}
