/** Models of security groups and their rules. */
import { UNKNOWN } from '../../wire.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { exactlyOne } from './input-checks.ts'
import { SECURITY_GROUP, VPC } from './types.ts'

const INGRESS_RULE = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
const EGRESS_RULE = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'
const RULE = 'aws:ec2/securityGroupRule:SecurityGroupRule'
/** Rules that go away with their group. */
const RULES = [INGRESS_RULE, EGRESS_RULE, RULE]

/** A rule of one direction, with exactly one peer. */
const ruleOfOne = (peer: 'source' | 'destination'): ResourceModel => ({
  id: ec2Id('sgr'),
  immutable: ['securityGroupId'],
  references: [
    refersTo('securityGroupId', SECURITY_GROUP, { holds: false }),
    refersTo('referencedSecurityGroupId', SECURITY_GROUP)
  ],
  check: (inputs) => [
    ...exactlyOne(inputs, ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId'], peer),
    ...(inputs.ipProtocol !== '-1' && inputs.ipProtocol !== UNKNOWN && inputs.fromPort === undefined
      ? [{ property: 'fromPort', reason: 'fromPort and toPort are required unless ipProtocol is "-1"' }]
      : [])
  ],
  outputs: (draft) => ({
    arn: arn('ec2', draft, `security-group-rule/${draft.id}`),
    securityGroupRuleId: draft.id
  })
})

export const securityGroups: Record<string, ResourceModel> = {
  [SECURITY_GROUP]: {
    id: ec2Id('sg'),
    unique: 'region',
    immutable: ['description', 'vpcId', 'name'],
    sweeps: (record) => ({
      query: { pkg: 'aws', account: record.account, region: record.region },
      goes: (other) => RULES.includes(other.type) && stringAt(other.inputs, 'securityGroupId') === record.id
    }),
    taken: (draft) => ({
      status: 400,
      code: 'InvalidGroup.Duplicate',
      message: `The security group '${draft.name}' already exists for VPC '${
        stringAt(draft.inputs, 'vpcId')
      }'`
    }),
    references: [
      refersTo('vpcId', VPC),
      refersTo('ingress[].securityGroups[]', SECURITY_GROUP),
      refersTo('egress[].securityGroups[]', SECURITY_GROUP)
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
  [RULE]: {
    id: (draft) => `sgrule-${draft.make.digits(10, 'id')}`,
    references: [
      refersTo('securityGroupId', SECURITY_GROUP, { holds: false }),
      refersTo('sourceSecurityGroupId', SECURITY_GROUP)
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
  [INGRESS_RULE]: ruleOfOne('source'),
  [EGRESS_RULE]: ruleOfOne('destination')
}
