/** A transit gateway for the cluster's region, and the VPC attached to it. */
import * as aws from '@pulumi/aws'
import { type CustomResourceOptions, type Input } from '@pulumi/pulumi'
import { type ClusterGateways, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'

/**
 * Registers what peerings and VPNs of the cluster end at. It needs the network alone, so it is made
 * while the control plane is.
 */
export function transitGateway (
  federation: string,
  cluster: Cluster,
  network: { readonly vpcId: Input<string>, readonly intraSubnets: Input<Input<string>[]> },
  inside: CustomResourceOptions
): Resolved<ClusterGateways> {
  const named = { tags: { Name: cluster.name } }
  const transit = new aws.ec2transitgateway.TransitGateway('transit', {
    description: `${federation}: ${cluster.name} and its peers`,
    amazonSideAsn: cluster.asn,
    autoAcceptSharedAttachments: 'disable',
    // The default route table serves all: VPN attachments propagate what they learn by BGP into it,
    // peerings get static routes.
    defaultRouteTableAssociation: 'enable',
    defaultRouteTablePropagation: 'enable',
    dnsSupport: 'enable',
    vpnEcmpSupport: 'enable',
    ...named
  }, inside)
  new aws.ec2transitgateway.VpcAttachment('vpc', {
    transitGatewayId: transit.id,
    vpcId: network.vpcId,
    subnetIds: network.intraSubnets,
    dnsSupport: 'enable',
    ...named
  }, inside)
  return {
    transitGateway: transit.id,
    transitRouteTable: transit.associationDefaultRouteTableId,
    vpnGateway: '',
    vpnAddresses: []
  }
}
