/** Transit gateways peered between regions, with static routes: peerings carry no BGP. */
import * as aws from '@pulumi/aws'
import { awsProvider, upstream } from '../components/upstream.ts'
import { type ClusterNetworking, type CloudNetworking, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { networksOf, peeringName, peeringPairs, vpnExit } from './topology.ts'

/** Registers one peering per pair of clusters, accepted on the other side, and routes both ways. */
export function awsPeerings (context: UnitContext): Resolved<CloudNetworking> {
  const { federation, scope } = context
  const providers = new Map<string, aws.Provider>()
  const providerOf = ({ region }: Cluster): aws.Provider => {
    const provider = providers.get(region) ?? awsProvider(context, region)
    providers.set(region, provider)
    return provider
  }
  const networking = (cluster: Cluster): ReturnType<typeof upstream<ClusterNetworking>> =>
    upstream<ClusterNetworking>(context, 'networking', cluster.name)
  const accepted = new Map<string, aws.ec2transitgateway.PeeringAttachmentAccepter>()
  const pairs = peeringPairs(federation, scope)
  for (const [first, second] of pairs) {
    const name = peeringName(first, second)
    const peering = new aws.ec2transitgateway.PeeringAttachment(name, {
      transitGatewayId: networking(first)('transitGateway'),
      peerTransitGatewayId: networking(second)('transitGateway'),
      peerRegion: second.region,
      peerAccountId: federation.accounts.aws.accountId,
      tags: { Name: name }
    }, { provider: providerOf(first) })
    accepted.set(
      name,
      new aws.ec2transitgateway.PeeringAttachmentAccepter(`${name}-accepted`, {
        transitGatewayAttachmentId: peering.id,
        tags: { Name: name }
      }, { provider: providerOf(second) })
    )
  }

  const clusters = scope.clusters.map((name) => clusterOf(federation, name))
  for (const cluster of clusters) {
    for (const target of federation.clusters) {
      // What lies in another cloud goes to the cluster whose VPN leads there; that one itself
      // learns the route by BGP.
      const next = target.cloud === 'aws' ? target : vpnExit(federation, cluster, target.cloud)
      if (!next || next.name === cluster.name) continue
      const accepter = accepted.get(peeringName(cluster, next)) ?? accepted.get(peeringName(next, cluster))
      if (!accepter) throw new RangeError(`no peering between ${cluster.name} and ${next.name}`)
      for (const range of networksOf(target)) {
        new aws.ec2transitgateway.Route(`${cluster.name}-${range.name}`, {
          transitGatewayRouteTableId: networking(cluster)('transitRouteTable'),
          destinationCidrBlock: range.cidr,
          transitGatewayAttachmentId: accepter.id
        }, { provider: providerOf(cluster) })
      }
    }
  }
  return { peerings: pairs.map(([first, second]) => peeringName(first, second)) }
}
