/** Ways of packets from the network of one cluster to that of another. */
import { stringAt, stringsAt, valueAt } from '../wire-values.ts'
import { rangeHolds } from './ranges.ts'
import { lastPart, settingsOf } from './records.ts'
import { nodeTables, type Site } from './site.ts'
import { type RuleName } from './sources.ts'
import { type Tunnel, type TunnelEnd, tunnelEnds, tunnelsOf } from './tunnels.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

/** Place of a packet, and how it came there. */
interface Place {
  readonly cloud: Site['cloud']
  /** VPC or transit gateway, Google Cloud network, virtual network. */
  readonly node: string
  readonly by: 'inside' | 'peering' | 'tunnel'
  readonly regions: readonly string[]
}

/** Next places of a packet; `lost` is why there are none. */
interface Step {
  readonly places: readonly Place[]
  readonly lost: { readonly rule: RuleName, readonly why: string }
}

const peeringType = 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment'
const accepterType = 'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter'
const attachmentType = 'aws:ec2transitgateway/vpcAttachment:VpcAttachment'

/** Networks of a world and what joins them. Built once for each query. */
export class Routes {
  readonly #world: World
  readonly #ends: readonly TunnelEnd[]
  readonly #tunnels: readonly Tunnel[]
  readonly #known = new Map<string, Verdict>()

  constructor (world: World) {
    this.#world = world
    this.#ends = tunnelEnds(world.records)
    this.#tunnels = tunnelsOf(this.#ends)
  }

  /** The way from a cluster's network to an address range of another, and the answers' way back. */
  between (from: Site, to: Site): Verdict {
    const key = `${from.endpoint}\n${to.endpoint}`
    const known = this.#known.get(key)
    if (known) return known
    const there = this.#way(from, to)
    const back = there.reached ? this.#way(to, from) : there
    const verdict = back.reached ? there : back
    this.#known.set(key, verdict)
    return verdict
  }

  #way (from: Site, to: Site): Verdict {
    if (from.network === to.network) return reached([from.region, to.region])
    if (from.cloud !== to.cloud && !this.#joined(from.cloud, to.cloud)) {
      return reached([from.region, to.region], ['no-link'])
    }
    let regions: readonly string[] = []
    for (const range of to.sources) {
      const way = this.#search(from, to, range)
      if (!way.reached) return way
      if (regions.length === 0) regions = way.regions
    }
    return reached(regions)
  }

  /**
   * Tells if anything of the world is to join two clouds: an end of a tunnel in one that speaks to
   * the other, or to an address that nobody has.
   */
  #joined (one: Site['cloud'], other: Site['cloud']): boolean {
    const owners = new Map(this.#ends.flatMap(({ own, cloud }) => own.map((address) => [address, cloud])))
    return this.#ends.some((end) => {
      const partner = end.cloud === one ? other : end.cloud === other ? one : undefined
      return partner !== undefined && [partner, undefined].includes(owners.get(end.remote))
    })
  }

  #search (from: Site, to: Site, range: string): Verdict {
    const start: Place = { cloud: from.cloud, node: from.network, by: 'inside', regions: [from.region] }
    const seen = new Set<string>()
    let lost: Step['lost'] = { rule: 'aws-routes', why: `${from.name} has no way to ${range}` }
    let front: Place[] = [start]
    while (front.length > 0) {
      const next: Place[] = []
      for (const place of front) {
        if (place.node === to.network && place.by !== 'inside') {
          return reached(place.regions.at(-1) === to.region ? place.regions : [...place.regions, to.region])
        }
        const mark = `${place.node}\n${place.by}`
        if (seen.has(mark)) continue
        seen.add(mark)
        const step = this.#step(place, range)
        if (step.places.length === 0) lost = step.lost
        next.push(...step.places)
      }
      front = next
    }
    return refused(`${from.name} to ${to.name}`, lost.rule, lost.why)
  }

  #step (place: Place, range: string): Step {
    switch (place.cloud) {
      case 'aws':
        return place.node.startsWith('tgw-') ? this.#transit(place, range) : this.#leaveVpc(place, range)
      case 'gcp':
        return this.#gcp(place, range)
      case 'azure':
        return this.#azure(place, range)
    }
  }

  /** Out of a VPC: every subnet with nodes has a route through the same transit gateway. */
  #leaveVpc (place: Place, range: string): Step {
    const { node: vpc } = place
    const none = (why: string): Step => ({ places: [], lost: { rule: 'aws-routes', why } })
    const tables = nodeTables(this.#world, vpc)
    const routes = this.#world.of('aws:ec2/route:Route').map(settingsOf)
    const targets = tables.map((table) =>
      longest(
        routes.filter((route) => stringAt(route, 'routeTableId') === table),
        (route) => stringAt(route, 'destinationCidrBlock'),
        range
      )
    )
    const gateways = targets.map((route) => stringAt(route, 'transitGatewayId'))
    const [gateway] = gateways
    if (tables.length === 0) return none(`no subnet of ${vpc} has nodes and a route table`)
    if (gateway === undefined || gateways.some((other) => other !== gateway)) {
      const short = tables.filter((_, index) => gateways[index] === undefined)
      return none(`route table ${short.join(', ')} has no way to ${range} but the internet's`)
    }
    const attached = this.#world.of(attachmentType).map(settingsOf).some((one) =>
      stringAt(one, 'transitGatewayId') === gateway && stringAt(one, 'vpcId') === vpc
    )
    return attached
      ? { places: [{ ...place, node: gateway, by: 'inside' }], lost: none('').lost }
      : none(`${vpc} is not attached to ${gateway}`)
  }

  /** Through a transit gateway: an attached VPC, a static route, what a tunnel announced. */
  #transit (place: Place, range: string): Step {
    const { node: gateway } = place
    const local = this.#attachedVpc(gateway, range)
    if (local !== undefined) return found([{ ...place, node: local, by: 'peering' }])
    const attachment = this.#staticRoute(gateway, range)
    if (attachment !== undefined) {
      const other = this.#peerOf(gateway, attachment)
      return other === undefined
        ? {
          places: [],
          lost: { rule: 'transit-gateway-accepted', why: `${attachment} of ${gateway} is not accepted` }
        }
        : found([{
          cloud: 'aws',
          node: other.id,
          by: 'peering',
          regions: [...place.regions, other.region]
        }])
    }
    return this.#throughTunnels(place, gateway, range, {
      rule: 'transit-gateway-routes',
      why: `${gateway} has no route to ${range}`
    })
  }

  #attachedVpc (gateway: string, range: string): string | undefined {
    const attached = this.#world.of(attachmentType).map(settingsOf).filter((one) =>
      stringAt(one, 'transitGatewayId') === gateway
    ).map((one) => stringAt(one, 'vpcId'))
    return this.#world.of('aws:ec2/vpc:Vpc').find((vpc) =>
      attached.includes(vpc.id) && rangeHolds(stringAt(settingsOf(vpc), 'cidrBlock') ?? '', range)
    )?.id
  }

  #staticRoute (gateway: string, range: string): string | undefined {
    const record = this.#world.of('aws:ec2transitgateway/transitGateway:TransitGateway').find(({ id }) =>
      id === gateway
    )
    const table = stringAt(settingsOf(record), 'associationDefaultRouteTableId')
    return stringAt(
      longest(
        this.#world.of('aws:ec2transitgateway/route:Route').map(settingsOf).filter((route) =>
          stringAt(route, 'transitGatewayRouteTableId') === table
        ),
        (route) => stringAt(route, 'destinationCidrBlock'),
        range
      ),
      'transitGatewayAttachmentId'
    )
  }

  #peerOf (gateway: string, attachment: string): { id: string, region: string } | undefined {
    const accepted = this.#world.of(accepterType).some((one) =>
      stringAt(settingsOf(one), 'transitGatewayAttachmentId') === attachment
    )
    const peering = this.#world.of(peeringType).find(({ id }) => id === attachment)
    if (!accepted || !peering) return undefined
    const settings = settingsOf(peering)
    return stringAt(settings, 'transitGatewayId') === gateway
      ? {
        id: stringAt(settings, 'peerTransitGatewayId') ?? '',
        region: stringAt(settings, 'peerRegion') ?? ''
      }
      : { id: stringAt(settings, 'transitGatewayId') ?? '', region: peering.region }
  }

  /** Within Google Cloud: a peer's subnets, own tunnels, and those of peers that export them. */
  #gcp (place: Place, range: string): Step {
    const { node: network, by } = place
    const lost: Step['lost'] = { rule: 'gcp-peering', why: `network ${network} has no route to ${range}` }
    if (by === 'peering') return { places: [], lost }
    const peers = this.#gcpPeers(network)
    const direct = peers.find(({ name }) => this.#gcpHolds(name, range))
    if (direct) return found([{ ...place, node: direct.name, by: 'peering' }])
    return this.#throughOwnOrLent(place, range, {
      lenders: peers.filter(({ lends }) => lends).map(({ name }) => name),
      lost,
      withheld: peers.some(({ lends }) => !lends)
        ? { rule: 'gcp-custom-routes', why: `network ${network} gets no routes of its peers to ${range}` }
        : lost
    })
  }

  /**
   * Through the network's own tunnels, else those of peers that lend theirs; `withheld`: the loss
   * where neither leads on.
   */
  #throughOwnOrLent (
    place: Place,
    range: string,
    { lenders, lost, withheld }: {
      lenders: readonly string[]
      lost: Step['lost']
      withheld: Step['lost']
    }
  ): Step {
    const own = this.#throughTunnels(place, place.node, range, lost)
    if (own.places.length > 0 || place.by !== 'inside') return own
    const lent = lenders.flatMap((lender) => this.#throughTunnels(place, lender, range, lost).places)
    return lent.length > 0 ? found(lent) : { places: [], lost: withheld }
  }

  #gcpPeers (network: string): { name: string, lends: boolean }[] {
    const peerings = this.#world.of('gcp:compute/networkPeering:NetworkPeering').map(settingsOf).map((
      one
    ) => ({
      from: lastPart(stringAt(one, 'network') ?? ''),
      to: lastPart(stringAt(one, 'peerNetwork') ?? ''),
      exports: valueAt(one, 'exportCustomRoutes') === true,
      imports: valueAt(one, 'importCustomRoutes') === true
    }))
    return peerings.filter(({ from }) => from === network).flatMap((mine) => {
      const theirs = peerings.find(({ from, to }) => from === mine.to && to === network)
      return theirs ? [{ name: mine.to, lends: mine.imports && theirs.exports }] : []
    })
  }

  #gcpHolds (network: string, range: string): boolean {
    return this.#world.of('gcp:compute/subnetwork:Subnetwork').map(settingsOf).some((subnet) =>
      lastPart(stringAt(subnet, 'network') ?? '') === network &&
      [...stringsAt(subnet, 'ipCidrRange'), ...stringsAt(subnet, 'secondaryIpRanges[].ipCidrRange')].some(
        (own) => rangeHolds(own, range)
      )
    )
  }

  /** Within Azure: a peer, the own gateway, and that of a peer that lends it. */
  #azure (place: Place, range: string): Step {
    const { node: network, by } = place
    const lost: Step['lost'] = { rule: 'azure-peering', why: `${lastPart(network)} has no route to ${range}` }
    if (by === 'peering') return { places: [], lost }
    const peers = this.#azurePeers(network)
    const direct = peers.find(({ id, borrows }) =>
      this.#azureHolds(id, range) && (by === 'inside' || borrows)
    )
    if (direct) return found([{ ...place, node: direct.id, by: 'peering' }])
    return this.#throughOwnOrLent(place, range, {
      lenders: peers.filter(({ lends }) => lends).map(({ id }) => id),
      lost,
      withheld: peers.some(({ id }) => this.#ends.some(({ node }) => node === id))
        ? { rule: 'azure-gateway-transit', why: `${lastPart(network)} may use no gateway to ${range}` }
        : lost
    })
  }

  /** Peers of a network. `lends`: they let it use their gateway; `borrows`: they use its. */
  #azurePeers (network: string): { id: string, lends: boolean, borrows: boolean }[] {
    const peerings = this.#world.of('azure-native:network:VirtualNetworkPeering').map((record) => {
      const settings = settingsOf(record)
      return {
        from: record.id.replace(/\/virtualNetworkPeerings\/.*$/, ''),
        to: stringAt(settings, 'remoteVirtualNetwork.id') ?? '',
        open: valueAt(settings, 'allowVirtualNetworkAccess') !== false,
        lends: valueAt(settings, 'allowGatewayTransit') === true,
        uses: valueAt(settings, 'useRemoteGateways') === true
      }
    })
    return peerings.filter(({ from, open }) => from === network && open).flatMap((mine) => {
      const theirs = peerings.find(({ from, to, open }) => from === mine.to && to === network && open)
      return theirs
        ? [{ id: mine.to, lends: mine.uses && theirs.lends, borrows: mine.lends && theirs.uses }]
        : []
    })
  }

  #azureHolds (network: string, range: string): boolean {
    const record = this.#world.of('azure-native:network:VirtualNetwork').find(({ id }) => id === network)
    return stringsAt(settingsOf(record), 'addressSpace.addressPrefixes[]').some((own) =>
      rangeHolds(own, range)
    )
  }

  #throughTunnels (place: Place, node: string, range: string, lost: Step['lost']): Step {
    const ways = this.#tunnels.filter(({ near, far }) => near.node === node && this.#announces(far, range))
    // Tunnels of one pair of gateways are one way.
    const places = new Map(ways.map(({ near, far }) => [
      far.node,
      {
        cloud: far.cloud,
        node: far.node,
        by: 'tunnel' as const,
        regions: [...place.regions, ...place.regions.at(-1) === near.region ? [] : [near.region], far.region]
      }
    ]))
    return places.size > 0 ? found([...places.values()]) : { places: [], lost }
  }

  /** Tells if the end of a tunnel says that a range is behind it. */
  #announces ({ announced, cloud, node }: TunnelEnd, range: string): boolean {
    if (announced !== undefined) return announced.some((own) => rangeHolds(own, range))
    if (cloud === 'aws') {
      return this.#attachedVpc(node, range) !== undefined || this.#staticRoute(node, range) !== undefined
    }
    return this.#azureHolds(node, range) ||
      this.#azurePeers(node).some(({ id, borrows }) => borrows && this.#azureHolds(id, range))
  }
}

function found (places: readonly Place[]): Step {
  return { places, lost: { rule: 'aws-routes', why: '' } }
}

/** The item whose range is the longest that holds another. */
function longest<T> (
  items: readonly T[],
  rangeOf: (item: T) => string | undefined,
  range: string
): T | undefined {
  let best: { item: T, prefix: number } | undefined
  for (const item of items) {
    const own = rangeOf(item)
    if (own === undefined || !rangeHolds(own, range)) continue
    const prefix = Number(own.split('/')[1])
    if (!best || prefix > best.prefix) best = { item, prefix }
  }
  return best?.item
}
