/** A transit gateway for the cluster's region, the VPC attached to it, routes to every peer, and security group rules for the mesh. */
import * as aws from '@pulumi/aws'
import { awsProvider, upstream } from '../components/upstream.ts'
import { zoneSuffix } from '../components/zones.ts'
import { type Cluster, type UnitContext } from '../contract.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { apiPort, meshPorts } from './mesh-ports.ts'
import { peersOf, reachablePeers } from './topology.ts'

/** Registers the cluster's attachments. */
export function awsNetworking (context: UnitContext, cluster: Cluster): Omit<Resolved<ClusterNetworking>, 'tuning'> {
  const { federation } = context
  const provider = awsProvider(context, cluster.region)
  const inside = { provider }
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const named = { tags: { Name: cluster.name } }

  const transit = new aws.ec2transitgateway.TransitGateway('transit', {
    description: `${federation.name}: ${cluster.name} and its peers`,
    amazonSideAsn: cluster.asn,
    autoAcceptSharedAttachments: 'disable',
    // The default route table serves all: VPN attachments propagate what they learn by BGP into it, peerings get static routes.
    defaultRouteTableAssociation: 'enable',
    defaultRouteTablePropagation: 'enable',
    dnsSupport: 'enable',
    vpnEcmpSupport: 'enable',
    ...named
  }, inside)
  const attachment = new aws.ec2transitgateway.VpcAttachment('vpc', {
    transitGatewayId: transit.id, vpcId: infrastructure('networkId'), subnetIds: infrastructure('intraSubnets'), dnsSupport: 'enable', ...named
  }, inside)

  const tables = [...cluster.subnets.map(({ zone }) => `private-${zoneSuffix(zone)}`), 'intra']
  for (const peer of reachablePeers(federation, cluster)) {
    for (const [index, table] of tables.entries()) {
      new aws.ec2.Route(`${table}-${peer.name}`, {
        routeTableId: infrastructure('routeTables').apply((ids) => tableAt(ids, index, cluster.name)), destinationCidrBlock: peer.cidr, transitGatewayId: transit.id
      }, { ...inside, dependsOn: [attachment] })
    }
  }

  const peers = peersOf(federation, cluster)
  if (peers.length > 0) {
    const list = new aws.ec2.ManagedPrefixList('peers', {
      name: `${cluster.name}-peers`,
      addressFamily: 'IPv4',
      maxEntries: peers.length,
      entries: peers.map((peer) => ({ cidr: peer.cidr, description: peer.name })),
      ...named
    }, inside)
    for (const { name, port, description } of [...meshPorts, apiPort]) {
      new aws.vpc.SecurityGroupIngressRule(name, {
        securityGroupId: infrastructure('nodeSecurityGroup'), description, ipProtocol: 'tcp', fromPort: port, toPort: port, prefixListId: list.id
      }, inside)
    }
  }
  return { transitGateway: transit.id, transitRouteTable: transit.associationDefaultRouteTableId, router: '', vpnGateway: '', vpnAddresses: [] }
}

function tableAt (ids: string[], index: number, clusterName: string): string {
  const id = ids[index]
  if (!id) throw new RangeError(`cluster ${clusterName} has ${ids.length} route tables, expected one a zone and one for its intra subnets; deploy its infrastructure again`)
  return id
}
