/** Models of EC2 instances and what they are made from. */
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'
import { ec2Id } from './ec2-ids.ts'
import { vcpusOf } from './instance-types.ts'
import { securityGroupType, subnetType } from './types.ts'

const placementGroupType = 'aws:ec2/placementGroup:PlacementGroup'

export const compute: Record<string, ResourceModel> = {
  'aws:ec2/launchTemplate:LaunchTemplate': {
    id: ec2Id('lt'),
    unique: 'region',
    taken: (draft) => ({
      status: 400,
      code: 'InvalidLaunchTemplateName.AlreadyExistsException',
      message: `Launch template name already in use: ${draft.name}.`
    }),
    references: [
      refersTo('vpcSecurityGroupIds[]', securityGroupType),
      refersTo('networkInterfaces[].securityGroups[]', securityGroupType),
      refersTo('placement.groupName', placementGroupType)
    ],
    outputs: (draft) => {
      const latest = numberAt(draft.previous, 'latestVersion', 0) + 1
      return {
        arn: arn('ec2', draft, `launch-template/${draft.id}`),
        latestVersion: latest,
        defaultVersion: draft.inputs.updateDefaultVersion === true
          ? latest
          : numberAt(draft.inputs, 'defaultVersion', 1),
        namePrefix: ''
      }
    }
  },
  [placementGroupType]: {
    id: (draft) => draft.name,
    unique: 'region',
    immutable: ['strategy', 'partitionCount', 'spreadLevel'],
    taken: (draft) => ({
      status: 400,
      code: 'InvalidPlacementGroup.Duplicate',
      message: `The placement group '${draft.name}' already exists.`
    }),
    outputs: (draft) => ({
      arn: arn('ec2', draft, `placement-group/${draft.name}`),
      placementGroupId: `pg-0${draft.make.hex(16, 'pg')}`,
      ...(draft.inputs.strategy === 'spread' && { spreadLevel: 'rack' })
    })
  },
  'aws:ec2/instance:Instance': {
    id: ec2Id('i'),
    immutable: ['ami', 'subnetId', 'availabilityZone', 'keyName'],
    references: [refersTo('subnetId', subnetType), refersTo('vpcSecurityGroupIds[]', securityGroupType)],
    quota: [{
      quota: 'aws:ec2:standard-vcpus',
      units: (inputs) => vcpusOf(stringAt(inputs, 'instanceType') ?? '')
    }],
    outputs: (draft) => ({
      arn: arn('ec2', draft, `instance/${draft.id}`),
      instanceState: 'running',
      privateIp: `10.0.${draft.make.integer(256, 'a')}.${4 + draft.make.integer(250, 'b')}`
    })
  }
}
