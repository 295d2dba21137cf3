/** Models of internet gateways, NAT gateways and elastic addresses. */
import { addressAt, parseCidr } from '../cidr.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id, publicAddress } from './ec2-ids.ts'
import { eipType, internetGatewayType, natGatewayType, subnetType, vpcType } from './types.ts'

export const gateways: Record<string, ResourceModel> = {
  [internetGatewayType]: {
    id: ec2Id('igw'),
    quota: [{ quota: 'aws:vpc:internet-gateways' }],
    mutable: ['vpcId'],
    references: [refersTo('vpcId', vpcType)],
    outputs: (draft) => ({ arn: arn('ec2', draft, `internet-gateway/${draft.id}`), ownerId: draft.account })
  },
  'aws:ec2/internetGatewayAttachment:InternetGatewayAttachment': {
    id: (draft) => `${stringAt(draft.inputs, 'internetGatewayId')}:${stringAt(draft.inputs, 'vpcId')}`,
    immutable: ['internetGatewayId', 'vpcId'],
    references: [refersTo('internetGatewayId', internetGatewayType), refersTo('vpcId', vpcType)]
  },
  [eipType]: {
    id: ec2Id('eipalloc'),
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
    id: ec2Id('eipassoc'),
    references: [refersTo('allocationId', eipType)]
  },
  [natGatewayType]: {
    id: ec2Id('nat'),
    immutable: ['allocationId', 'subnetId', 'connectivityType', 'privateIp'],
    quota: [{ quota: 'aws:vpc:nat-gateways' }],
    references: [
      refersTo('subnetId', subnetType),
      refersTo('allocationId', eipType),
      refersTo('vpcId', vpcType)
    ],
    check: (inputs) =>
      inputs.allocationId === undefined && (inputs.connectivityType ?? 'public') === 'public' &&
        inputs.availabilityMode !== 'regional'
        ? [{ property: 'allocationId', reason: 'allocationId is required when connectivityType is "public"' }]
        : [],
    looksAt: (draft) => [{ pkg: 'aws', type: natGatewayType, account: draft.account, region: draft.region }],
    validate: (draft, found, fail) => {
      const taken = found.of(natGatewayType).find((other) =>
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
      const subnet = found.by(subnetType, draft.inputs.subnetId)
      const range = parseCidr(stringAt(subnet?.outputs, 'cidrBlock') ?? '')
      const address = found.by(eipType, draft.inputs.allocationId)
      return {
        associationId: `eipassoc-0${draft.make.hex(16, 'assoc')}`,
        networkInterfaceId: `eni-0${draft.make.hex(16, 'eni')}`,
        connectivityType: draft.inputs.connectivityType ?? 'public',
        publicIp: stringAt(address?.outputs, 'publicIp') ?? '',
        privateIp: range ? addressAt(range, 4 + draft.make.integer(100, 'private')) : '',
        vpcId: stringAt(subnet?.outputs, 'vpcId') ?? stringAt(draft.inputs, 'vpcId') ?? ''
      }
    }
  }
}
