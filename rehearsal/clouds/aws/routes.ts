/** Models of route tables, their routes and associations. */
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { exactlyOne } from './input-checks.ts'
import {
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  ROUTE_TABLE,
  SUBNET,
  TRANSIT_GATEWAY,
  TRANSIT_VPC_ATTACHMENT,
  VPC,
  VPC_PEERING,
  VPN_GATEWAY
} from './types.ts'

const ROUTE = 'aws:ec2/route:Route'
const TARGETS = [
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
const DESTINATIONS = ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId']

export const routes: Record<string, ResourceModel> = {
  [ROUTE_TABLE]: {
    id: ec2Id('rtb'),
    immutable: ['vpcId'],
    sweeps: (record) => ({
      query: { pkg: 'aws', account: record.account, region: record.region },
      goes: (other) => other.type === ROUTE && stringAt(other.inputs, 'routeTableId') === record.id
    }),
    references: [
      refersTo('vpcId', VPC),
      refersTo('routes[].natGatewayId', NAT_GATEWAY, { holds: false }),
      refersTo('routes[].transitGatewayId', TRANSIT_GATEWAY, { holds: false })
    ],
    outputs: (draft) => ({ arn: arn('ec2', draft, `route-table/${draft.id}`), ownerId: draft.account })
  },
  [ROUTE]: {
    id: (draft) =>
      `r-${stringAt(draft.inputs, 'routeTableId')}` +
      `${draft.make.digits(10, DESTINATIONS.map((key) => stringAt(draft.inputs, key) ?? '').join())}`,
    immutable: ['routeTableId', ...DESTINATIONS],
    references: [
      refersTo('routeTableId', ROUTE_TABLE, { holds: false }),
      refersTo('natGatewayId', NAT_GATEWAY, { holds: false }),
      refersTo('transitGatewayId', TRANSIT_GATEWAY, { holds: false }),
      refersTo('vpcPeeringConnectionId', VPC_PEERING, { holds: false }),
      { path: 'gatewayId', types: [INTERNET_GATEWAY, VPN_GATEWAY], except: /^(local|vpce-)/ }
    ],
    check: (
      inputs
    ) => [
      ...exactlyOne(inputs, TARGETS, 'route target'),
      ...exactlyOne(inputs, DESTINATIONS, 'route destination')
    ],
    looksAt: (draft) => [
      { pkg: 'aws', type: ROUTE, account: draft.account, region: draft.region },
      ...(draft.inputs.transitGatewayId === undefined
        ? []
        : [{
          pkg: 'aws',
          type: TRANSIT_VPC_ATTACHMENT,
          account: draft.account,
          region: draft.region
        }])
    ],
    validate: (draft, found, fail) => {
      const destination = DESTINATIONS.map((key) => stringAt(draft.inputs, key)).find((value) =>
        value !== undefined
      )
      const same = found.of(ROUTE).find((other) =>
        other.id !== draft.id && stringAt(other.inputs, 'routeTableId') === draft.inputs.routeTableId &&
        DESTINATIONS.some((key) => stringAt(other.inputs, key) === destination)
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
      const attached = found.of(TRANSIT_VPC_ATTACHMENT).some((other) =>
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
    references: [refersTo('routeTableId', ROUTE_TABLE), refersTo('subnetId', SUBNET), {
      path: 'gatewayId',
      types: [INTERNET_GATEWAY, VPN_GATEWAY]
    }],
    check: (inputs) => exactlyOne(inputs, ['subnetId', 'gatewayId'], 'association target')
  },
  'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation': {
    id: ec2Id('rtbassoc'),
    immutable: ['vpcId'],
    references: [refersTo('vpcId', VPC), refersTo('routeTableId', ROUTE_TABLE)]
  }
}
