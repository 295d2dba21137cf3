/** Models of security groups and their rules. */
import { unknownValue } from '../../wire.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { exactlyOne } from './input-checks.ts'
import { securityGroupType, vpcType } from './types.ts'

const ingressRuleType = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
const egressRuleType = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'
const ruleType = 'aws:ec2/securityGroupRule:SecurityGroupRule'
/** Rules that go away with their group. */
const rules = [ingressRuleType, egressRuleType, ruleType]

/** A rule of one direction, with exactly one peer. */
const ruleOfOne = (peer: 'source' | 'destination'): ResourceModel => ({
  id: ec2Id('sgr'),
  immutable: ['securityGroupId'],
  references: [
    refersTo('securityGroupId', securityGroupType, { holds: false }),
    refersTo('referencedSecurityGroupId', securityGroupType)
  ],
  check: (inputs) => [
    ...exactlyOne(inputs, ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId'], peer),
    ...(inputs.ipProtocol !== '-1' && inputs.ipProtocol !== unknownValue && inputs.fromPort === undefined
      ? [{ property: 'fromPort', reason: 'fromPort and toPort are required unless ipProtocol is "-1"' }]
      : [])
  ],
  outputs: (draft) => ({
    arn: arn('ec2', draft, `security-group-rule/${draft.id}`),
    securityGroupRuleId: draft.id
  })
})

export const securityGroups: Record<string, ResourceModel> = {
  [securityGroupType]: {
    id: ec2Id('sg'),
    unique: 'region',
    immutable: ['description', 'vpcId', 'name'],
    sweeps: (record) => ({
      query: { pkg: 'aws', account: record.account, region: record.region },
      goes: (other) => rules.includes(other.type) && stringAt(other.inputs, 'securityGroupId') === record.id
    }),
    taken: (draft) => ({
      status: 400,
      code: 'InvalidGroup.Duplicate',
      message: `The security group '${draft.name}' already exists for VPC '${
        stringAt(draft.inputs, 'vpcId')
      }'`
    }),
    references: [
      refersTo('vpcId', vpcType),
      refersTo('ingress[].securityGroups[]', securityGroupType),
      refersTo('egress[].securityGroups[]', securityGroupType)
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
  [ruleType]: {
    id: (draft) => `sgrule-${draft.make.digits(10, 'id')}`,
    references: [
      refersTo('securityGroupId', securityGroupType, { holds: false }),
      refersTo('sourceSecurityGroupId', securityGroupType)
    ],
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
  [ingressRuleType]: ruleOfOne('source'),
  [egressRuleType]: ruleOfOne('destination')
}
