/**
 * Routes to every peer through the cluster's transit gateway, and the security group of the mesh's
 * door.
 */
import * as aws from '@pulumi/aws'
import { type Provider } from '@pulumi/kubernetes'
import { all, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { awsProvider, upstream } from '../components/upstream.ts'
import { zoneSuffix } from '../components/zones.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { hasPublicGateway } from './gateway-peers.ts'
import { gatewaysOf } from './gateways.ts'
import { loadBalancerController } from './load-balancers-aws.ts'
import { meshPorts } from './mesh-ports.ts'
import { peerSources } from './peer-sources.ts'
import { networksOf, reachablePeers } from './topology.ts'

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
 * The security groups of the east-west gateway's load balancer: what lets the other clusters in,
 * and they reach nothing else. A group counts a list as often as it has entries, and takes 60 in
 * all unless AWS raised that: on three ports twenty ranges of networks. Of a gateway on the
 * internet each port has a group of its own, since a peer goes out by several addresses; a load
 * balancer takes five groups.
 */
function meshFirewall (
  context: UnitContext,
  cluster: Cluster,
  inside: CustomResourceOptions,
  vpcId: Output<string>
): Output<string> {
  const entries = peerSources(context, cluster).map(({ name, cidr }) => ({ cidr, description: name }))
  const list = entries.length > 0
    ? new aws.ec2.ManagedPrefixList('peers', {
      name: `${cluster.name}-peers`,
      addressFamily: 'IPv4',
      maxEntries: entries.length,
      entries,
      tags: { Name: cluster.name }
    }, inside)
    : undefined
  const shared = gatewayGroup(cluster, inside, vpcId)
  const apart = hasPublicGateway(context.federation, cluster)
  const groups = meshPorts.map(({ name, port, description }, index) => {
    const group = apart && index > 0 ? gatewayGroup(cluster, inside, vpcId, name) : shared
    if (list) {
      new aws.vpc.SecurityGroupIngressRule(name, {
        securityGroupId: group.id,
        description,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        prefixListId: list.id
      }, inside)
    }
    return group
  })
  return all([...new Set(groups)].map(({ id }) => id)).apply((ids) => ids.join(','))
}

/** A group of the gateway's load balancer; `port`: of that port alone. */
function gatewayGroup (
  cluster: Cluster,
  inside: CustomResourceOptions,
  vpcId: Output<string>,
  port?: string
): aws.ec2.SecurityGroup {
  const suffix = port === undefined ? '' : `-${port}`
  const name = `${cluster.name}-east-west${suffix}`
  const group = new aws.ec2.SecurityGroup(`east-west${suffix}`, {
    vpcId,
    description: `East-west gateway of ${cluster.name}, for the other clusters`,
    tags: { Name: name }
  }, inside)
  new aws.vpc.SecurityGroupEgressRule(`gateways${suffix}`, {
    securityGroupId: group.id,
    description: 'To the gateway in this network',
    ipProtocol: 'tcp',
    fromPort: 0,
    toPort: 65535,
    cidrIpv4: cluster.cidr
  }, inside)
  return group
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
