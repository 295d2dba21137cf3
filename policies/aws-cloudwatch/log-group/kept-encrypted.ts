import { resourcePolicy } from '../../policy.ts'

/** A quarter: an intrusion is found after weeks. */
const leastDays = 90

export const logGroupKept = resourcePolicy({
  name: 'aws-cloudwatch-kept-encrypted',
  description: 'Log groups are encrypted with a key and kept for 90 days or longer, but not for ever.',
  level: 'mandatory',
  types: ['aws:cloudwatch/logGroup:LogGroup'],
  check: ({ props }) => {
    const findings: string[] = []
    if (props['kmsKeyId'] === undefined) findings.push('set kmsKeyId')
    const days = props['retentionInDays']
    if (typeof days !== 'number' || days < leastDays) {
      findings.push(`set retentionInDays to ${leastDays} or more`)
    }
    return findings
  }
})
