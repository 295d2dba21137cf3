import { resourcePolicy } from '../../policy.ts'
import { list, text } from '../../properties.ts'

const primitive = ['roles/owner', 'roles/editor', 'roles/viewer']
const everybody = ['allUsers', 'allAuthenticatedUsers']

export const gcpNarrowRoles = resourcePolicy({
  name: 'gcp-iam-narrow-roles',
  description: 'No member has a primitive role, and nothing is granted to everybody (Google Cloud).',
  level: 'mandatory',
  types: [
    'gcp:projects/iAMMember:IAMMember',
    'gcp:projects/iAMBinding:IAMBinding',
    'gcp:storage/bucketIAMMember:BucketIAMMember',
    'gcp:storage/bucketIAMBinding:BucketIAMBinding',
    'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
    'gcp:serviceaccount/iAMMember:IAMMember'
  ],
  check: ({ props }) => {
    const role = text(props, 'role') ?? ''
    const members = [text(props, 'member') ?? '', ...list(props, 'members')]
    return [
      ...(primitive.includes(role) ? [`replace ${role} with a role for what is needed`] : []),
      ...(members.some((member) => everybody.includes(String(member)))
        ? ['name the members instead of everybody']
        : [])
    ]
  }
})
