/** Calls of workloads and services to clouds, and what refuses them. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { refusedCloudCalls } from '../../../../rehearsal/clouds/duties/cloud-calls/refused-cloud-calls.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'

const account = '123456789012'
const record = (
  type: string,
  id: string,
  inputs: WireObject,
  outputs: WireObject = inputs
): CloudRecord => ({
  id,
  pkg: type.split(':')[0] ?? '',
  type,
  account,
  region: 'us-east-1',
  name: id,
  token: id,
  incarnation: '1',
  created: '2026-11-21T12:00:00Z',
  inputs,
  outputs
})
const policy = (...statements: object[]): string => JSON.stringify({ Statement: statements })
const trust = (service: string): string =>
  policy({ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole', 'sts:TagSession'] })
const claims = (records: CloudRecord[]): string[] =>
  refusedCloudCalls(records).map(({ why }) =>
    /(?:perform:|perform action|Permission) '?([\w./]+:?[\w./]*)/.exec(why)?.[1] ?? why
  )

const roleArn = `arn:aws:iam::${account}:role/scaler`
const cluster = record('aws:eks/cluster:Cluster', 'c', { name: 'c' }, {
  endpoint: 'https://c.eks.amazonaws.com',
  vpcConfig: { vpcId: 'vpc-1', clusterSecurityGroupId: 'sg-1' }
})
const scaler = (statements: object[], service = 'pods.eks.amazonaws.com'): CloudRecord[] => [
  cluster,
  {
    ...record('kubernetes:helm.sh/v3:Release', 'scaler', {
      chart: 'cluster-autoscaler',
      namespace: 'kube-system'
    }),
    account: 'c.eks.amazonaws.com'
  },
  record('aws:eks/podIdentityAssociation:PodIdentityAssociation', 'a', {
    clusterName: 'c',
    namespace: 'kube-system',
    serviceAccount: 'cluster-autoscaler',
    roleArn
  }),
  record('aws:iam/role:Role', 'scaler', { name: 'scaler', assumeRolePolicy: trust(service) }),
  record('aws:iam/rolePolicy:RolePolicy', 'p', { role: 'scaler', policy: policy(...statements) })
]
const look = {
  Effect: 'Allow',
  Action: ['autoscaling:Describe*', 'ec2:Describe*', 'eks:Describe*'],
  Resource: '*'
}
const scale = (tag: string): object => ({
  Effect: 'Allow',
  Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
  Resource: '*',
  Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${tag}`]: 'owned' } }
})

suite('calls of pods', () => {
  test('are taken for what the role of their service account allows, and refused for the rest', () => {
    assert.deepEqual(refusedCloudCalls(scaler([look, scale('c')])), [])
    assert.deepEqual(claims(scaler([look])), [
      'autoscaling:SetDesiredCapacity',
      'autoscaling:TerminateInstanceInAutoScalingGroup'
    ])
    // A condition for the tag of another cluster.
    assert.equal(claims(scaler([look, scale('other')])).length, 2)
  })

  test('need a role that pods may take, and an association that gives it', () => {
    const [untrusted] = refusedCloudCalls(scaler([look, scale('c')], 'ec2.amazonaws.com'))
    assert.match(untrusted?.why ?? '', /trust policy of role scaler lets nobody of pods\.eks/)
    const alone = scaler([look, scale('c')]).filter(({ type }) => !type.includes('podIdentity'))
    assert.match(refusedCloudCalls(alone)[0]?.why ?? '', /no pod identity association/)
  })
})

suite('calls of services', () => {
  test('are judged by the policies of keys and buckets', () => {
    const arn = `arn:aws:kms:us-east-1:${account}:key/k`
    const own = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*'
    }
    const logs = {
      Effect: 'Allow',
      Principal: { Service: 'logs.us-east-1.amazonaws.com' },
      Action: 'kms:*',
      Resource: '*'
    }
    const of = (...statements: object[]): CloudRecord[] => [
      record('aws:kms/key:Key', 'k', { policy: policy(...statements) }, { arn }),
      record('aws:cloudwatch/logGroup:LogGroup', 'g', { kmsKeyId: arn })
    ]
    assert.deepEqual(refusedCloudCalls(of(own, logs)), [])
    assert.ok(claims(of(own)).includes('kms:GenerateDataKey'))
    assert.deepEqual(claims(of(logs)), ['kms:PutKeyPolicy'])
  })

  test('over plain HTTP have to be refused', () => {
    const bucket = record('aws:s3/bucket:Bucket', 'b', { bucket: 'b' })
    const tls = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } }
    }
    const closed = record('aws:s3/bucketPolicy:BucketPolicy', 'b', { bucket: 'b', policy: policy(tls) })
    assert.deepEqual(refusedCloudCalls([bucket, closed]), [])
    assert.match(
      refusedCloudCalls([bucket])[0]?.why ?? '',
      /bucket b denies requests without aws:SecureTransport/
    )
  })

  test('of Google Cloud need a grant on the key that a resource names', () => {
    const bucket = record('gcp:storage/bucket:Bucket', 'b', { encryption: { defaultKmsKeyName: 'key' } })
    const grant = record('gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember', 'g', {
      cryptoKeyId: 'key',
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com'
    })
    assert.deepEqual(refusedCloudCalls([bucket, grant]), [])
    assert.deepEqual(claims([bucket]), ['cloudkms.cryptoKeyVersions.useToEncrypt'])
  })

  test('of Azure need a role at the scope', () => {
    const group = '/subscriptions/s/resourceGroups/g/providers'
    const identity = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet`
    const records = [
      record('azure-native:managedidentity:UserAssignedIdentity', identity, {}, { principalId: 'p' }),
      record(
        'azure-native:containerregistry:Registry',
        `${group}/Microsoft.ContainerRegistry/registries/r`,
        {}
      ),
      record(
        'azure-native:containerservice:ManagedCluster',
        `${group}/Microsoft.ContainerService/managedClusters/c`,
        {
          identityProfile: { kubeletidentity: { resourceId: identity } }
        }
      )
    ]
    const pull = record('azure-native:authorization:RoleAssignment', 'a', {
      principalId: 'p',
      scope: '/subscriptions/s/resourceGroups/g',
      roleDefinitionId:
        '/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d'
    })
    assert.deepEqual(refusedCloudCalls([...records, pull]), [])
    assert.deepEqual(claims(records), ['Microsoft.ContainerRegistry/registries/pull/read'])
  })
})
