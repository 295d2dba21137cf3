/**
 * A link between two clouds: a site-to-site VPN with several tunnels, a key each and BGP inside
 * them, or dedicated circuits.
 */
import { all, interpolate, type Output, secret } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { upstream } from '../components/upstream.ts'
import { type ClusterNetworking, type LinkNetworking, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type PhaseProgram } from '../types.ts'
import { interconnect } from './interconnect.ts'
import { linkEnds, tunnelAddresses } from './topology.ts'
import { type Tunnel, type TunnelDraft } from './tunnel.ts'
import { awsSide } from './vpn-aws.ts'
import { azureSide } from './vpn-azure.ts'
import { gcpSide } from './vpn-gcp.ts'

/**
 * Fits every cloud: AWS takes 8 to 64 letters, digits, dots and underscores that do not start with
 * a zero.
 */
const keyLength = 48

export const program: PhaseProgram = (context): Resolved<LinkNetworking> => {
  const { federation, scope } = context
  const [from, to] = scope.clusters.map((name) => clusterOf(federation, name))
  if (!from || !to) throw new RangeError(`unit ${context.unit}: a link has two clusters`)
  const link = federation.links.find((candidate) => candidate.from === from.name && candidate.to === to.name)
  if (!link) throw new RangeError(`federation ${federation.name} has no link ${scope.name}`)
  if (link.kind === 'interconnect') return interconnect(context, link)
  const [near, far] = linkEnds(federation, link)
  const gateway = (cluster: Cluster, instance: 0 | 1): Output<string> =>
    upstream<ClusterNetworking>(context, 'networking', cluster.name)('vpnAddresses').apply((addresses) =>
      addressAt(addresses, instance, cluster.name)
    )
  const drafts = tunnelAddresses(federation, link).map((address, index): TunnelDraft => {
    const name = `tunnel-${index + 1}`
    const password = new RandomPassword(name, { length: keyLength, special: false })
    return { name, address, key: secret(interpolate`k${password.result}`) }
  })
  const farAddresses = ([0, 1] as const).map((instance) => gateway(far, instance))
  // AWS gives each tunnel an address of its own, once it knows the other end's; the other clouds'
  // gateways have theirs beforehand.
  const nearAddresses = near.cloud === 'aws'
    ? awsSide(context, near, far, drafts, farAddresses)
    : drafts.map(({ address }) => gateway(near, address.instance))
  const nearTunnels = drafts.map((draft): Tunnel => ({
    ...draft,
    own: draft.address.near,
    other: draft.address.far,
    remote: gateway(far, draft.address.instance)
  }))
  const farTunnels = drafts.map((draft, index): Tunnel => ({
    ...draft,
    own: draft.address.far,
    other: draft.address.near,
    remote: nearAddresses[index] ?? gateway(near, draft.address.instance)
  }))
  if (near.cloud === 'gcp') gcpSide(context, near, far, nearTunnels)
  if (far.cloud === 'gcp') gcpSide(context, far, near, farTunnels)
  if (far.cloud === 'azure') azureSide(context, far, near, farTunnels)
  return {
    tunnels: all(nearAddresses).apply((addresses) =>
      drafts.map(({ name }, index) => ({ name, address: addresses[index] ?? '' }))
    ),
    bgp: { from: from.asn, to: to.asn }
  }
}

function addressAt (addresses: string[], instance: 0 | 1, clusterName: string): string {
  const address = addresses[instance]
  if (!address) {
    throw new RangeError(
      `cluster ${clusterName} has no VPN gateway address ${instance + 1}; deploy its networking again`
    )
  }
  return address
}
