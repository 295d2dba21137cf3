/** Records that reachability is judged by. */
import { type CloudQuery } from '../../store.ts'
import { inhabitantTypes } from './inhabitants.ts'
import { clusterTypes } from './site.ts'

const kubernetes = [
  'core/v1:Service',
  'core/v1:Namespace',
  'networking.k8s.io/v1:NetworkPolicy',
  'networking.istio.io/v1:Gateway',
  'security.istio.io/v1:PeerAuthentication',
  'security.istio.io/v1:AuthorizationPolicy'
].map((type) => `kubernetes:${type}`)
const aws = [
  'ec2/subnet:Subnet',
  'ec2/vpc:Vpc',
  'ec2/route:Route',
  'ec2/natGateway:NatGateway',
  'ec2/eip:Eip',
  'ec2/routeTableAssociation:RouteTableAssociation',
  'ec2/customerGateway:CustomerGateway',
  'ec2/vpnConnection:VpnConnection',
  'ec2/managedPrefixList:ManagedPrefixList',
  'ec2transitgateway/transitGateway:TransitGateway',
  'ec2transitgateway/vpcAttachment:VpcAttachment',
  'ec2transitgateway/peeringAttachment:PeeringAttachment',
  'ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter',
  'ec2transitgateway/route:Route',
  'vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'eks/addon:Addon',
  'eks/nodeGroup:NodeGroup'
].map((type) => `aws:${type}`)
const gcp = ['subnetwork:Subnetwork', 'networkPeering:NetworkPeering', 'haVpnGateway:HaVpnGateway']
  .concat(['router:Router', 'routerNat:RouterNat', 'address:Address'])
  .concat(['externalVpnGateway:ExternalVpnGateway', 'vPNTunnel:VPNTunnel'])
  .concat(['routerPeer:RouterPeer', 'routerInterface:RouterInterface'])
  .map((type) => `gcp:compute/${type}`)
const azure = ['VirtualNetwork', 'VirtualNetworkPeering', 'VirtualNetworkGateway', 'Subnet', 'NatGateway']
  .concat(['VirtualNetworkGatewayConnection', 'LocalNetworkGateway', 'PublicIPAddress', 'SecurityRule'])
  .map((type) => `azure-native:network:${type}`)

/** Queries for all that joins the clusters of a world, and for what guards them. */
export const networkQueries: readonly CloudQuery[] = [
  ...kubernetes,
  ...inhabitantTypes,
  ...aws,
  ...gcp,
  ...azure,
  ...clusterTypes
]
  .map((type) => ({ pkg: type.slice(0, type.indexOf(':')), type }))

/** Queries for what public names are answered by. */
export const publicQueries: readonly CloudQuery[] = [
  'aws:route53/record:Record',
  'gcp:dns/recordSet:RecordSet',
  'azure-native:dns:RecordSet',
  'azure-native:trafficmanager:Profile',
  'kubernetes:networking.istio.io/v1:VirtualService'
].map((type) => ({ pkg: type.slice(0, type.indexOf(':')), type }))

/** Queries for what one cluster's own policies are judged by. */
export function insideQueries (account: string): CloudQuery[] {
  const own = ['core/v1:Namespace', 'networking.k8s.io/v1:NetworkPolicy']
  const around = ['aws:ec2/subnet:Subnet', 'aws:ec2/vpc:Vpc', 'aws:eks/addon:Addon', ...clusterTypes]
    .concat(['gcp:compute/subnetwork:Subnetwork', 'azure-native:network:VirtualNetwork'])
  return [
    ...own.map((type) => ({ pkg: 'kubernetes', account, type: `kubernetes:${type}` })),
    ...around.map((type) => ({ pkg: type.slice(0, type.indexOf(':')), type }))
  ]
}
