import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const ecrImmutable = resourcePolicy({
  name: 'aws-ecr-immutable-scanned',
  description: 'Registries on AWS keep tags as they are and scan what is pushed.',
  level: 'mandatory',
  types: ['aws:ecr/repository:Repository'],
  check: ({ props }) => {
    const findings: string[] = []
    if (props['imageTagMutability'] !== 'IMMUTABLE') findings.push('set imageTagMutability to IMMUTABLE')
    if (at(props, 'imageScanningConfiguration.scanOnPush') !== true) {
      findings.push('set imageScanningConfiguration.scanOnPush to true')
    }
    return findings
  }
})
