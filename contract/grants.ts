/**
 * Data table: how long grants take to take effect in each cloud. Whoever makes one waits for the
 * usual time; a denial within the bound may be the grant that has not arrived everywhere.
 */
import { type CloudName } from './words.ts'

/** How long grants of one cloud take. */
export interface GrantDelay {
  /** Usual time in seconds; 0: its provider waits by itself. */
  readonly usualSeconds: number
  /** Longest documented time in seconds. */
  readonly boundSeconds: number
  /** Documents that say so. */
  readonly source: string
}

export const grantDelays: Readonly<Record<CloudName, GrantDelay>> = {
  aws: {
    usualSeconds: 0,
    boundSeconds: 120,
    source:
      'AWS, "Troubleshoot IAM: changes that I make are not always immediately visible"; the provider asks ' +
      'again for two minutes (terraform-provider-aws, internal/service/iam, propagationTimeout)'
  },
  gcp: {
    usualSeconds: 120,
    // "Potentially 7 minutes or longer."
    boundSeconds: 600,
    source: 'Google Cloud, "Access change propagation"'
  },
  azure: {
    // "A couple of minutes": Microsoft Q&A 524792; fails at once, passes when it is tried again:
    // Azure/bicep issue 16601.
    usualSeconds: 120,
    boundSeconds: 600,
    source: 'Microsoft, "Troubleshoot Azure RBAC": up to 10 minutes'
  }
}

/** Types whose resources grant something, by cloud. */
export const grantTypes: Readonly<Record<string, CloudName>> = {
  'aws:iam/policy:Policy': 'aws',
  'aws:iam/role:Role': 'aws',
  'aws:iam/rolePolicy:RolePolicy': 'aws',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'aws',
  'aws:eks/accessEntry:AccessEntry': 'aws',
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': 'aws',
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': 'gcp',
  'gcp:projects/iAMCustomRole:IAMCustomRole': 'gcp',
  'gcp:projects/iAMMember:IAMMember': 'gcp',
  'gcp:projects/service:Service': 'gcp',
  'gcp:serviceaccount/iAMMember:IAMMember': 'gcp',
  'gcp:storage/bucketIAMMember:BucketIAMMember': 'gcp',
  'azure-native:authorization:RoleAssignment': 'azure',
  'azure-native:authorization:RoleDefinition': 'azure'
}
