/** Models of transit gateways, their attachments and peerings. */
import { unknownValue } from '../../wire.ts'
import { type Reference, type ResourceModel, refersTo } from '../resource-model.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { subnetType, transitGatewayType, transitVpcAttachmentType, vpcType } from './types.ts'

const tableType = 'aws:ec2transitgateway/routeTable:RouteTable'
const peeringType = 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment'

/** An attachment that has a record. */
const attachment: Reference = {
  path: 'transitGatewayAttachmentId',
  types: [transitVpcAttachmentType, peeringType],
  anywhere: true
}

export const transit: Record<string, ResourceModel> = {
  [transitGatewayType]: {
    id: ec2Id('tgw'),
    immutable: ['multicastSupport'],
    quota: [{ quota: 'aws:ec2:transit-gateways' }],
    check: (inputs) => {
      const asn = numberAt(inputs, 'amazonSideAsn', 64512)
      const fits = (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294)
      return inputs.amazonSideAsn === unknownValue || fits
        ? []
        : [{
          property: 'amazonSideAsn',
          reason: `expected amazonSideAsn to be in 64512..65534 or 4200000000..4294967294, got ${asn}`
        }]
    },
    outputs: (draft) => ({
      arn: arn('ec2', draft, `transit-gateway/${draft.id}`),
      ownerId: draft.account,
      amazonSideAsn: draft.inputs.amazonSideAsn ?? 64512,
      associationDefaultRouteTableId: `tgw-rtb-0${draft.make.hex(16, 'rtb')}`,
      propagationDefaultRouteTableId: `tgw-rtb-0${draft.make.hex(16, 'rtb')}`
    })
  },
  [tableType]: {
    id: ec2Id('tgw-rtb'),
    immutable: ['transitGatewayId'],
    references: [refersTo('transitGatewayId', transitGatewayType)],
    outputs: (draft) => ({
      arn: arn('ec2', draft, `transit-gateway-route-table/${draft.id}`),
      defaultAssociationRouteTable: false,
      defaultPropagationRouteTable: false
    })
  },
  [transitVpcAttachmentType]: {
    id: ec2Id('tgw-attach'),
    immutable: ['transitGatewayId', 'vpcId'],
    references: [
      refersTo('transitGatewayId', transitGatewayType),
      refersTo('vpcId', vpcType),
      refersTo('subnetIds[]', subnetType)
    ],
    looksAt: (
      draft
    ) => [{ pkg: 'aws', type: transitVpcAttachmentType, account: draft.account, region: draft.region }],
    validate: (draft, found, fail) => {
      const twin = found.of(transitVpcAttachmentType).find((other) =>
        other.id !== draft.id && stringAt(other.inputs, 'vpcId') === draft.inputs.vpcId &&
        stringAt(other.inputs, 'transitGatewayId') === draft.inputs.transitGatewayId
      )
      if (twin) {
        throw fail({
          status: 400,
          code: 'DuplicateTransitGatewayAttachment',
          message:
            `${stringAt(draft.inputs, 'transitGatewayId')} has non-deleted Transit Gateway Attachments ` +
            'with same VPC ID.'
        })
      }
    },
    outputs: (draft) => ({
      arn: arn('ec2', draft, `transit-gateway-attachment/${draft.id}`),
      vpcOwnerId: draft.account
    })
  },
  [peeringType]: {
    id: ec2Id('tgw-attach'),
    immutable: ['peerRegion', 'peerTransitGatewayId', 'transitGatewayId', 'peerAccountId'],
    references: [
      refersTo('transitGatewayId', transitGatewayType),
      refersTo('peerTransitGatewayId', transitGatewayType, { anywhere: true })
    ],
    validate: (draft, found, fail) => {
      const peer = found.by(transitGatewayType, draft.inputs.peerTransitGatewayId)
      const region = stringAt(draft.inputs, 'peerRegion')
      if (peer && region !== undefined && peer.region !== region) {
        throw fail({
          status: 400,
          code: 'InvalidTransitGatewayID.NotFound',
          message: `Transit Gateway ${peer.id} does not exist in region ${region}.`
        })
      }
    },
    outputs: (draft) => ({
      arn: arn('ec2', draft, `transit-gateway-attachment/${draft.id}`),
      peerAccountId: stringAt(draft.inputs, 'peerAccountId') ?? draft.account,
      state: 'pendingAcceptance'
    })
  },
  'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter': {
    id: (draft) => stringAt(draft.inputs, 'transitGatewayAttachmentId') ?? '',
    immutable: ['transitGatewayAttachmentId'],
    references: [refersTo('transitGatewayAttachmentId', peeringType, { anywhere: true })],
    validate: (draft, found, fail) => {
      const peering = found.by(peeringType, draft.inputs.transitGatewayAttachmentId)
      if (peering && stringAt(peering.inputs, 'peerRegion') !== draft.region) {
        throw fail({
          status: 400,
          code: 'InvalidTransitGatewayAttachmentID.NotFound',
          message:
            `Transit Gateway Attachment ${peering.id} is not offered to region ${draft.region}: accept ` +
            `it in ${stringAt(peering.inputs, 'peerRegion')}.`
        })
      }
    },
    outputs: (draft, found) => {
      const peering = found.by(peeringType, draft.inputs.transitGatewayAttachmentId)
      return {
        peerAccountId: peering?.account ?? draft.account,
        peerTransitGatewayId: stringAt(peering?.inputs, 'transitGatewayId') ?? '',
        transitGatewayId: stringAt(peering?.inputs, 'peerTransitGatewayId') ?? ''
      }
    }
  },
  // No references: the attachment of a VPN connection and a gateway's default route table are made
  // together with their owners and have no records.
  'aws:ec2transitgateway/route:Route': {
    id: (draft) =>
      `${stringAt(draft.inputs, 'transitGatewayRouteTableId')}_` +
      `${stringAt(draft.inputs, 'destinationCidrBlock')}`,
    immutable: [
      'destinationCidrBlock',
      'transitGatewayRouteTableId',
      'transitGatewayAttachmentId',
      'blackhole'
    ],
    taken: (draft) => ({
      status: 400,
      code: 'RouteAlreadyExists',
      message:
        `The route ${stringAt(draft.inputs, 'destinationCidrBlock')} already exists in Transit Gateway ` +
        `Route Table ${stringAt(draft.inputs, 'transitGatewayRouteTableId')}.`
    })
  },
  'aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation': {
    id: (draft) =>
      `${stringAt(draft.inputs, 'transitGatewayRouteTableId')}_` +
      `${stringAt(draft.inputs, 'transitGatewayAttachmentId')}`,
    immutable: ['transitGatewayAttachmentId', 'transitGatewayRouteTableId'],
    references: [attachment, refersTo('transitGatewayRouteTableId', tableType)],
    outputs: () => ({ resourceType: 'vpc' })
  },
  'aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation': {
    id: (draft) =>
      `${stringAt(draft.inputs, 'transitGatewayRouteTableId')}_` +
      `${stringAt(draft.inputs, 'transitGatewayAttachmentId')}`,
    immutable: ['transitGatewayAttachmentId', 'transitGatewayRouteTableId'],
    references: [attachment, refersTo('transitGatewayRouteTableId', tableType)],
    outputs: () => ({ resourceType: 'vpc' })
  }
}
