/**
 * Two clouds joined by dedicated circuits over an exchange, whose router speaks BGP with each. The
 * clouds' ends are declared here; the exchange's own part is not, since it is ordered there: it is
 * given the keys that this unit hands over, and once it has confirmed, the file's `state: joined`
 * completes the ends.
 */
import * as aws from '@pulumi/aws'
import { ExpressRouteCircuit, VirtualNetworkGatewayConnection } from '@pulumi/azure-native/network/index.js'
import * as gcp from '@pulumi/gcp'
import { all, type Output, secret } from '@pulumi/pulumi'
import { azureTags, boundedName } from '../components/naming.ts'
import { awsProvider, azureProvider, gcpProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import {
  type ClusterInfrastructure,
  type ClusterNetworking,
  type LinkNetworking,
  type Resolved
} from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Circuit, type Link } from '../types/connections.ts'
import { type UnitContext } from '../types.ts'
import { expressRouteGatewayId } from './azure-gateway.ts'
import { circuitMegabits, directConnectAsn } from './circuits.ts'
import { announced, linkEnds } from './topology.ts'

/** A key that the exchange needs of one end: a pairing or service key. */
type Handover = Output<string>

function given (key: string | undefined, cloud: string, what: string): string {
  if (!key) {
    throw new ProgramError('NETWORKING_NO_KEY', { cloud, what })
  }
  return key
}

interface End {
  readonly context: UnitContext
  readonly cluster: Cluster
  readonly peer: Cluster
  readonly link: Link
  readonly circuit: Circuit
}

/**
 * A Direct Connect gateway that announces this cloud's networks, and, once they are there, virtual
 * interfaces on the exchange's two hosted connections.
 */
function awsEnd ({ context, cluster, peer, circuit }: End): Handover[] {
  const { federation } = context
  const inside = { provider: awsProvider(context, cluster.region) }
  const tags = { Name: `${cluster.name}-${peer.name}` }
  const gateway = new aws.directconnect.Gateway('direct-connect', {
    name: boundedName(100, cluster.name, peer.name),
    amazonSideAsn: String(directConnectAsn(cluster)),
    tags
  }, inside)
  new aws.directconnect.GatewayAssociation('direct-connect', {
    dxGatewayId: gateway.id,
    associatedGatewayId: upstream<ClusterNetworking>(context, 'networking', cluster.name)('transitGateway'),
    allowedPrefixes: announced(federation, 'aws')
  }, inside)
  if (circuit.state === 'joined') {
    for (const [index, { id, vlan }] of circuit.connections.entries()) {
      const title = `connection-${index + 1}`
      const accepted = new aws.directconnect.ConnectionConfirmation(title, { connectionId: id }, inside)
      // Addresses and the key of the session are AWS's choice: the exchange reads them from the
      // interface.
      new aws.directconnect.TransitVirtualInterface(title, {
        connectionId: id,
        dxGatewayId: gateway.id,
        name: boundedName(100, peer.name, title),
        vlan,
        addressFamily: 'ipv4',
        bgpAsn: circuit.asn,
        mtu: 8500,
        tags
      }, { ...inside, dependsOn: [accepted] })
    }
  }
  // The exchange makes its connections for an account.
  return [gateway.id.apply(() => `aws account ${federation.accounts.aws.accountId}`)]
}

/**
 * Google Cloud's own number towards partners: attachments take no other (Cloud Interconnect,
 * "Create a Cloud Router" of partner attachments).
 */
const partnerAsn = 16550

/**
 * A router and two attachments in different edge availability domains, which the exchange completes
 * by their pairing keys.
 */
function gcpEnd ({ context, cluster, peer, link, circuit }: End): Handover[] {
  const inside = { provider: gcpProvider(context, cluster.region) }
  const name = boundedName(48, cluster.name, peer.name)
  const router = new gcp.compute.Router(name, {
    network: upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)('networkId'),
    region: cluster.region,
    bgp: {
      asn: partnerAsn,
      advertiseMode: 'CUSTOM',
      advertisedIpRanges: announced(context.federation, 'gcp').map((range) => ({ range }))
    }
  }, inside)
  const megabits = circuitMegabits(link)
  return [1, 2].map((domain) =>
    new gcp.compute.InterconnectAttachment(`${name}-${domain}`, {
      name: `${name}-${domain}`,
      region: cluster.region,
      router: router.id,
      type: 'PARTNER',
      edgeAvailabilityDomain: `AVAILABILITY_DOMAIN_${domain}`,
      bandwidth: megabits < 1000 ? `BPS_${megabits}M` : `BPS_${megabits / 1000}G`,
      mtu: '1500',
      adminEnabled: circuit.state === 'joined'
    }, inside).pairingKey.apply((key) => given(key, 'Google Cloud', 'pairing key'))
  )
}

/**
 * An ExpressRoute circuit of the exchange, and, once it is provisioned, its connection to the
 * cluster's gateway. The exchange configures the private peering.
 */
function azureEnd ({ context, cluster, peer, link, circuit }: End): Handover[] {
  const { federation } = context
  const inside = { provider: azureProvider(context, cluster.region) }
  const resourceGroupName = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)(
    'resourceGroup'
  )
  const placed = { resourceGroupName, location: cluster.region, tags: azureTags(federation) }
  const name = `${cluster.name}-${peer.name}`
  const express = new ExpressRouteCircuit('circuit', {
    ...placed,
    circuitName: name,
    // Premium: networks of other continents than the circuit's are reached through it.
    sku: { name: 'Premium_MeteredData', tier: 'Premium', family: 'MeteredData' },
    serviceProviderProperties: {
      serviceProviderName: circuit.exchange,
      peeringLocation: circuit.peeringLocation ?? '',
      bandwidthInMbps: circuitMegabits(link)
    }
  }, inside)
  if (circuit.state === 'joined') {
    new VirtualNetworkGatewayConnection('circuit', {
      ...placed,
      virtualNetworkGatewayConnectionName: name,
      connectionType: 'ExpressRoute',
      virtualNetworkGateway1: { id: expressRouteGatewayId(federation, cluster, resourceGroupName) },
      peer: { id: express.id }
    }, inside)
  }
  return [express.serviceKey.apply((key) => given(key, 'Azure', 'service key'))]
}

const ends = { aws: awsEnd, gcp: gcpEnd, azure: azureEnd }

/**
 * Registers both ends. The output `handover` (secret) holds the keys that the exchange needs, by
 * cluster.
 */
export function interconnect (context: UnitContext, link: Link): Resolved<LinkNetworking> {
  const { circuit } = link
  if (!circuit) throw new RangeError(`unit ${context.unit}: a link of kind interconnect has a circuit`)
  const [near, far] = linkEnds(context.federation, link)
  const handover = [[near, far], [far, near]].map(([cluster, peer]) => {
    if (!cluster || !peer) throw new RangeError(`unit ${context.unit}: a link has two clusters`)
    return all(ends[cluster.cloud]({ context, cluster, peer, link, circuit })).apply((keys) => ({
      cluster: cluster.name,
      keys
    }))
  })
  const asns = Object.fromEntries(
    [near, far].map((
      cluster
    ) => [
      cluster.name,
      cluster.cloud === 'aws' ? directConnectAsn(cluster) : cluster.cloud === 'gcp' ? partnerAsn : 12076
    ])
  )
  return {
    tunnels: [],
    bgp: { from: asns[link.from] ?? 0, to: asns[link.to] ?? 0 },
    handover: secret(all(handover))
  }
}
