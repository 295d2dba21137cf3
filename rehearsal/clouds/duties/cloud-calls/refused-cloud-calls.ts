/**
 * Calls to clouds that are not a provider's: of workloads by the identity of their pods, of nodes
 * and control planes, and of services that use keys and buckets. A cluster without one comes up,
 * and something of its task never happens. Pure.
 */
import { type CloudQuery, type CloudRecord } from '../../../store.ts'
import { accessQueries } from '../../kubernetes/access-review.ts'
import { refusedToServices } from './aws-services.ts'
import { refusedOnAws } from './aws-workloads.ts'
import { refusedOnAzure } from './azure-calls.ts'
import { refusedOnGcp } from './gcp-calls.ts'
import { refusedIssuers } from './issuers.ts'
import { refusedToReaders } from './mesh-readers.ts'
import { type RefusedCloudCall } from './refused-call.ts'

/** Queries for everything that the calls are judged by. */
export const cloudCallQueries: readonly CloudQuery[] = [
  ...[
    'cloudtrail/trail:Trail',
    'cloudwatch/logGroup:LogGroup',
    'ec2/flowLog:FlowLog',
    'ec2/launchTemplate:LaunchTemplate',
    'eks/addon:Addon',
    'eks/cluster:Cluster',
    'eks/nodeGroup:NodeGroup',
    'eks/podIdentityAssociation:PodIdentityAssociation',
    'iam/openIdConnectProvider:OpenIdConnectProvider',
    'iam/policy:Policy',
    'iam/role:Role',
    'iam/rolePolicy:RolePolicy',
    'iam/rolePolicyAttachment:RolePolicyAttachment',
    'kms/key:Key',
    's3/bucket:Bucket',
    's3/bucketPolicy:BucketPolicy',
    's3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration'
  ].map((type) => ({ pkg: 'aws', type: `aws:${type}` })),
  ...[
    'artifactregistry/repository:Repository',
    'container/cluster:Cluster',
    'container/nodePool:NodePool',
    'iam/workloadIdentityPool:WorkloadIdentityPool',
    'iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider',
    'kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
    'logging/projectSink:ProjectSink',
    'projects/iAMMember:IAMMember',
    'serviceaccount/iAMMember:IAMMember',
    'storage/bucket:Bucket',
    'storage/bucketIAMMember:BucketIAMMember'
  ].map((type) => ({ pkg: 'gcp', type: `gcp:${type}` })),
  ...[
    'authorization:RoleAssignment',
    'authorization:RoleDefinition',
    'compute:DiskEncryptionSet',
    'containerregistry:Registry',
    'containerservice:AgentPool',
    'containerservice:ManagedCluster',
    'keyvault:Vault',
    'managedidentity:FederatedIdentityCredential',
    'managedidentity:UserAssignedIdentity',
    'storage:StorageAccount'
  ].map((type) => ({ pkg: 'azure-native', type: `azure-native:${type}` })),
  ...accessQueries('').map(({ pkg, type }) => ({ ...pkg && { pkg }, ...type && { type } })),
  { pkg: 'kubernetes', type: 'kubernetes:core/v1:Secret' },
  { pkg: 'kubernetes', type: 'kubernetes:helm.sh/v3:Release' }
]

/** Lists calls that a cloud refuses, each with its words. */
export function refusedCloudCalls (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [
    ...refusedOnAws(records),
    ...refusedToServices(records),
    ...refusedOnGcp(records),
    ...refusedOnAzure(records),
    ...refusedIssuers(records),
    ...refusedToReaders(records)
  ]
}
