import { resourcePolicy } from '../../policy.ts'

export const kmsRotation = resourcePolicy({
  name: 'aws-kms-rotation',
  description: 'KMS keys are rotated, and can be rescued when they are deleted by mistake.',
  level: 'mandatory',
  types: ['aws:kms/key:Key'],
  check: ({ props }) => {
    const findings: string[] = []
    const symmetric = props['customerMasterKeySpec'] === undefined ||
      props['customerMasterKeySpec'] === 'SYMMETRIC_DEFAULT'
    if (symmetric && props['enableKeyRotation'] !== true) findings.push('set enableKeyRotation to true')
    const days = props['deletionWindowInDays']
    if (typeof days === 'number' && days < 14) {
      findings.push(`set deletionWindowInDays to 14 or more: ${days} days pass unnoticed`)
    }
    return findings
  }
})
