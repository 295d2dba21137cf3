/** Tunnels between clouds: the ends that records describe, and those of them that fit. */
import { stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Records, settingsOf, lastPart } from './records.ts'
import { sameLink, type Site } from './site.ts'

/** One end of a tunnel. */
export interface TunnelEnd {
  readonly cloud: Site['cloud']
  /** Transit gateway, Google Cloud network or virtual network in which it ends. */
  readonly node: string
  readonly region: string
  /** Addresses from which it speaks. */
  readonly own: readonly string[]
  /** Address that it speaks to. */
  readonly remote: string
  readonly key: string
  /** Ranges that it announces by BGP; undefined: all that its node has routes for. */
  readonly announced: readonly string[] | undefined
  /** True when routes are exchanged by BGP. */
  readonly bgp: boolean
}

/** A tunnel that is up, as its first end sees it. */
export interface Tunnel {
  readonly near: TunnelEnd
  readonly far: TunnelEnd
}

function awsEnds (records: Records): TunnelEnd[] {
  const gateways = new Map(records.of('aws:ec2/customerGateway:CustomerGateway').map((one) => [one.id, one]))
  return records.of('aws:ec2/vpnConnection:VpnConnection').flatMap((record): TunnelEnd[] => {
    const settings = settingsOf(record)
    const gateway = gateways.get(stringAt(settings, 'customerGatewayId') ?? '')
    return ['tunnel1', 'tunnel2'].map((tunnel) => ({
      cloud: 'aws',
      node: stringAt(settings, 'transitGatewayId') ?? '',
      region: record.region,
      own: stringsAt(settings, `${tunnel}Address`),
      remote: stringAt(settingsOf(gateway), 'ipAddress') ?? '',
      key: stringAt(settings, `${tunnel}PresharedKey`) ?? '',
      announced: undefined,
      bgp: valueAt(settings, 'staticRoutesOnly') !== true
    }))
  })
}

function gcpEnds (records: Records): TunnelEnd[] {
  const peers = records.of('gcp:compute/routerPeer:RouterPeer').map(settingsOf)
  const interfaces = records.of('gcp:compute/routerInterface:RouterInterface').map(settingsOf)
  return records.of('gcp:compute/vPNTunnel:VPNTunnel').flatMap((record): TunnelEnd[] => {
    const settings = settingsOf(record)
    const gateway = records.of('gcp:compute/haVpnGateway:HaVpnGateway').find(({ id }) =>
      sameLink(id, stringAt(settings, 'vpnGateway'))
    )
    const other = records.of('gcp:compute/externalVpnGateway:ExternalVpnGateway').find(({ id }) =>
      sameLink(id, stringAt(settings, 'peerExternalGateway'))
    )
    const own =
      valuesAt(settingsOf(gateway), 'vpnInterfaces[]')[Number(valueAt(settings, 'vpnGatewayInterface') ?? 0)]
    const remote = valuesAt(settingsOf(other), 'interfaces[]').find((one) =>
      valueAt(one, 'id') === (valueAt(settings, 'peerExternalGatewayInterface') ?? 0)
    )
    const joined = interfaces.find((one) => lastPart(stringAt(one, 'vpnTunnel') ?? '') === record.name)
    const peer = peers.find((one) =>
      joined !== undefined && stringAt(one, 'interface') === stringAt(joined, 'name') &&
      stringAt(one, 'router') === stringAt(joined, 'router')
    )
    return [{
      cloud: 'gcp',
      node: lastPart(stringAt(settingsOf(gateway), 'network') ?? ''),
      region: record.region,
      own: stringsAt(own, 'ipAddress'),
      remote: stringAt(remote, 'ipAddress') ?? '',
      key: stringAt(settings, 'sharedSecret') ?? '',
      announced: stringsAt(peer, 'advertisedIpRanges[].range'),
      bgp: peer !== undefined
    }]
  })
}

function azureEnds (records: Records): TunnelEnd[] {
  const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((one) => [one.id, one]))
  const gateways = byId(records.of('azure-native:network:VirtualNetworkGateway'))
  const locals = byId(records.of('azure-native:network:LocalNetworkGateway'))
  const addresses = byId(records.of('azure-native:network:PublicIPAddress'))
  return records.of('azure-native:network:VirtualNetworkGatewayConnection').flatMap((record): TunnelEnd[] => {
    const settings = settingsOf(record)
    const gateway = settingsOf(gateways.get(stringAt(settings, 'virtualNetworkGateway1.id') ?? ''))
    const local = settingsOf(locals.get(stringAt(settings, 'localNetworkGateway2.id') ?? ''))
    const [subnet] = stringsAt(gateway, 'ipConfigurations[].subnet.id')
    return [{
      cloud: 'azure',
      node: (subnet ?? '').replace(/\/subnets\/.*$/, ''),
      region: record.region,
      own: stringsAt(gateway, 'ipConfigurations[].publicIPAddress.id').flatMap((id) =>
        stringsAt(settingsOf(addresses.get(id)), 'ipAddress')
      ),
      remote: stringAt(local, 'gatewayIpAddress') ?? '',
      key: stringAt(settings, 'sharedKey') ?? '',
      announced: undefined,
      bgp: valueAt(settings, 'enableBgp') === true
    }]
  })
}

/** All ends of tunnels in a world. */
export function tunnelEnds (records: Records): TunnelEnd[] {
  return [...awsEnds(records), ...gcpEnds(records), ...azureEnds(records)]
}

/** The tunnels that are up: both ends know each other's address and key, and exchange routes. */
export function tunnelsOf (ends: readonly TunnelEnd[]): Tunnel[] {
  const byAddress = new Map<string, TunnelEnd[]>()
  for (const end of ends) {
    for (const address of end.own) byAddress.set(address, [...byAddress.get(address) ?? [], end])
  }
  return ends.flatMap((near) =>
    (byAddress.get(near.remote) ?? []).filter((far) =>
      near.own.includes(far.remote) && near.key === far.key && near.bgp && far.bgp
    ).map((far) => ({ near, far }))
  )
}
