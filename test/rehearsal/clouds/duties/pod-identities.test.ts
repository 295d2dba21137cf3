/** Whom pods act as in each cloud, by what their release's values name. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { refusedCloudCalls } from '../../../../rehearsal/clouds/duties/cloud-calls/refused-cloud-calls.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'

const record = (
  type: string,
  id: string,
  inputs: WireObject,
  more: Partial<CloudRecord> = {}
): CloudRecord => ({
  id,
  pkg: type.split(':')[0] ?? '',
  type,
  account: '123456789012',
  region: '',
  name: id,
  token: id,
  incarnation: '1',
  created: '2026-11-21T12:00:00Z',
  inputs,
  outputs: inputs,
  ...more
})

interface Values extends WireObject {
  annotations: WireObject
}

/** Velero in a cluster, with its bucket, annotations of its account, and other values. */
function velero (account: string, location: WireObject, { annotations, ...values }: Values): CloudRecord {
  return record('kubernetes:helm.sh/v3:Release', `velero-${account}`, {
    chart: 'velero',
    namespace: 'velero',
    values: {
      configuration: { backupStorageLocation: [location] },
      serviceAccount: { server: { name: 'velero', annotations } },
      ...values
    }
  }, { account })
}

const reasons = (records: CloudRecord[]): string[] => [
  ...new Set(
    refusedCloudCalls(records).filter(({ claim }) => claim.startsWith('backups')).map(({ why }) => why)
  )
]

const project = { account: 'p' }
const gke = (name: string): CloudRecord =>
  record('gcp:container/cluster:Cluster', name, {
    location: 'l',
    endpoint: `${name}.gke`,
    workloadIdentityConfig: { workloadPool: 'p.svc.id.goog' }
  }, project)
const email = (name: string): string => `${name}@p.iam.gserviceaccount.com`
const member = 'serviceAccount:p.svc.id.goog[velero/velero]'
/** Lets pods act as an account, which may write to a bucket. */
const impersonation = (name: string, bucket: string, of = member): CloudRecord[] => [
  record('gcp:serviceaccount/iAMMember:IAMMember', `act-${name}`, {
    serviceAccountId: `projects/p/serviceAccounts/${email(name)}`,
    role: 'roles/iam.workloadIdentityUser',
    member: of
  }, project),
  ...['roles/storage.objectAdmin', 'roles/storage.legacyBucketReader'].map((role) =>
    record('gcp:storage/bucketIAMMember:BucketIAMMember', `${role}-${name}`, {
      bucket,
      role,
      member: `serviceAccount:${email(name)}`
    }, project)
  )
]
/** Two clusters of one project that keep each other's backups. */
const pair = (accounts: [string, string]): CloudRecord[] =>
  ['a', 'b'].flatMap((name, index) => [
    gke(name),
    velero(`${name}.gke`, { provider: 'gcp', bucket: `${name}-backups` }, {
      annotations: accounts[index] === ''
        ? {}
        : { 'iam.gke.io/gcp-service-account': email(accounts[index] ?? '') }
    }),
    ...impersonation(name, `${name}-backups`)
  ])

suite('pods of GKE act as', () => {
  test('the account that their annotation names, though clusters of a project share members', () => {
    assert.deepEqual(reasons(pair(['a', 'b'])), [])
  })

  test('another account when the annotation names that one, or as themselves without one', () => {
    assert.match(
      reasons(pair(['b', 'b']))[0] ?? '',
      /serviceAccount:b@.*storage\.objects\.create' denied .*'a-backups'/
    )
    assert.match(reasons(pair(['', 'b']))[0] ?? '', /goog\[velero\/velero\]: .*create' denied .*'a-backups'/)
  })

  test('nobody when the account takes no member like them', () => {
    const wrong = pair(['a', 'b']).filter(({ id }) => id !== 'act-a')
      .concat(impersonation('a', 'a-backups', 'serviceAccount:p.svc.id.goog[velero/other]'))
    assert.match(reasons(wrong)[0] ?? '', /getAccessToken' denied .*\[velero\/velero\] may not act as a@p/)
  })

  test('their nodes where the metadata server gives those tokens', () => {
    const open = record('gcp:container/nodePool:NodePool', 'pool', {
      cluster: 'a',
      nodeConfig: { serviceAccount: email('nodes'), workloadMetadataConfig: { mode: 'GCE_METADATA' } }
    }, project)
    assert.match(reasons([...pair(['a', 'b']), open])[0] ?? '', /^serviceAccount:nodes@/)
  })
})

const issuer = 'oidc.eks.us-east-1.amazonaws.com/id/1'
const roleArn = 'arn:aws:iam::123456789012:role/backups'
const bucketPolicy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] })
const trusting = (subject: string): string =>
  JSON.stringify({
    Statement: [{
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${issuer}:sub`]: subject, [`${issuer}:aud`]: 'sts.amazonaws.com' } }
    }]
  })
const eks = (
  annotations: WireObject,
  { audience = 'sts.amazonaws.com', subject = 'system:serviceaccount:velero:velero' } = {}
): CloudRecord[] => [
  record('aws:eks/cluster:Cluster', 'c', {
    endpoint: 'https://c.eks',
    identities: [{ oidcs: [{ issuer: `https://${issuer}` }] }]
  }),
  record('aws:iam/openIdConnectProvider:OpenIdConnectProvider', 'issuer', {
    url: `https://${issuer}`,
    clientIdLists: [audience]
  }),
  record('aws:s3/bucket:Bucket', 'k', { bucket: 'k' }),
  record('aws:iam/role:Role', 'backups', { name: 'backups', assumeRolePolicy: trusting(subject) }),
  record('aws:iam/rolePolicy:RolePolicy', 'rights', { role: 'backups', policy: bucketPolicy }),
  velero('c.eks', { provider: 'aws', bucket: 'k' }, { annotations })
]

suite('pods of EKS get', () => {
  const annotated = { 'eks.amazonaws.com/role-arn': roleArn }

  test('the role that their annotation names, for a token that it trusts', () => {
    assert.deepEqual(reasons(eks(annotated)), [])
    assert.match(
      reasons(eks(annotated, { subject: 'system:serviceaccount:velero:other' }))[0] ?? '',
      /trust policy/
    )
    assert.match(reasons(eks(annotated, { audience: 'other' }))[0] ?? '', /Incorrect token audience/)
    const unknown = eks(annotated).filter(({ id }) => id !== 'issuer')
    assert.match(
      reasons(unknown)[0] ?? '',
      /No OpenIDConnect provider found in your account for https:\/\/oidc/
    )
  })

  test('none without an annotation or association, and another where it names that', () => {
    assert.match(reasons(eks({}))[0] ?? '', /no pod identity association/)
    assert.match(
      reasons(eks({ 'eks.amazonaws.com/role-arn': `${roleArn}-x` }))[0] ?? '',
      /there is no role .*-x/
    )
  })

  test('the role of an association before that of an annotation', () => {
    const association = record('aws:eks/podIdentityAssociation:PodIdentityAssociation', 'association', {
      clusterName: 'c',
      namespace: 'velero',
      serviceAccount: 'velero',
      roleArn: `${roleArn}-other`
    })
    assert.match(reasons([...eks(annotated), association])[0] ?? '', /there is no role .*-other/)
  })
})

const group = '/subscriptions/s/resourceGroups/g/providers'
const identity = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/backups`
const aks = (
  given: { annotations: WireObject, labels?: WireObject },
  { subject = 'system:serviceaccount:velero:velero', audience = 'api://AzureADTokenExchange' } = {}
): CloudRecord[] => [
  record('azure-native:containerservice:ManagedCluster', 'c', {
    fqdn: 'c.aks',
    oidcIssuerProfile: { issuerURL: 'https://issuer/' },
    securityProfile: { workloadIdentity: { enabled: true } }
  }),
  record('azure-native:storage:StorageAccount', `${group}/Microsoft.Storage/storageAccounts/k`, {
    accountName: 'k'
  }),
  record('azure-native:managedidentity:UserAssignedIdentity', identity, {
    clientId: 'id',
    principalId: 'who'
  }),
  record(
    'azure-native:managedidentity:FederatedIdentityCredential',
    `${identity}/federatedIdentityCredentials/x`,
    {
      issuer: 'https://issuer/',
      subject,
      audiences: [audience]
    }
  ),
  record('azure-native:authorization:RoleAssignment', 'grant', {
    principalId: 'who',
    scope: '/subscriptions/s',
    roleDefinitionId:
      '/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  }),
  velero('c.aks', { provider: 'azure', bucket: 'box', config: { storageAccount: 'k' } }, {
    annotations: given.annotations,
    podLabels: given.labels ?? { 'azure.workload.identity/use': 'true' }
  })
]

suite('pods of AKS act as', () => {
  const annotated = { annotations: { 'azure.workload.identity/client-id': 'id' } }

  test('the identity whose client id is annotated, for a token that one of its credentials takes', () => {
    assert.deepEqual(reasons(aks(annotated)), [])
    for (const wrong of [{ subject: 'system:serviceaccount:velero:other' }, { audience: 'other' }]) {
      assert.match(
        reasons(aks(annotated, wrong))[0] ?? '',
        /AADSTS700213: No matching federated identity record/
      )
    }
  })

  test('nobody without the label of the webhook, or with a client id that nobody has', () => {
    assert.match(reasons(aks({ ...annotated, labels: {} }))[0] ?? '', /no client ID/)
    const other = aks({ annotations: { 'azure.workload.identity/client-id': 'other' } })
    assert.match(reasons(other)[0] ?? '', /AADSTS700016: Application with identifier 'other' was not found/)
  })
})
