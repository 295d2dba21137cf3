/** Models of VPCs, their subnets, endpoints, flow logs and peerings. */
import { cidrContains, cidrsOverlap, parseCidr } from '../cidr.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt, stringsAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { cidrFailures } from './input-checks.ts'
import { zoneId, zonesOf } from './regions.ts'
import { roleType, routeTableType, securityGroupType, subnetType, vpcType, vpcPeeringType } from './types.ts'

export const vpc: Record<string, ResourceModel> = {
  [vpcType]: {
    id: ec2Id('vpc'),
    immutable: ['cidrBlock', 'instanceTenancy', 'ipv4IpamPoolId'],
    quota: [{ quota: 'aws:vpc:vpcs' }],
    check: (inputs) =>
      inputs.cidrBlock === undefined && inputs.ipv4IpamPoolId === undefined
        ? [{ property: 'cidrBlock', reason: 'one of cidrBlock, ipv4IpamPoolId must be specified' }]
        : cidrFailures(inputs, 'cidrBlock', [16, 28]),
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
  [subnetType]: {
    id: ec2Id('subnet'),
    immutable: ['vpcId', 'cidrBlock', 'availabilityZone', 'availabilityZoneId'],
    references: [refersTo('vpcId', vpcType)],
    check: (inputs) => cidrFailures(inputs, 'cidrBlock', [16, 28]),
    looksAt: (draft) => [{ pkg: 'aws', type: subnetType, account: draft.account, region: draft.region }],
    validate: (draft, found, fail) => {
      const text = stringAt(draft.inputs, 'cidrBlock') ?? ''
      const cidr = parseCidr(text)
      const vpc = found.by(vpcType, draft.inputs.vpcId)
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
      for (const sibling of found.of(subnetType)) {
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
  'aws:ec2/vpcEndpoint:VpcEndpoint': {
    id: ec2Id('vpce'),
    immutable: ['vpcId', 'serviceName', 'vpcEndpointType'],
    references: [
      refersTo('vpcId', vpcType),
      refersTo('subnetIds[]', subnetType),
      refersTo('securityGroupIds[]', securityGroupType),
      refersTo('routeTableIds[]', routeTableType)
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
    id: ec2Id('fl'),
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
    references: [
      refersTo('vpcId', vpcType, { holds: false }),
      refersTo('subnetId', subnetType, { holds: false }),
      refersTo('iamRoleArn', roleType, { anywhere: true })
    ],
    outputs: (draft) => ({ arn: arn('ec2', draft, `vpc-flow-log/${draft.id}`) })
  },
  [vpcPeeringType]: {
    id: ec2Id('pcx'),
    immutable: ['peerVpcId', 'vpcId', 'peerRegion', 'peerOwnerId'],
    references: [refersTo('vpcId', vpcType), refersTo('peerVpcId', vpcType, { anywhere: true })],
    outputs: (draft) => ({
      acceptStatus: draft.inputs.autoAccept === true ? 'active' : 'pending-acceptance',
      peerOwnerId: stringAt(draft.inputs, 'peerOwnerId') ?? draft.account
    })
  },
  'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter': {
    id: (draft) => stringAt(draft.inputs, 'vpcPeeringConnectionId') ?? '',
    immutable: ['vpcPeeringConnectionId'],
    references: [refersTo('vpcPeeringConnectionId', vpcPeeringType, { anywhere: true })],
    outputs: () => ({ acceptStatus: 'active' })
  },
  'aws:ec2/networkInterface:NetworkInterface': {
    id: ec2Id('eni'),
    immutable: ['subnetId'],
    references: [refersTo('subnetId', subnetType), refersTo('securityGroups[]', securityGroupType)]
  }
}
