/** Schemas of single values that several sections of a federation file have. */
import { Type } from 'typebox'
import { closed, oneOf, text } from '../../contract/schema.ts'
import { clouds, clusterRoles } from '../../contract/words.ts'

/**
 * A DNS label (RFC 1123) that starts with a letter: cluster names become parts of cloud names;
 * GKE's limit of 40 characters is the narrowest.
 */
export const label = (what: string) =>
  text(
    `${what}: lower case letters, digits and dashes, starting with a letter, 40 characters at most`,
    { maxLength: 40, pattern: '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$' }
  )
export const secretName = text(
  'the name of a secret: lower case letters, digits and dashes',
  { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
)
export const cidr = (what: string) =>
  text(`${what} such as 10.1.0.0/16`, { maxLength: 18, pattern: '^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$' })
export const domain = (what: string) =>
  text(`${what}: a lower case DNS name`, {
    maxLength: 253,
    pattern: '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$'
  })

export const cloudSchema = oneOf(clouds)
export const area = oneOf(['us', 'eu', 'asia'])
export const role = oneOf(clusterRoles)
export const tuning = oneOf(
  ['kernel-bypass', 'sr-iov', 'cpu-pinning', 'numa', 'huge-pages', 'irq-affinity', 'tcp-bbr', 'placement']
)
/**
 * Google Cloud's rule for label keys and values is the narrowest of the three, so labels fit
 * everywhere.
 */
export const labels = Type.Record(
  Type.String({ pattern: '^[a-z][-_a-z0-9]{0,62}$' }),
  text(
    'a label value: lower case letters, digits, dashes and underscores, 63 at most',
    { maxLength: 63, pattern: '^[-_a-z0-9]{1,63}$' }
  ),
  {
    ...closed,
    description:
      'a mapping of label keys (lower case letters, digits, dashes, underscores, starting with a letter) ' +
      'to values'
  }
)
/** The form only: which versions a cloud offers changes by the month, and the cloud says. */
export const kubernetesVersion = text('a Kubernetes minor version in quotes, such as "1.35"', {
  maxLength: 4,
  pattern: '^1\\.[1-9][0-9]$'
})
