/** Models of site-to-site VPN: both gateways and the connection between them. */
import { unknownValue, type WireObject } from '../../wire.ts'
import { addressAt, parseCidr } from '../cidr.ts'
import { type Draft } from '../draft.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id, publicAddress } from './ec2-ids.ts'
import { exactlyOne } from './input-checks.ts'
import { customerGatewayType, routeTableType, transitGatewayType, vpcType, vpnGatewayType } from './types.ts'

const connectionType = 'aws:ec2/vpnConnection:VpnConnection'

export const vpn: Record<string, ResourceModel> = {
  [vpnGatewayType]: {
    id: ec2Id('vgw'),
    immutable: ['amazonSideAsn', 'availabilityZone'],
    mutable: ['vpcId'],
    references: [refersTo('vpcId', vpcType)],
    outputs: (draft) => ({
      arn: arn('ec2', draft, `vpn-gateway/${draft.id}`),
      amazonSideAsn: draft.inputs.amazonSideAsn ?? '64512'
    })
  },
  'aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment': {
    id: (draft) => `vpn-attachment-${draft.make.hex(8, 'id')}`,
    immutable: ['vpcId', 'vpnGatewayId'],
    references: [refersTo('vpcId', vpcType), refersTo('vpnGatewayId', vpnGatewayType)]
  },
  'aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation': {
    id: (draft) => `${stringAt(draft.inputs, 'vpnGatewayId')}_${stringAt(draft.inputs, 'routeTableId')}`,
    immutable: ['routeTableId', 'vpnGatewayId'],
    references: [refersTo('vpnGatewayId', vpnGatewayType), refersTo('routeTableId', routeTableType)]
  },
  [customerGatewayType]: {
    id: ec2Id('cgw'),
    immutable: ['bgpAsn', 'ipAddress', 'type', 'certificateArn', 'deviceName', 'bgpAsnExtended'],
    quota: [{ quota: 'aws:ec2:customer-gateways' }],
    check: (inputs) => {
      const address = stringAt(inputs, 'ipAddress')
      return address === undefined || address === unknownValue || parseCidr(`${address}/32`)
        ? []
        : [{
          property: 'ipAddress',
          reason: `expected ipAddress to contain a valid IPv4 address, got: ${address}`
        }]
    },
    outputs: (draft) => ({ arn: arn('ec2', draft, `customer-gateway/${draft.id}`) })
  },
  [connectionType]: {
    id: ec2Id('vpn'),
    immutable: ['type', 'staticRoutesOnly', 'enableAcceleration', 'tunnelInsideIpVersion'],
    quota: [{ quota: 'aws:ec2:vpn-connections' }],
    references: [
      refersTo('customerGatewayId', customerGatewayType),
      refersTo('vpnGatewayId', vpnGatewayType),
      refersTo('transitGatewayId', transitGatewayType)
    ],
    check: (inputs) =>
      exactlyOne(
        inputs,
        ['vpnGatewayId', 'transitGatewayId', 'vpnConcentratorId'],
        'gateway on the AWS side'
      ),
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
    references: [refersTo('vpnConnectionId', connectionType)]
  }
}

/**
 * One tunnel of a VPN connection: its addresses, the inside /30 out of 169.254.0.0/16 and the key,
 * as given or as AWS chooses them.
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
