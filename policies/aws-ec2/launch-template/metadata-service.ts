import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const metadataServiceV2 = resourcePolicy({
  name: 'aws-ec2-metadata-service-v2',
  description: 'Instances answer only version 2 of the metadata service, and not to pods.',
  level: 'mandatory',
  types: ['aws:ec2/launchTemplate:LaunchTemplate', 'aws:ec2/instance:Instance'],
  check: ({ props }) => {
    if (at(props, 'metadataOptions.httpEndpoint') === 'disabled') return undefined
    const findings: string[] = []
    if (at(props, 'metadataOptions.httpTokens') !== 'required') {
      findings.push('set metadataOptions.httpTokens to required')
    }
    const hops = at(props, 'metadataOptions.httpPutResponseHopLimit')
    if (typeof hops === 'number' && hops > 1) {
      findings.push(`set metadataOptions.httpPutResponseHopLimit to 1: ${hops} hops reach into pods`)
    }
    return findings
  }
})
