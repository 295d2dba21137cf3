/** Models of VPC networks, routers, firewalls and VPN. */
import { type CheckFailure } from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { addressAt, cidrContains, cidrsOverlap, parseCidr, type Cidr } from '../cidr.ts'
import { type Draft } from '../draft.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt, stringsAt, numberAt } from '../wire-values.ts'
import { lastOf, selfLink } from './paths.ts'

const networkType = 'gcp:compute/network:Network'
const subnetType = 'gcp:compute/subnetwork:Subnetwork'
const routerType = 'gcp:compute/router:Router'
const vpnGatewayType = 'gcp:compute/haVpnGateway:HaVpnGateway'
const externalType = 'gcp:compute/externalVpnGateway:ExternalVpnGateway'
const tunnelType = 'gcp:compute/vPNTunnel:VPNTunnel'
const addressType = 'gcp:compute/address:Address'

/** Every project has a default network until somebody deletes it. */
const ofNetwork = refersTo('network', networkType, { except: /(^|\/)default$/ })
/** A public address out of Google's 34.64.0.0/10. */
const publicAddress = (draft: Draft, label: string): string =>
  `34.${64 + draft.make.integer(64, `${label}1`)}.${draft.make.integer(256, `${label}2`)}.${
    1 + draft.make.integer(254, `${label}3`)
  }`

function cidrFailures (inputs: WireObject, property: string): CheckFailure[] {
  const text = stringAt(inputs, property)
  return text === undefined || text === unknownValue || parseCidr(text)
    ? []
    : [{ property, reason: `"${text}" is not a valid IP CIDR range` }]
}

const ranges = (inputs: WireObject): Cidr[] =>
  [stringAt(inputs, 'ipCidrRange') ?? '', ...stringsAt(inputs, 'secondaryIpRanges[].ipCidrRange')].map(
    parseCidr
  ).filter((cidr) => cidr !== undefined)
/** Children of a router are named by it: `region/router/name`. */
const ofRouter = (draft: Draft): string =>
  `projects/${draft.account}/regions/${draft.region}/routers/` +
  `${lastOf(stringAt(draft.inputs, 'router') ?? '')}/${draft.name}`

export const network: Record<string, ResourceModel> = {
  'gcp:compute/interconnectAttachment:InterconnectAttachment': {
    // The number of the edge availability domain is the key's last part.
    outputs: (draft) => {
      const partner = stringAt(draft.inputs, 'type') === 'PARTNER'
      const key = `${draft.make.uuid('pairing-key')}/${draft.region}/` +
        `${stringAt(draft.inputs, 'edgeAvailabilityDomain')?.at(-1) ?? '1'}`
      return { state: partner ? 'PENDING_PARTNER' : 'ACTIVE', ...(partner && { pairingKey: key }) }
    }
  },
  [networkType]: {
    quota: [{ quota: 'gcp:compute:networks' }],
    immutable: ['autoCreateSubnetworks', 'description', 'enableUlaInternalIpv6', 'mtu'],
    defaults: () => ({ autoCreateSubnetworks: true }),
    outputs: (draft) => ({
      networkId: draft.make.digits(19, 'numeric'),
      numericId: draft.make.digits(19, 'numeric'),
      gatewayIpv4: '',
      routingMode: draft.inputs.routingMode ?? 'REGIONAL',
      mtu: draft.inputs.mtu ?? 1460,
      bgpBestPathSelectionMode: draft.inputs.bgpBestPathSelectionMode ?? 'LEGACY'
    })
  },
  [subnetType]: {
    immutable: ['description', 'purpose', 'reservedInternalRange'],
    // A range that grows is expanded in place; any other makes a new subnetwork (the provider's
    // ForceNewIfChange on ip_cidr_range).
    replacesWhen: (olds, news) => {
      const before = parseCidr(stringAt(olds, 'ipCidrRange') ?? '')
      const after = parseCidr(stringAt(news, 'ipCidrRange') ?? '')
      return before && after && !cidrContains(after, before) ? ['ipCidrRange'] : []
    },
    references: [ofNetwork],
    check: (
      inputs
    ) => [
      ...inputs.ipCidrRange === undefined && inputs.reservedInternalRange === undefined &&
          inputs.ipCollection === undefined
        ? [{ property: 'ipCidrRange', reason: 'one of ipCidrRange, reservedInternalRange must be specified' }]
        : [],
      ...cidrFailures(inputs, 'ipCidrRange')
    ],
    looksAt: (draft) => [{ pkg: 'gcp', type: subnetType, account: draft.account }],
    validate: (draft, found, fail) => {
      const own = ranges(draft.inputs)
      const network = found.by(networkType, draft.inputs.network)
      own.forEach((range, index) => {
        if (own.some((other, otherIndex) => otherIndex < index && cidrsOverlap(range, other))) {
          throw fail({
            status: 400,
            code: 'invalid',
            message: `Invalid value for field 'resource.secondaryIpRanges': the ranges of subnetwork ` +
              `'${draft.name}' overlap each other`
          })
        }
      })
      for (const sibling of found.of(subnetType)) {
        if (
          sibling.id === draft.id || !network ||
          found.by(networkType, sibling.inputs.network)?.id !== network.id
        ) continue
        if (ranges(sibling.inputs).some((other) => own.some((range) => cidrsOverlap(range, other)))) {
          throw fail({
            status: 400,
            code: 'invalid',
            message:
              `Invalid IPCidrRange: ${stringAt(draft.inputs, 'ipCidrRange')} conflicts with existing ` +
              `subnetwork '${sibling.name}' in region '${sibling.region}'.`
          })
        }
      }
      // Ranges can be grown, never shrunk or moved:
      // https://cloud.google.com/vpc/docs/create-modify-vpc-networks#expand-subnet.
      const before = parseCidr(stringAt(draft.previous, 'ipCidrRange') ?? '')
      const after = parseCidr(stringAt(draft.inputs, 'ipCidrRange') ?? '')
      if (before && after && !cidrContains(after, before)) {
        throw fail({
          status: 400,
          code: 'invalid',
          message:
            `Invalid value for field 'ipCidrRange': '${stringAt(draft.inputs, 'ipCidrRange')}'. The new ` +
            'range must contain the present one.'
        })
      }
    },
    outputs: (draft) => {
      const range = parseCidr(stringAt(draft.inputs, 'ipCidrRange') ?? '')
      return {
        gatewayAddress: range ? addressAt(range, 1) : '',
        purpose: draft.inputs.purpose ?? 'PRIVATE',
        stackType: draft.inputs.stackType ?? 'IPV4_ONLY',
        subnetworkId: Number(draft.make.digits(15, 'numeric')),
        network: absolute(draft, 'network', networkType),
        region: draft.region
      }
    }
  },
  [routerType]: {
    quota: [{ quota: 'gcp:compute:routers' }],
    references: [ofNetwork],
    immutable: ['encryptedInterconnectRouter'],
    outputs: (draft) => ({ network: absolute(draft, 'network', networkType) })
  },
  'gcp:compute/routerNat:RouterNat': {
    id: (draft) =>
      `${draft.account}/${draft.region}/${lastOf(stringAt(draft.inputs, 'router') ?? '')}/${draft.name}`,
    immutable: ['router'],
    references: [
      refersTo('router', routerType),
      refersTo('natIps[]', addressType),
      refersTo('subnetworks[].name', subnetType)
    ],
    check: (inputs) =>
      inputs.natIpAllocateOption === 'MANUAL_ONLY' && inputs.natIps === undefined
        ? [{ property: 'natIps', reason: 'natIps is required when natIpAllocateOption is MANUAL_ONLY' }]
        : [],
    outputs: (draft) => ({
      autoNetworkTier: 'PREMIUM',
      minPortsPerVm: numberAt(draft.inputs, 'minPortsPerVm', 64)
    })
  },
  'gcp:compute/routerInterface:RouterInterface': {
    id: ofRouter,
    immutable: ['router'],
    references: [refersTo('router', routerType), refersTo('vpnTunnel', tunnelType)],
    check: (inputs) => cidrHost(inputs),
    outputs: (draft) => ({ ipVersion: draft.inputs.ipVersion ?? 'IPV4' })
  },
  'gcp:compute/routerPeer:RouterPeer': {
    id: ofRouter,
    immutable: ['router', 'interface'],
    references: [refersTo('router', routerType)],
    looksAt: (
      draft
    ) => [{
      pkg: 'gcp',
      type: 'gcp:compute/routerInterface:RouterInterface',
      account: draft.account,
      region: draft.region
    }],
    validate: (draft, found, fail) => {
      const there = found.of('gcp:compute/routerInterface:RouterInterface').some((other) =>
        other.name === lastOf(stringAt(draft.inputs, 'interface') ?? '') &&
        lastOf(stringAt(other.inputs, 'router') ?? '') === lastOf(stringAt(draft.inputs, 'router') ?? '')
      )
      if (!there) {
        throw fail({
          status: 400,
          code: 'invalid',
          message: `Invalid value for field 'resource.bgpPeers[0].interfaceName': ` +
            `'${stringAt(draft.inputs, 'interface')}'. The referenced interface does not exist on router ` +
            `${lastOf(stringAt(draft.inputs, 'router') ?? '')}.`
        })
      }
    },
    outputs: () => ({ managementType: 'MANAGED_BY_USER', enableIpv4: true, enableIpv6: false })
  },
  'gcp:compute/firewall:Firewall': {
    references: [ofNetwork],
    immutable: ['direction'],
    defaults: (inputs) => ({
      priority: 1000,
      ...(inputs.direction === undefined && inputs.destinationRanges === undefined &&
        { direction: 'INGRESS' })
    }),
    check: (inputs) => {
      if (inputs.allows === undefined && inputs.denies === undefined) {
        return [{ property: 'allows', reason: 'one of allows, denies must be specified' }]
      }
      const sources = ['sourceRanges', 'sourceServiceAccounts', 'sourceTags']
      return inputs.direction !== 'EGRESS' && inputs.direction !== unknownValue &&
          sources.every((key) => inputs[key] === undefined)
        ? [{
          property: 'sourceRanges',
          reason: 'one of sourceRanges, sourceServiceAccounts, sourceTags must be specified for INGRESS'
        }]
        : []
    },
    outputs: (draft) => ({
      network: absolute(draft, 'network', networkType),
      destinationRanges: draft.inputs.destinationRanges ?? [],
      enableLogging: draft.inputs.logConfig !== undefined
    })
  },
  'gcp:compute/route:Route': {
    references: [ofNetwork, refersTo('nextHopVpnTunnel', tunnelType)],
    immutable: [
      'destRange',
      'priority',
      'nextHopGateway',
      'nextHopIp',
      'nextHopIlb',
      'nextHopVpnTunnel',
      'tags',
      'description'
    ],
    check: (inputs) => cidrFailures(inputs, 'destRange'),
    outputs: (draft) => ({ network: absolute(draft, 'network', networkType) })
  },
  'gcp:compute/networkPeering:NetworkPeering': {
    id: (draft) => `${lastOf(stringAt(draft.inputs, 'network') ?? '')}/${draft.name}`,
    immutable: ['peerNetwork'],
    references: [ofNetwork, {
      path: 'peerNetwork',
      types: [networkType],
      anywhere: true,
      except: /(^|\/)default$/
    }],
    looksAt: (
      draft
    ) => [{ pkg: 'gcp', type: 'gcp:compute/networkPeering:NetworkPeering' }, {
      pkg: 'gcp',
      type: subnetType,
      account: draft.account
    }],
    validate: (draft, found, fail) => {
      const [own, peer] = [
        found.by(networkType, draft.inputs.network),
        found.by(networkType, draft.inputs.peerNetwork)
      ]
      const of = (id: string | undefined) =>
        found.of(subnetType).filter((subnet) =>
          id !== undefined && found.by(networkType, subnet.inputs.network)?.id === id
        )
      for (const mine of of(own?.id)) {
        const clash = of(peer?.id).find((theirs) =>
          ranges(mine.inputs).some((a) => ranges(theirs.inputs).some((b) => cidrsOverlap(a, b)))
        )
        if (clash) {
          throw fail({
            status: 400,
            code: 'invalid',
            message:
              `An IP range in the peer network (${clash.name}) overlaps with an IP range in an active ` +
              `peer or the local network (${mine.name}).`
          })
        }
      }
    },
    // A peering is active once the other side has made its half.
    outputs: (draft, found) => {
      const peer = found.by(networkType, draft.inputs.peerNetwork)
      const other = found.of('gcp:compute/networkPeering:NetworkPeering').some((half) =>
        found.by(networkType, half.inputs.network)?.id === peer?.id && half.id !== draft.id
      )
      return other
        ? { state: 'ACTIVE', stateDetails: `[${draft.created}]: Connected.` }
        : { state: 'INACTIVE', stateDetails: 'Waiting for peer network to connect.' }
    }
  },
  [vpnGatewayType]: {
    quota: [{ quota: 'gcp:compute:vpn-gateways' }],
    references: [ofNetwork],
    immutable: ['gatewayIpVersion', 'stackType', 'vpnInterfaces', 'description'],
    outputs: (draft) => ({
      vpnInterfaces: [0, 1].map((id) => ({ id, ipAddress: publicAddress(draft, `interface${id}`) })),
      network: absolute(draft, 'network', networkType),
      stackType: draft.inputs.stackType ?? 'IPV4_ONLY'
    })
  },
  [externalType]: { immutable: ['interfaces', 'redundancyType', 'description'], outputs: () => ({}) },
  [tunnelType]: {
    quota: [{ quota: 'gcp:compute:vpn-tunnels' }],
    immutable: [
      'vpnGateway',
      'vpnGatewayInterface',
      'peerExternalGateway',
      'peerExternalGatewayInterface',
      'peerGcpGateway',
      'peerIp',
      'router',
      'sharedSecret',
      'ikeVersion',
      'targetVpnGateway',
      'localTrafficSelectors',
      'remoteTrafficSelectors'
    ],
    references: [
      refersTo('vpnGateway', vpnGatewayType),
      refersTo('router', routerType),
      refersTo('peerExternalGateway', externalType),
      { path: 'peerGcpGateway', types: [vpnGatewayType], anywhere: true }
    ],
    check: (inputs) =>
      inputs.vpnGateway === undefined && inputs.targetVpnGateway === undefined
        ? [{ property: 'vpnGateway', reason: 'one of vpnGateway, targetVpnGateway must be specified' }]
        : [],
    outputs: (draft, found) => {
      const external = found.by(externalType, draft.inputs.peerExternalGateway)
      const peer = stringsAt(
        external?.inputs,
        'interfaces[].ipAddress'
      )[numberAt(draft.inputs, 'peerExternalGatewayInterface', 0)]
      return {
        tunnelId: draft.make.digits(19, 'tunnel'),
        detailedStatus: 'Allocating resources. VPN tunnel will start soon.',
        peerIp: stringAt(draft.inputs, 'peerIp') ?? peer ?? '',
        sharedSecretHash: draft.make.alnum(28, 'hash')
      }
    }
  },
  [addressType]: {
    quota: [{ quota: 'gcp:compute:addresses' }],
    immutable: ['address', 'addressType', 'networkTier', 'purpose', 'prefixLength'],
    references: [{ path: 'subnetwork', types: [subnetType] }],
    outputs: (draft) => ({
      address: stringAt(draft.inputs, 'address') ?? publicAddress(draft, 'address'),
      addressId: Number(draft.make.digits(15, 'numeric')),
      networkTier: draft.inputs.networkTier ?? 'PREMIUM',
      users: []
    })
  },
  'gcp:compute/globalAddress:GlobalAddress': {
    immutable: ['address', 'addressType', 'prefixLength', 'purpose'],
    references: [ofNetwork],
    outputs: (draft) => ({
      address: stringAt(draft.inputs, 'address') ?? publicAddress(draft, 'address'),
      ipVersion: draft.inputs.ipVersion ?? 'IPV4'
    })
  }
}

/** `169.254.0.1/30` of a router interface: an address with a prefix, host bits allowed. */
function cidrHost (inputs: WireObject): CheckFailure[] {
  const text = stringAt(inputs, 'ipRange')
  return text === undefined || text === unknownValue || /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text)
    ? []
    : [{ property: 'ipRange', reason: `"${text}" is not an IP address with a prefix length` }]
}

/** A reference as the API gives it back: always a self link. */
function absolute (draft: Draft, property: string, type: string): string {
  const value = stringAt(draft.inputs, property) ?? ''
  if (value.startsWith('https://')) return value
  return selfLink(
    { ...draft, type },
    value.startsWith('projects/') ? value : `projects/${draft.account}/global/networks/${value}`
  )
}
