import { resourcePolicy } from '../../policy.ts'

/** A year, the longest that auditors take for rotation. */
const mostSeconds = 365 * 24 * 3600

export const cryptoKeyRotation = resourcePolicy({
  name: 'gcp-kms-rotation',
  description: 'Cloud KMS keys are rotated at least once a year.',
  level: 'mandatory',
  types: ['gcp:kms/cryptoKey:CryptoKey'],
  check: ({ props }) => {
    if (typeof props['purpose'] === 'string' && props['purpose'] !== 'ENCRYPT_DECRYPT') return undefined
    const period = props['rotationPeriod']
    const seconds = typeof period === 'string' ? Number(/^(\d+)(\.\d+)?s$/.exec(period)?.[1] ?? NaN) : NaN
    return seconds <= mostSeconds ? undefined : `set rotationPeriod to ${mostSeconds}s or less`
  }
})
