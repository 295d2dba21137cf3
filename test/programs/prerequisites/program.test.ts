import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prerequisites } from '../../../programs/prerequisites/plan.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import {
  inputsOf,
  type Quota,
  runUnit,
  schemaValidator,
  scopeNamed,
  type UnitRun
} from '../../fixtures/programs/mock-engine.ts'

const federation = await nautilus()
const project = { 'prerequisites.gcp': { account: '987654321098' } }
const anew = (
  kind: 'cloud' | 'cluster' | 'federation',
  name: string,
  quota?: Quota,
  of = federation
): Promise<UnitRun> => runUnit(prerequisites, of, scopeNamed(of, prerequisites, kind, name), project, quota)
const runs = new Map<string, Promise<UnitRun>>()
/**
 * A unit as the file has it, run once for all tests; another one for other quotas or another
 * federation.
 */
const run: typeof anew = (kind, name, quota, of) => {
  if (quota ?? of) return anew(kind, name, quota, of)
  const known = runs.get(name) ?? anew(kind, name)
  runs.set(name, known)
  return known
}
type Values = Record<string, unknown>

test('an AWS cluster gets a rotated key, private versioned buckets and an immutable registry', async () => {
  const unit = await run('cluster', 'nautilus-primary-us-east')
  const [key] = Object.values(inputsOf(unit, 'aws:kms/key:Key'))
  assert.equal(key?.['enableKeyRotation'], true)
  const buckets = Object.values(inputsOf(unit, 'aws:s3/bucket:Bucket')).map(({ bucket }) => bucket)
  assert.deepEqual(buckets, [
    'nautilus-primary-us-east-logs-123456789012',
    'nautilus-primary-us-east-backups-123456789012'
  ])
  for (
    const type of [
      'bucketPublicAccessBlock:BucketPublicAccessBlock',
      'bucketVersioning:BucketVersioning',
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'bucketLifecycleConfiguration:BucketLifecycleConfiguration',
      'bucketPolicy:BucketPolicy'
    ]
  ) {
    assert.equal(Object.keys(inputsOf(unit, `aws:s3/${type}`)).length, 2, type)
  }
  const rules = inputsOf(unit, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration')
  const text = (part: string) => JSON.stringify(Object.entries(rules).find(([name]) => name.includes(part)))
  assert.ok(!text('-backups').includes('"days"') && text('-logs').includes('"days"'))
  assert.equal(
    Object.values(inputsOf(unit, 'aws:ecr/repository:Repository'))[0]?.['imageTagMutability'],
    'IMMUTABLE'
  )
  assert.equal(unit.outputs['backupBucket'], 'nautilus-primary-us-east-backups-123456789012')
})

test('every bucket policy of AWS refuses plain HTTP, and is JSON', async () => {
  const unit = await run('cluster', 'nautilus-hub-us-west')
  for (const { policy } of Object.values(inputsOf(unit, 'aws:s3/bucketPolicy:BucketPolicy'))) {
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string, Effect: string }[] }
    assert.equal(Statement.find(({ Sid }) => Sid === 'TlsOnly')?.Effect, 'Deny')
  }
})

test("a Google Cloud cluster's data stays in its region", async () => {
  const unit = await run('cluster', 'nautilus-primary-eu-west')
  for (const bucket of Object.values(inputsOf(unit, 'gcp:storage/bucket:Bucket'))) {
    assert.equal(bucket['location'], 'EUROPE-WEST1')
    assert.equal(bucket['publicAccessPrevention'], 'enforced')
  }
  assert.equal(Object.values(inputsOf(unit, 'gcp:kms/keyRing:KeyRing'))[0]?.['location'], 'europe-west1')
  assert.equal(
    Object.values(inputsOf(unit, 'gcp:kms/cryptoKey:CryptoKey'))[0]?.['rotationPeriod'],
    '7776000s'
  )
})

test('an Azure cluster gets a group, a vault with purge protection and private storage', async () => {
  const unit = await run('cluster', 'nautilus-primary-asia-northeast')
  const [storage] = Object.values(inputsOf(unit, 'azure-native:storage:StorageAccount'))
  assert.match(String(storage?.['accountName']), /^[a-z0-9]{3,24}$/)
  assert.equal(storage?.['allowBlobPublicAccess'], false)
  const [vault] = Object.values(inputsOf(unit, 'azure-native:keyvault:Vault'))
  assert.equal((vault?.['properties'] as Record<string, unknown>)['enablePurgeProtection'], true)
  assert.match(String(vault?.['vaultName']), /^[a-z][a-z0-9-]{2,23}$/)
  assert.equal(unit.outputs['resourceGroup'], 'nautilus-primary-asia-northeast')
  assert.match(String(unit.outputs['logBucket']), /^[a-z0-9]+\/logs$/)
})

test("a cloud's unit hands on what is needed and what is available of each quota", async () => {
  const unit = await run('cloud', 'aws')
  const quotas = unit.outputs['quotas'] as {
    name: string
    region: string
    needed: number
    available: number
  }[]
  assert.ok(quotas.length >= 15)
  assert.ok(quotas.every(({ needed, available }) => needed > 0 && available === 1_000_000))
})

test("a quota that is too small fails the cloud's unit", async () => {
  await assert.rejects(
    run('cloud', 'gcp', (code) => code.startsWith('C2-') ? 24 : 1000),
    /PREREQUISITES_QUOTA: gcp[\s\S]*C2-CPUS +europe-west1 +120 +24/
  )
})

/** A failed call as gRPC reports it. */
function refused (details: string): Error {
  return Object.assign(new Error(details), { details })
}

test('families without a quota of their own share the general one', async () => {
  const unit = await run('cloud', 'gcp', (code) => {
    if (/^(C2|N2|PREEMPTIBLE)-/.test(code)) throw refused('googleapi: Error 404: Quota not found')
    return 5000
  })
  const quotas = unit.outputs['quotas'] as {
    name: string
    region: string
    needed: number
    available: number
  }[]
  assert.deepEqual(quotas.find(({ region }) => region === 'europe-west1'), {
    name: 'CPUS',
    region: 'europe-west1',
    needed: 120,
    available: 5000
  })
  await assert.rejects(
    run('cloud', 'gcp', () => {
      throw refused('googleapi: Error 403: permission denied')
    }),
    /permission denied/
  )
})

test("Azure's needs are handed on as not checked", async () => {
  const unit = await run('cloud', 'azure')
  assert.deepEqual(unit.outputs['quotas'], [])
  assert.ok((unit.outputs['unchecked'] as unknown[]).length > 0)
})

test("the public zone is made by the cloud that serves the federation's DNS", async () => {
  const types = {
    aws: 'aws:route53/zone:Zone',
    gcp: 'gcp:dns/managedZone:ManagedZone',
    azure: 'azure-native:dns:Zone'
  } as const
  for (const [provider, type] of Object.entries(types) as [keyof typeof types, string][]) {
    const unit = await run('federation', 'global', undefined, {
      ...federation,
      dns: { ...federation.dns, provider }
    })
    assert.equal(Object.keys(inputsOf(unit, type)).length, 1, type)
    assert.equal(String(unit.outputs['zoneName']).replace(/\.$/, ''), federation.dns.zone)
  }
})

test('the real providers would accept every resource of the phase', async (t) => {
  const validate = await schemaValidator()
  if (!validate) return t.skip("the providers' schemas are not beside this checkout")
  for (const kind of prerequisites.units) {
    for (const scope of kind.scopes(federation)) {
      assert.deepEqual(
        validate((await run(kind.scope as 'cloud' | 'cluster' | 'federation', scope.name)).resources),
        [],
        scope.name
      )
    }
  }
})

test('every AWS region in use encrypts disks, keeps snapshots private and asks for IMDSv2', async () => {
  const unit = await run('cloud', 'aws')
  const regions = ['us-east-1', 'us-west-2', 'ap-southeast-2']
  assert.deepEqual(
    Object.keys(inputsOf(unit, 'aws:ebs/encryptionByDefault:EncryptionByDefault')),
    regions.map((region) => `disks-${region}`)
  )
  assert.deepEqual(
    Object.values(inputsOf(unit, 'aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults')).map((
      { httpTokens }
    ) => httpTokens),
    regions.map(() => 'required')
  )
  assert.deepEqual(
    Object.values(inputsOf(unit, 'aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess')).map((
      { state }
    ) => state),
    regions.map(() => 'block-all-sharing')
  )
})

test('AWS records actions and accesses to backups in a bucket that only the trail writes', async () => {
  const unit = await run('cloud', 'aws')
  const [trail] = Object.values(inputsOf(unit, 'aws:cloudtrail/trail:Trail'))
  assert.ok(trail)
  assert.deepEqual([trail['isMultiRegionTrail'], trail['enableLogFileValidation'], trail['s3BucketName']], [
    true,
    true,
    'nautilus-audit-123456789012'
  ])
  assert.ok(trail['kmsKeyId'])
  const data = (trail['advancedEventSelectors'] as { fieldSelectors: Values[] }[]).flatMap((
    { fieldSelectors }
  ) => fieldSelectors.flatMap(({ startsWiths }) => startsWiths ?? []))
  const backups: string[] = []
  for (const { name } of federation.clusters.filter(({ cloud }) => cloud === 'aws')) {
    backups.push(`arn:aws:s3:::${String((await run('cluster', name)).outputs['backupBucket'])}/`)
  }
  assert.deepEqual(data, backups)
  const [policy] = Object.values(inputsOf(unit, 'aws:s3/bucketPolicy:BucketPolicy'))
  const { Statement } = JSON.parse(String(policy?.['policy'])) as {
    Statement: { Effect: string, Action: string, Principal: unknown, Condition: Values }[]
  }
  const writers = Statement.filter(({ Effect, Action }) => Effect === 'Allow' && Action === 's3:PutObject')
  assert.deepEqual(
    writers.map((
      { Principal, Condition }
    ) => [Principal, (Condition['StringEquals'] as Values)['aws:SourceArn']]),
    [[
      { Service: 'cloudtrail.amazonaws.com' },
      'arn:aws:cloudtrail:us-east-1:123456789012:trail/nautilus-audit'
    ]]
  )
})

test("an AWS key lets Auto Scaling make disks, and others in by the account's permissions only", async () => {
  const [key] = Object.values(inputsOf(await run('cluster', 'nautilus-primary-us-east'), 'aws:kms/key:Key'))
  const { Statement } = JSON.parse(String(key?.['policy'])) as {
    Statement: {
      Sid: string
      Principal: { AWS?: string }
      Action: string | string[]
      Condition?: { StringEquals?: Values }
    }[]
  }
  const anybody = Statement.filter(({ Principal }) => Principal.AWS === '*')
  assert.deepEqual(anybody.map(({ Condition }) => Condition?.StringEquals), [{
    'kms:ViaService': 'ec2.us-east-1.amazonaws.com',
    'kms:CallerAccount': '123456789012'
  }])
  assert.ok(anybody[0]?.Action.includes('kms:CreateGrant'))
})

test("a Google Cloud region's audit logs go to the cluster's log bucket in that region", async () => {
  const unit = await run('cluster', 'nautilus-primary-eu-west')
  const [sink] = Object.values(inputsOf(unit, 'gcp:logging/projectSink:ProjectSink'))
  assert.equal(sink?.['destination'], `storage.googleapis.com/${String(unit.outputs['logBucket'])}`)
  assert.match(
    String(sink?.['filter']),
    /cloudaudit\.googleapis\.com\/activity.*\) AND resource\.labels\.location:"europe-west1"$/
  )
  const [grant] = Object.values(inputsOf(unit, 'gcp:storage/bucketIAMMember:BucketIAMMember'))
  assert.deepEqual([grant?.['role'], grant?.['bucket']], [
    'roles/storage.objectCreator',
    unit.outputs['logBucket']
  ])
})

test("an Azure cluster's vault, blobs and registry send audit logs inside its region", async () => {
  const unit = await run('cluster', 'nautilus-hub-asia-southeast')
  assert.deepEqual(
    Object.values(inputsOf(unit, 'azure-native:operationalinsights:Workspace')).map(({ location }) =>
      location
    ),
    ['southeastasia']
  )
  const settings = Object.values(inputsOf(unit, 'azure-native:monitor:DiagnosticSetting'))
  assert.equal(settings.length, 3)
  assert.ok(settings.every(({ workspaceId }) => workspaceId === unit.outputs['auditWorkspace']))
  const [registry] = Object.values(inputsOf(unit, 'azure-native:containerregistry:Registry'))
  assert.equal(
    (registry?.['encryption'] as { keyVaultProperties: Values }).keyVaultProperties['keyIdentifier'],
    'https://kv-primary-asia-01234567.vault.azure.net/keys/cluster'
  )
})
