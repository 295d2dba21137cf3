import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Federation } from '../../../programs/contract.ts'
import { prerequisites } from '../../../programs/prerequisites/plan.ts'
import { inputsOf, nautilus, type Quota, runUnit, schemaValidator, scopeNamed, type UnitRun } from './mock-engine.ts'

const federation = await nautilus()
const run = (kind: 'cloud' | 'cluster' | 'federation', name: string, quota?: Quota, of: Federation = federation): Promise<UnitRun> => runUnit(prerequisites, of, scopeNamed(of, prerequisites, kind, name), {}, quota)

test('an AWS cluster gets a rotated key, two private, encrypted, versioned buckets and an immutable registry', async () => {
  const unit = await run('cluster', 'nautilus-primary-us-east')
  const [key] = Object.values(inputsOf(unit, 'aws:kms/key:Key'))
  assert.equal(key?.['enableKeyRotation'], true)
  const buckets = Object.values(inputsOf(unit, 'aws:s3/bucket:Bucket')).map(({ bucket }) => bucket)
  assert.deepEqual(buckets, ['nautilus-primary-us-east-logs-123456789012', 'nautilus-primary-us-east-backups-123456789012'])
  for (const type of ['bucketPublicAccessBlock:BucketPublicAccessBlock', 'bucketVersioning:BucketVersioning', 'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', 'bucketLifecycleConfiguration:BucketLifecycleConfiguration', 'bucketPolicy:BucketPolicy']) {
    assert.equal(Object.keys(inputsOf(unit, `aws:s3/${type}`)).length, 2, type)
  }
  assert.equal(Object.values(inputsOf(unit, 'aws:ecr/repository:Repository'))[0]?.['imageTagMutability'], 'IMMUTABLE')
  assert.equal(unit.outputs['backupBucket'], 'nautilus-primary-us-east-backups-123456789012')
})

test('every bucket policy of AWS refuses plain HTTP, and is JSON', async () => {
  const unit = await run('cluster', 'nautilus-hub-us-west')
  for (const { policy } of Object.values(inputsOf(unit, 'aws:s3/bucketPolicy:BucketPolicy'))) {
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string, Effect: string }[] }
    assert.equal(Statement.find(({ Sid }) => Sid === 'TlsOnly')?.Effect, 'Deny')
  }
})

test('a Google Cloud cluster\'s data stays in its region', async () => {
  const unit = await run('cluster', 'nautilus-primary-eu-west')
  for (const bucket of Object.values(inputsOf(unit, 'gcp:storage/bucket:Bucket'))) {
    assert.equal(bucket['location'], 'EUROPE-WEST1')
    assert.equal(bucket['publicAccessPrevention'], 'enforced')
  }
  assert.equal(Object.values(inputsOf(unit, 'gcp:kms/keyRing:KeyRing'))[0]?.['location'], 'europe-west1')
  assert.equal(Object.values(inputsOf(unit, 'gcp:kms/cryptoKey:CryptoKey'))[0]?.['rotationPeriod'], '7776000s')
})

test('an Azure cluster gets a resource group, a vault with purge protection and storage without public access', async () => {
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

test('a cloud\'s unit hands on what is needed and what is available of each quota', async () => {
  const unit = await run('cloud', 'aws')
  const quotas = unit.outputs['quotas'] as { name: string, region: string, needed: number, available: number }[]
  assert.ok(quotas.length >= 15)
  assert.ok(quotas.every(({ needed, available }) => needed > 0 && available === 1_000_000))
  assert.deepEqual(Object.values(inputsOf(unit, 'aws:ebs/encryptionByDefault:EncryptionByDefault')).map(({ enabled }) => enabled), [true, true, true])
})

test('a quota that is too small fails the cloud\'s unit', async () => {
  await assert.rejects(run('cloud', 'gcp', (code) => code.startsWith('C2-') ? 24 : 1000), /PREREQUISITES_QUOTA: gcp[\s\S]*C2-CPUS +europe-west1 +120 +24/)
})

/** A failed call as gRPC reports it. */
function refused (details: string): Error {
  return Object.assign(new Error(details), { details })
}

test('families without a quota of their own share the general one', async () => {
  const unit = await run('cloud', 'gcp', (code) => {
    if (/^(C2|N2|PREEMPTIBLE)-/.test(code)) throw refused('googleapi: Error 404: Quota not found')
    return 1000
  })
  const quotas = unit.outputs['quotas'] as { name: string, region: string, needed: number, available: number }[]
  assert.deepEqual(quotas.find(({ region }) => region === 'europe-west1'), { name: 'CPUS', region: 'europe-west1', needed: 120, available: 1000 })
  await assert.rejects(run('cloud', 'gcp', () => { throw refused('googleapi: Error 403: permission denied') }), /permission denied/)
})

test('Azure\'s needs are handed on as not checked', async () => {
  const unit = await run('cloud', 'azure')
  assert.deepEqual(unit.outputs['quotas'], [])
  assert.ok((unit.outputs['unchecked'] as unknown[]).length > 0)
})

test('the public zone is made by the cloud that serves the federation\'s DNS', async () => {
  const types = { aws: 'aws:route53/zone:Zone', gcp: 'gcp:dns/managedZone:ManagedZone', azure: 'azure-native:dns:Zone' } as const
  for (const [provider, type] of Object.entries(types) as [keyof typeof types, string][]) {
    const unit = await run('federation', 'global', undefined, { ...federation, dns: { ...federation.dns, provider } })
    assert.equal(Object.keys(inputsOf(unit, type)).length, 1, type)
    assert.equal(String(unit.outputs['zoneName']).replace(/\.$/, ''), federation.dns.zone)
  }
})

test('the real providers would accept every resource of the phase', async (t) => {
  const validate = await schemaValidator()
  if (!validate) return t.skip('the providers\' schemas are not beside this checkout')
  for (const kind of prerequisites.units) {
    for (const scope of kind.scopes(federation)) assert.deepEqual(validate((await runUnit(prerequisites, federation, scope)).resources), [], scope.name)
  }
})
