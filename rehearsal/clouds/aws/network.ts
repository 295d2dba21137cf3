/** Models of VPCs and what is in them. */
import { type CheckFailure } from '../../provider.ts'
import { UNKNOWN, type WireObject } from '../../wire.ts'
import { addressAt, cidrContains, cidrsOverlap, parseCidr } from '../cidr.ts'
import { type Draft, type Reference, type ResourceModel } from '../model.ts'
import { numberAt, stringAt, stringsAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { zoneId, zonesOf } from './regions.ts'

const VPC = 'aws:ec2/vpc:Vpc'
const SUBNET = 'aws:ec2/subnet:Subnet'
const GROUP = 'aws:ec2/securityGroup:SecurityGroup'
const INTERNET_GATEWAY = 'aws:ec2/internetGateway:InternetGateway'
const NAT_GATEWAY = 'aws:ec2/natGateway:NatGateway'
const ROUTE_TABLE = 'aws:ec2/routeTable:RouteTable'
const ROUTE = 'aws:ec2/route:Route'
const RULES = [
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  'aws:ec2/securityGroupRule:SecurityGroupRule'
]
const TRANSIT_GATEWAY = 'aws:ec2transitgateway/transitGateway:TransitGateway'
const VPN_GATEWAY = 'aws:ec2/vpnGateway:VpnGateway'
const PEERING = 'aws:ec2/vpcPeeringConnection:VpcPeeringConnection'
const EIP = 'aws:ec2/eip:Eip'

const to = (path: string, type: string, holds = true): Reference => ({ path, types: [type], holds })
/** What belongs to a table or group goes with it, as `routes` and `rules` do. */
const sweepsOwn = (types: string[], property: string): ResourceModel['sweeps'] => (record) => ({
  query: { pkg: 'aws', account: record.account, region: record.region },
  goes: (other) => types.includes(other.type) && stringAt(other.inputs, property) === record.id
})
const prefixed = (prefix: string) => (draft: Draft): string => `${prefix}-0${draft.make.hex(16, 'id')}`
/**
 * A public address out of what AWS announces in a region (203.0.113.0/24 and its like are for
 * documentation, so 3.0.0.0/9 is used).
 */
const publicAddress = (draft: Draft, label = 'public'): string =>
  `3.${draft.make.integer(127, `${label}1`)}.${draft.make.integer(256, `${label}2`)}.${
    1 + draft.make.integer(254, `${label}3`)
  }`
const known = (value: string | undefined): value is string => value !== undefined && value !== UNKNOWN

function cidrFailures (
  inputs: WireObject,
  property: string,
  widest: number,
  narrowest: number
): CheckFailure[] {
  const text = stringAt(inputs, property)
  if (!known(text)) return []
  const cidr = parseCidr(text)
  if (!cidr) return [{ property, reason: `"${text}" is not a valid IPv4 CIDR block; did you set host bits?` }]
  return cidr.prefix < widest || cidr.prefix > narrowest
    ? [{
      property,
      reason: `expected "${property}" to contain a network Value with between ${widest} and ${narrowest} ` +
        `significant bits, got: ${cidr.prefix}`
    }]
    : []
}

const oneOf = (inputs: WireObject, properties: string[], what: string): CheckFailure[] => {
  const given = properties.filter((property) => inputs[property] !== undefined)
  if (given.length === 1) return []
  return [{
    property: given[1] ?? properties[0] ?? '',
    reason: given.length === 0
      ? `one of ${properties.join(', ')} must be specified as the ${what}`
      : `only one of ${given.join(', ')} can be specified as the ${what}`
  }]
}

const ROUTE_TARGETS = [
  'gatewayId',
  'natGatewayId',
  'transitGatewayId',
  'vpcPeeringConnectionId',
  'networkInterfaceId',
  'egressOnlyGatewayId',
  'vpcEndpointId',
  'carrierGatewayId',
  'coreNetworkArn',
  'localGatewayId',
  'odbNetworkArn'
]
const ROUTE_DESTINATIONS = ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId']
const rule = (direction: string): ResourceModel => ({
  id: prefixed('sgr'),
  immutable: ['securityGroupId'],
  references: [to('securityGroupId', GROUP, false), to('referencedSecurityGroupId', GROUP)],
  check: (inputs) => [
    ...oneOf(
      inputs,
      ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId'],
      direction === 'ingress' ? 'source' : 'destination'
    ),
    ...(inputs.ipProtocol !== '-1' && inputs.ipProtocol !== UNKNOWN && inputs.fromPort === undefined
      ? [{ property: 'fromPort', reason: 'fromPort and toPort are required unless ipProtocol is "-1"' }]
      : [])
  ],
  outputs: (draft) => ({
    arn: arn('ec2', draft, `security-group-rule/${draft.id}`),
    securityGroupRuleId: draft.id
  })
})

export const network: Record<string, ResourceModel> = {
  [VPC]: {
    id: prefixed('vpc'),
    immutable: ['cidrBlock', 'instanceTenancy', 'ipv4IpamPoolId'],
    quota: [{ quota: 'aws:vpc:vpcs' }],
    check: (inputs) =>
      inputs.cidrBlock === undefined && inputs.ipv4IpamPoolId === undefined
        ? [{ property: 'cidrBlock', reason: 'one of cidrBlock, ipv4IpamPoolId must be specified' }]
        : cidrFailures(inputs, 'cidrBlock', 16, 28),
    outputs: (draft) => ({
      arn: arn('ec2', draft, `vpc/${draft.id}`),
      ownerId: draft.account,
      enableDnsSupport: draft.inputs.enableDnsSupport ?? true,
      enableDnsHostnames: draft.inputs.enableDnsHostnames ?? false,
      instanceTenancy: draft.inputs.instanceTenancy ?? 'default',
      mainRouteTableId: `rtb-0${draft.make.hex(16, 'rtb')}`,
      defaultRouteTableId: `rtb-0${draft.make.hex(16, 'rtb')}`,
      defaultNetworkAclId: `acl-0${draft.make.hex(16, 'acl')}`,
      defaultSecurityGroupId: `sg-0${draft.make.hex(16, 'sg')}`,
      dhcpOptionsId: `dopt-0${draft.make.hex(16, 'dopt')}`
    })
  },
  [SUBNET]: {
    id: prefixed('subnet'),
    immutable: ['vpcId', 'cidrBlock', 'availabilityZone', 'availabilityZoneId'],
    references: [to('vpcId', VPC)],
    check: (inputs) => cidrFailures(inputs, 'cidrBlock', 16, 28),
    looksAt: (draft) => [{ pkg: 'aws', type: SUBNET, account: draft.account, region: draft.region }],
    validate: (draft, found, fail) => {
      const text = stringAt(draft.inputs, 'cidrBlock') ?? ''
      const cidr = parseCidr(text)
      const vpc = found.by(VPC, draft.inputs.vpcId)
      const range = parseCidr(stringAt(vpc?.inputs, 'cidrBlock') ?? '')
      if (!cidr) {
        throw fail({
          status: 400,
          code: 'InvalidParameterValue',
          message: `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`
        })
      }
      if (range && !cidrContains(range, cidr)) {
        throw fail({
          status: 400,
          code: 'InvalidSubnet.Range',
          message: `The CIDR '${text}' is invalid: it is not inside the CIDR ` +
            `'${stringAt(vpc?.inputs, 'cidrBlock')}' of VPC '${vpc?.id}'.`
        })
      }
      for (const sibling of found.of(SUBNET)) {
        if (sibling.id === draft.id || stringAt(sibling.inputs, 'vpcId') !== draft.inputs.vpcId) continue
        const other = parseCidr(stringAt(sibling.inputs, 'cidrBlock') ?? '')
        if (other && cidrsOverlap(cidr, other)) {
          throw fail({
            status: 400,
            code: 'InvalidSubnet.Conflict',
            message: `The CIDR '${text}' conflicts with another subnet (${sibling.id})`
          })
        }
      }
      const zone = stringAt(draft.inputs, 'availabilityZone')
      if (zone && !zonesOf(draft.region).includes(zone)) {
        throw fail({
          status: 400,
          code: 'InvalidParameterValue',
          message:
            `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be ` +
            `created in the following availability zones: ${zonesOf(draft.region).join(', ')}.`
        })
      }
    },
    outputs: (draft) => {
      const zones = zonesOf(draft.region)
      const zone = stringAt(draft.inputs, 'availabilityZone') ??
        stringAt(draft.previous, 'availabilityZone') ?? zones[draft.make.integer(zones.length, 'zone')] ??
        `${draft.region}a`
      return {
        arn: arn('ec2', draft, `subnet/${draft.id}`),
        availabilityZone: zone,
        availabilityZoneId: zoneId(zone),
        ownerId: draft.account,
        privateDnsHostnameTypeOnLaunch: draft.inputs.privateDnsHostnameTypeOnLaunch ?? 'ip-name'
      }
    }
  },
  [INTERNET_GATEWAY]: {
    id: prefixed('igw'),
    quota: [{ quota: 'aws:vpc:internet-gateways' }],
    mutable: ['vpcId'],
    references: [to('vpcId', VPC)],
    outputs: (draft) => ({ arn: arn('ec2', draft, `internet-gateway/${draft.id}`), ownerId: draft.account })
  },
  'aws:ec2/internetGatewayAttachment:InternetGatewayAttachment': {
    id: (draft) => `${stringAt(draft.inputs, 'internetGatewayId')}:${stringAt(draft.inputs, 'vpcId')}`,
    immutable: ['internetGatewayId', 'vpcId'],
    references: [to('internetGatewayId', INTERNET_GATEWAY), to('vpcId', VPC)]
  },
  [EIP]: {
    id: prefixed('eipalloc'),
    immutable: ['domain', 'publicIpv4Pool', 'networkBorderGroup'],
    quota: [{ quota: 'aws:ec2:eips' }],
    outputs: (draft) => {
      const publicIp = publicAddress(draft)
      return {
        allocationId: draft.id,
        arn: arn('ec2', draft, `elastic-ip/${draft.id}`),
        domain: 'vpc',
        publicIp,
        publicDns: `ec2-${publicIp.replaceAll('.', '-')}.${
          draft.region === 'us-east-1' ? 'compute-1' : `${draft.region}.compute`
        }.amazonaws.com`,
        publicIpv4Pool: 'amazon',
        networkBorderGroup: draft.region
      }
    }
  },
  'aws:ec2/eipAssociation:EipAssociation': {
    id: prefixed('eipassoc'),
    references: [to('allocationId', EIP)]
  },
  [NAT_GATEWAY]: {
    id: prefixed('nat'),
    immutable: ['allocationId', 'subnetId', 'connectivityType', 'privateIp'],
    quota: [{ quota: 'aws:vpc:nat-gateways' }],
    references: [to('subnetId', SUBNET), to('allocationId', EIP), to('vpcId', VPC)],
    check: (inputs) =>
      inputs.allocationId === undefined && (inputs.connectivityType ?? 'public') === 'public' &&
        inputs.availabilityMode !== 'regional'
        ? [{ property: 'allocationId', reason: 'allocationId is required when connectivityType is "public"' }]
        : [],
    looksAt: (draft) => [{ pkg: 'aws', type: NAT_GATEWAY, account: draft.account, region: draft.region }],
    validate: (draft, found, fail) => {
      const taken = found.of(NAT_GATEWAY).find((other) =>
        other.id !== draft.id && draft.inputs.allocationId !== undefined &&
        stringAt(other.inputs, 'allocationId') === draft.inputs.allocationId
      )
      if (taken) {
        throw fail({
          status: 400,
          code: 'Resource.AlreadyAssociated',
          message: `Elastic IP address [${stringAt(draft.inputs, 'allocationId')}] is already associated`
        })
      }
    },
    outputs: (draft, found) => {
      const subnet = found.by(SUBNET, draft.inputs.subnetId)
      const range = parseCidr(stringAt(subnet?.outputs, 'cidrBlock') ?? '')
      const address = found.by(EIP, draft.inputs.allocationId)
      return {
        associationId: `eipassoc-0${draft.make.hex(16, 'assoc')}`,
        networkInterfaceId: `eni-0${draft.make.hex(16, 'eni')}`,
        connectivityType: draft.inputs.connectivityType ?? 'public',
        publicIp: stringAt(address?.outputs, 'publicIp') ?? '',
        privateIp: range ? addressAt(range, 4 + draft.make.integer(100, 'private')) : '',
        vpcId: stringAt(subnet?.outputs, 'vpcId') ?? stringAt(draft.inputs, 'vpcId') ?? ''
      }
    }
  },
  [ROUTE_TABLE]: {
    id: prefixed('rtb'),
    immutable: ['vpcId'],
    sweeps: sweepsOwn([ROUTE], 'routeTableId'),
    references: [
      to('vpcId', VPC),
      to('routes[].natGatewayId', NAT_GATEWAY, false),
      to('routes[].transitGatewayId', TRANSIT_GATEWAY, false)
    ],
    outputs: (draft) => ({ arn: arn('ec2', draft, `route-table/${draft.id}`), ownerId: draft.account })
  },
  [ROUTE]: {
    id: (draft) =>
      `r-${stringAt(draft.inputs, 'routeTableId')}${
        draft.make.digits(10, ROUTE_DESTINATIONS.map((key) => stringAt(draft.inputs, key) ?? '').join())
      }`,
    immutable: ['routeTableId', ...ROUTE_DESTINATIONS],
    references: [
      to('routeTableId', ROUTE_TABLE, false),
      to('natGatewayId', NAT_GATEWAY, false),
      to('transitGatewayId', TRANSIT_GATEWAY, false),
      to('vpcPeeringConnectionId', PEERING, false),
      { path: 'gatewayId', types: [INTERNET_GATEWAY, VPN_GATEWAY], except: /^(local|vpce-)/ }
    ],
    check: (
      inputs
    ) => [
      ...oneOf(inputs, ROUTE_TARGETS, 'route target'),
      ...oneOf(inputs, ROUTE_DESTINATIONS, 'route destination')
    ],
    looksAt: (draft) => [
      { pkg: 'aws', type: ROUTE, account: draft.account, region: draft.region },
      ...(draft.inputs.transitGatewayId === undefined
        ? []
        : [{
          pkg: 'aws',
          type: 'aws:ec2transitgateway/vpcAttachment:VpcAttachment',
          account: draft.account,
          region: draft.region
        }])
    ],
    validate: (draft, found, fail) => {
      const destination = ROUTE_DESTINATIONS.map((key) => stringAt(draft.inputs, key)).find((value) =>
        value !== undefined
      )
      const same = found.of(ROUTE).find((other) =>
        other.id !== draft.id && stringAt(other.inputs, 'routeTableId') === draft.inputs.routeTableId &&
        ROUTE_DESTINATIONS.some((key) => stringAt(other.inputs, key) === destination)
      )
      if (same) {
        throw fail({
          status: 400,
          code: 'RouteAlreadyExists',
          message: `Route in Route Table (${stringAt(draft.inputs, 'routeTableId')}) with destination ` +
            `(${destination}) already exists`
        })
      }
      const table = found.by(ROUTE_TABLE, draft.inputs.routeTableId)
      const gateway = stringAt(draft.inputs, 'transitGatewayId')
      const attached = found.of('aws:ec2transitgateway/vpcAttachment:VpcAttachment').some((other) =>
        stringAt(other.inputs, 'transitGatewayId') === gateway &&
        stringAt(other.inputs, 'vpcId') === stringAt(table?.inputs, 'vpcId')
      )
      if (gateway !== undefined && !attached) {
        throw fail({
          status: 400,
          code: 'InvalidTransitGatewayID.NotFound',
          message: `The transitGateway ID '${gateway}' does not exist or is not attached to the VPC ` +
            `'${stringAt(table?.inputs, 'vpcId')}'.`
        })
      }
    },
    outputs: () => ({ origin: 'CreateRoute', state: 'active', instanceId: '', instanceOwnerId: '' })
  },
  'aws:ec2/routeTableAssociation:RouteTableAssociation': {
    id: prefixed('rtbassoc'),
    immutable: ['subnetId', 'gatewayId'],
    references: [to('routeTableId', ROUTE_TABLE), to('subnetId', SUBNET), {
      path: 'gatewayId',
      types: [INTERNET_GATEWAY, VPN_GATEWAY]
    }],
    check: (inputs) => oneOf(inputs, ['subnetId', 'gatewayId'], 'association target')
  },
  'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation': {
    id: prefixed('rtbassoc'),
    immutable: ['vpcId'],
    references: [to('vpcId', VPC), to('routeTableId', ROUTE_TABLE)]
  },
  [GROUP]: {
    id: prefixed('sg'),
    unique: 'region',
    immutable: ['description', 'vpcId', 'name'],
    sweeps: sweepsOwn(RULES, 'securityGroupId'),
    taken: (draft) => ({
      status: 400,
      code: 'InvalidGroup.Duplicate',
      message: `The security group '${draft.name}' already exists for VPC '${
        stringAt(draft.inputs, 'vpcId')
      }'`
    }),
    references: [
      to('vpcId', VPC),
      to('ingress[].securityGroups[]', GROUP),
      to('egress[].securityGroups[]', GROUP)
    ],
    check: (inputs) =>
      typeof inputs.name === 'string' && inputs.name.startsWith('sg-')
        ? [{ property: 'name', reason: 'invalid value for name (cannot begin with sg-)' }]
        : [],
    defaults: () => ({ description: 'Managed by Pulumi', revokeRulesOnDelete: false }),
    outputs: (draft) => ({
      arn: arn('ec2', draft, `security-group/${draft.id}`),
      ownerId: draft.account,
      namePrefix: ''
    })
  },
  'aws:ec2/securityGroupRule:SecurityGroupRule': {
    id: (draft) => `sgrule-${draft.make.digits(10, 'id')}`,
    references: [to('securityGroupId', GROUP, false), to('sourceSecurityGroupId', GROUP)],
    immutable: [
      'type',
      'fromPort',
      'toPort',
      'protocol',
      'securityGroupId',
      'cidrBlocks',
      'sourceSecurityGroupId'
    ],
    outputs: (draft) => ({ securityGroupRuleId: `sgr-0${draft.make.hex(16, 'rule')}` })
  },
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': rule('ingress'),
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': rule('egress'),
  'aws:ec2/vpcEndpoint:VpcEndpoint': {
    id: prefixed('vpce'),
    immutable: ['vpcId', 'serviceName', 'vpcEndpointType'],
    references: [
      to('vpcId', VPC),
      to('subnetIds[]', SUBNET),
      to('securityGroupIds[]', GROUP),
      to('routeTableIds[]', ROUTE_TABLE)
    ],
    outputs: (draft) => {
      const type = draft.inputs.vpcEndpointType ?? 'Gateway'
      const service = stringAt(draft.inputs, 'serviceName') ?? ''
      return {
        arn: arn('ec2', draft, `vpc-endpoint/${draft.id}`),
        ownerId: draft.account,
        state: 'available',
        vpcEndpointType: type,
        requesterManaged: false,
        dnsEntries: type === 'Interface'
          ? [{
            dnsName: `${draft.id}-${draft.make.alnum(8, 'dns')}.${service.split('.').slice(3).join('.')}.` +
              `${draft.region}.vpce.amazonaws.com`,
            hostedZoneId: `Z${draft.make.hex(13, 'zone').toUpperCase()}`
          }]
          : [],
        networkInterfaceIds: stringsAt(draft.inputs, 'subnetIds[]').map((subnet) =>
          `eni-0${draft.make.hex(16, subnet)}`
        ),
        prefixListId: type === 'Gateway' ? `pl-${draft.make.hex(8, 'pl')}` : ''
      }
    }
  },
  'aws:ec2/flowLog:FlowLog': {
    id: prefixed('fl'),
    immutable: [
      'vpcId',
      'subnetId',
      'trafficType',
      'logDestination',
      'iamRoleArn',
      'logDestinationType',
      'logFormat',
      'maxAggregationInterval'
    ],
    references: [to('vpcId', VPC, false), to('subnetId', SUBNET, false), {
      path: 'iamRoleArn',
      types: ['aws:iam/role:Role'],
      anywhere: true
    }],
    outputs: (draft) => ({ arn: arn('ec2', draft, `vpc-flow-log/${draft.id}`) })
  },
  [VPN_GATEWAY]: {
    id: prefixed('vgw'),
    immutable: ['amazonSideAsn', 'availabilityZone'],
    mutable: ['vpcId'],
    references: [to('vpcId', VPC)],
    outputs: (draft) => ({
      arn: arn('ec2', draft, `vpn-gateway/${draft.id}`),
      amazonSideAsn: draft.inputs.amazonSideAsn ?? '64512'
    })
  },
  'aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment': {
    id: (draft) => `vpn-attachment-${draft.make.hex(8, 'id')}`,
    immutable: ['vpcId', 'vpnGatewayId'],
    references: [to('vpcId', VPC), to('vpnGatewayId', VPN_GATEWAY)]
  },
  'aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation': {
    id: (draft) => `${stringAt(draft.inputs, 'vpnGatewayId')}_${stringAt(draft.inputs, 'routeTableId')}`,
    immutable: ['routeTableId', 'vpnGatewayId'],
    references: [to('vpnGatewayId', VPN_GATEWAY), to('routeTableId', ROUTE_TABLE)]
  },
  'aws:ec2/customerGateway:CustomerGateway': {
    id: prefixed('cgw'),
    immutable: ['bgpAsn', 'ipAddress', 'type', 'certificateArn', 'deviceName', 'bgpAsnExtended'],
    quota: [{ quota: 'aws:ec2:customer-gateways' }],
    check: (inputs) =>
      known(stringAt(inputs, 'ipAddress')) && !parseCidr(`${stringAt(inputs, 'ipAddress')}/32`)
        ? [{
          property: 'ipAddress',
          reason: `expected ipAddress to contain a valid IPv4 address, got: ${stringAt(inputs, 'ipAddress')}`
        }]
        : [],
    outputs: (draft) => ({ arn: arn('ec2', draft, `customer-gateway/${draft.id}`) })
  },
  'aws:ec2/vpnConnection:VpnConnection': {
    id: prefixed('vpn'),
    immutable: ['type', 'staticRoutesOnly', 'enableAcceleration', 'tunnelInsideIpVersion'],
    quota: [{ quota: 'aws:ec2:vpn-connections' }],
    references: [
      to('customerGatewayId', 'aws:ec2/customerGateway:CustomerGateway'),
      to('vpnGatewayId', VPN_GATEWAY),
      to('transitGatewayId', TRANSIT_GATEWAY)
    ],
    check: (inputs) =>
      oneOf(inputs, ['vpnGatewayId', 'transitGatewayId', 'vpnConcentratorId'], 'gateway on the AWS side'),
    outputs: (draft) => ({
      arn: arn('ec2', draft, `vpn-connection/${draft.id}`),
      customerGatewayConfiguration:
        `<?xml version="1.0" encoding="UTF-8"?>\n<vpn_connection id="${draft.id}"/>`,
      transitGatewayAttachmentId: draft.inputs.transitGatewayId === undefined
        ? ''
        : `tgw-attach-0${draft.make.hex(16, 'attachment')}`,
      ...tunnel(draft, 1),
      ...tunnel(draft, 2)
    })
  },
  'aws:ec2/vpnConnectionRoute:VpnConnectionRoute': {
    id: (draft) =>
      `${stringAt(draft.inputs, 'destinationCidrBlock')}:${stringAt(draft.inputs, 'vpnConnectionId')}`,
    immutable: ['destinationCidrBlock', 'vpnConnectionId'],
    references: [to('vpnConnectionId', 'aws:ec2/vpnConnection:VpnConnection')]
  },
  [PEERING]: {
    id: prefixed('pcx'),
    immutable: ['peerVpcId', 'vpcId', 'peerRegion', 'peerOwnerId'],
    references: [to('vpcId', VPC), { path: 'peerVpcId', types: [VPC], anywhere: true }],
    outputs: (draft) => ({
      acceptStatus: draft.inputs.autoAccept === true ? 'active' : 'pending-acceptance',
      peerOwnerId: stringAt(draft.inputs, 'peerOwnerId') ?? draft.account
    })
  },
  'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter': {
    id: (draft) => stringAt(draft.inputs, 'vpcPeeringConnectionId') ?? '',
    immutable: ['vpcPeeringConnectionId'],
    references: [{ path: 'vpcPeeringConnectionId', types: [PEERING], anywhere: true }],
    outputs: () => ({ acceptStatus: 'active' })
  },
  'aws:ec2/networkInterface:NetworkInterface': {
    id: prefixed('eni'),
    immutable: ['subnetId'],
    references: [to('subnetId', SUBNET), to('securityGroups[]', GROUP)]
  }
}

/**
 * One tunnel of a VPN connection: addresses, the inside /30 out of 169.254.0.0/16 and the key, as
 * given or as AWS would choose them.
 */
function tunnel (draft: Draft, number: 1 | 2): WireObject {
  const key = (name: string): string => `tunnel${number}${name}`
  const inside = stringAt(draft.inputs, key('InsideCidr')) ??
    `169.254.${6 + draft.make.integer(240, key('inside1'))}.${4 * draft.make.integer(64, key('inside2'))}/30`
  const range = parseCidr(inside)
  return {
    [key('Address')]: publicAddress(draft, key('address')),
    [key('InsideCidr')]: inside,
    [key('VgwInsideAddress')]: range ? addressAt(range, 1) : '',
    [key('CgwInsideAddress')]: range ? addressAt(range, 2) : '',
    [key('BgpAsn')]: '64512',
    [key('BgpHoldtime')]: 30,
    [key('PresharedKey')]: stringAt(draft.inputs, key('PresharedKey')) ?? draft.make.alnum(32, key('psk')),
    [key('RekeyFuzzPercentage')]: numberAt(draft.inputs, key('RekeyFuzzPercentage'), 100)
  }
}
