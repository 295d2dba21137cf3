/**
 * Routes to every peer through the cluster's transit gateway, and the security group of the mesh's
 * door.
 */
import * as aws from '@pulumi/aws'
import { type Provider } from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { awsProvider, upstream } from '../components/upstream.ts'
import { zoneSuffix } from '../components/zones.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { gatewaysOf } from './gateways.ts'
import { loadBalancerController } from './load-balancers-aws.ts'
import { meshPorts } from './mesh-ports.ts'
import { networksOf, peersOf, reachablePeers } from './topology.ts'

/** Registers the cluster's attachments. */
export function awsNetworking (
  context: UnitContext,
  cluster: Cluster,
  kubernetes: Provider
): Omit<Resolved<ClusterNetworking>, 'tuning'> {
  const { federation } = context
  const provider = awsProvider(context, cluster.region)
  const inside = { provider }
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const gateways = gatewaysOf(context, cluster)
  const tables = [...cluster.subnets.map(({ zone }) => `private-${zoneSuffix(zone)}`), 'intra']
  for (const range of reachablePeers(federation, cluster).flatMap(networksOf)) {
    for (const [index, table] of tables.entries()) {
      new aws.ec2.Route(`${table}-${range.name}`, {
        routeTableId: infrastructure('routeTables').apply((ids) => tableAt(ids, index, cluster.name)),
        destinationCidrBlock: range.cidr,
        transitGatewayId: gateways.transitGateway
      }, inside)
    }
  }
  loadBalancerController(context, cluster, inside, kubernetes)
  return {
    ...gateways,
    router: '',
    gatewaySecurityGroup: meshFirewall(context, cluster, inside, infrastructure('networkId'))
  }
}

/**
 * The security group of the east-west gateway's load balancer: what lets the other clusters in, and
 * they reach nothing else.
 */
function meshFirewall (
  context: UnitContext,
  cluster: Cluster,
  inside: CustomResourceOptions,
  vpcId: Output<string>
): Output<string> {
  const name = `${cluster.name}-east-west`
  const group = new aws.ec2.SecurityGroup('east-west', {
    vpcId,
    description: `East-west gateway of ${cluster.name}, for the other clusters`,
    tags: { Name: name }
  }, inside)
  new aws.vpc.SecurityGroupEgressRule('gateways', {
    securityGroupId: group.id,
    description: 'To the gateway in this network',
    ipProtocol: 'tcp',
    fromPort: 0,
    toPort: 65535,
    cidrIpv4: cluster.cidr
  }, inside)
  const entries = peersOf(context.federation, cluster).flatMap(networksOf).map((range) => ({
    cidr: range.cidr,
    description: range.name
  }))
  if (entries.length > 0) {
    // A group counts a list as often as it has entries, and takes 60 in all unless AWS raised that:
    // three ports of twenty ranges.
    const list = new aws.ec2.ManagedPrefixList('peers', {
      name: `${cluster.name}-peers`,
      addressFamily: 'IPv4',
      maxEntries: entries.length,
      entries,
      tags: { Name: cluster.name }
    }, inside)
    for (const { name: port, port: number, description } of meshPorts) {
      new aws.vpc.SecurityGroupIngressRule(port, {
        securityGroupId: group.id,
        description,
        ipProtocol: 'tcp',
        fromPort: number,
        toPort: number,
        prefixListId: list.id
      }, inside)
    }
  }
  return group.id
}

function tableAt (ids: string[], index: number, clusterName: string): string {
  const id = ids[index]
  if (!id) {
    throw new RangeError(
      `cluster ${clusterName} has ${ids.length} route tables, expected one a zone and one for its intra ` +
        'subnets; deploy its infrastructure again'
    )
  }
  return id
}
