/** Models of route tables, their routes and associations. */
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { exactlyOne } from './input-checks.ts'
import {
  internetGatewayType,
  natGatewayType,
  routeTableType,
  subnetType,
  transitGatewayType,
  transitVpcAttachmentType,
  vpcType,
  vpcPeeringType,
  vpnGatewayType
} from './types.ts'

const routeType = 'aws:ec2/route:Route'
const targets = [
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
const destinations = ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId']

export const routes: Record<string, ResourceModel> = {
  [routeTableType]: {
    id: ec2Id('rtb'),
    immutable: ['vpcId'],
    sweeps: (record) => ({
      query: { pkg: 'aws', account: record.account, region: record.region },
      goes: (other) => other.type === routeType && stringAt(other.inputs, 'routeTableId') === record.id
    }),
    references: [
      refersTo('vpcId', vpcType),
      refersTo('routes[].natGatewayId', natGatewayType, { holds: false }),
      refersTo('routes[].transitGatewayId', transitGatewayType, { holds: false })
    ],
    outputs: (draft) => ({ arn: arn('ec2', draft, `route-table/${draft.id}`), ownerId: draft.account })
  },
  [routeType]: {
    id: (draft) =>
      `r-${stringAt(draft.inputs, 'routeTableId')}` +
      `${draft.make.digits(10, destinations.map((key) => stringAt(draft.inputs, key) ?? '').join())}`,
    immutable: ['routeTableId', ...destinations],
    references: [
      refersTo('routeTableId', routeTableType, { holds: false }),
      refersTo('natGatewayId', natGatewayType, { holds: false }),
      refersTo('transitGatewayId', transitGatewayType, { holds: false }),
      refersTo('vpcPeeringConnectionId', vpcPeeringType, { holds: false }),
      { path: 'gatewayId', types: [internetGatewayType, vpnGatewayType], except: /^(local|vpce-)/ }
    ],
    check: (
      inputs
    ) => [
      ...exactlyOne(inputs, targets, 'route target'),
      ...exactlyOne(inputs, destinations, 'route destination')
    ],
    looksAt: (draft) => [
      { pkg: 'aws', type: routeType, account: draft.account, region: draft.region },
      ...(draft.inputs.transitGatewayId === undefined
        ? []
        : [{
          pkg: 'aws',
          type: transitVpcAttachmentType,
          account: draft.account,
          region: draft.region
        }])
    ],
    validate: (draft, found, fail) => {
      const destination = destinations.map((key) => stringAt(draft.inputs, key)).find((value) =>
        value !== undefined
      )
      const same = found.of(routeType).find((other) =>
        other.id !== draft.id && stringAt(other.inputs, 'routeTableId') === draft.inputs.routeTableId &&
        destinations.some((key) => stringAt(other.inputs, key) === destination)
      )
      if (same) {
        throw fail({
          status: 400,
          code: 'RouteAlreadyExists',
          message: `Route in Route Table (${stringAt(draft.inputs, 'routeTableId')}) with destination ` +
            `(${destination}) already exists`
        })
      }
      const table = found.by(routeTableType, draft.inputs.routeTableId)
      const gateway = stringAt(draft.inputs, 'transitGatewayId')
      const attached = found.of(transitVpcAttachmentType).some((other) =>
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
    id: ec2Id('rtbassoc'),
    immutable: ['subnetId', 'gatewayId'],
    references: [refersTo('routeTableId', routeTableType), refersTo('subnetId', subnetType), {
      path: 'gatewayId',
      types: [internetGatewayType, vpnGatewayType]
    }],
    check: (inputs) => exactlyOne(inputs, ['subnetId', 'gatewayId'], 'association target')
  },
  'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation': {
    id: ec2Id('rtbassoc'),
    immutable: ['vpcId'],
    references: [refersTo('vpcId', vpcType), refersTo('routeTableId', routeTableType)]
  }
}
