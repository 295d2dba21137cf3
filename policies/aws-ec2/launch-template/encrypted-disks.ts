import { resourcePolicy } from '../../policy.ts'
import { at, list } from '../../properties.ts'

export const launchTemplateEncryptedDisks = resourcePolicy({
  name: 'aws-ec2-encrypted-disks',
  description: "Disks of a launch template's instances are encrypted.",
  level: 'mandatory',
  types: ['aws:ec2/launchTemplate:LaunchTemplate'],
  check: ({ props }) =>
    list(props, 'blockDeviceMappings').flatMap((mapping, index) => {
      if (at(mapping, 'ebs') === undefined) return []
      const encrypted = at(mapping, 'ebs.encrypted')
      return encrypted === true || encrypted === 'true'
        ? []
        : [`set blockDeviceMappings[${index}].ebs.encrypted to true`]
    })
})
