import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { aged } from '../../../../rehearsal/clouds/aging/aging.ts'
import { supportRows } from '../../../../rehearsal/clouds/aging/support-table.ts'
import { type CloudRecord, type ResourceV3 } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { certificate, record, upBy, urn, worldOf } from './any-world.ts'

const told = (records: CloudRecord[], more: Partial<Parameters<typeof worldOf>[0]> = {}) =>
  aged(worldOf({ days: 400, records, ...more })).findings.map(({ code, day }) => [code, day])

suite('backups in a world that grows older', () => {
  // Counting what cron expressions name takes time.
  const lostIn = (records: CloudRecord[]) => told(records, { days: 40 })
  const velero = (provider: string, bucket: string, config: WireObject = {}) =>
    record('kubernetes:helm.sh/v3:Release', 'velero/velero', {
      chart: 'velero',
      version: '12.1.0',
      values: { configuration: { backupStorageLocation: [{ provider, bucket, prefix: 'a', config }] } }
    })
  const schedule = (template: WireObject = {}) =>
    record('kubernetes:velero.io/v1:Schedule', 'velero/everything', {
      spec: {
        schedule: '0 */6 * * *',
        template: { ttl: '720h0m0s', includedNamespaces: ['*'], defaultVolumesToFsBackup: true, ...template }
      }
    })
  const onAws = (rule: WireObject) =>
    record('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', 'b', {
      bucket: 'b',
      rules: [{ status: 'Enabled', filter: { prefix: '' }, ...rule }]
    })
  const onGcp = (...lifecycleRules: WireObject[]) =>
    record('gcp:storage/bucket:Bucket', 'b', { lifecycleRules })
  const onAzure = (actions: WireObject, prefix = 'backups/') =>
    record('azure-native:storage:ManagementPolicy', 'p', {
      accountName: 'acc',
      policy: { rules: [{ enabled: true, definition: { filters: { prefixMatch: [prefix] }, actions } }] }
    })
  const old = { baseBlob: { delete: { daysAfterModificationGreaterThan: 37 } } }

  test('lose their repository to a rule that deletes what is current, a day after its age', () => {
    const lost = [['backup-repository-expired', 38]]
    assert.deepEqual(lostIn([velero('aws', 'b'), schedule(), onAws({ expiration: { days: 37 } })]), lost)
    const deletes = { action: { type: 'Delete' }, condition: { age: 37 } }
    assert.deepEqual(lostIn([velero('gcp', 'b'), schedule(), onGcp(deletes)]), lost)
    const azure = velero('azure', 'backups', { storageAccount: 'acc' })
    assert.deepEqual(lostIn([azure, schedule(), onAzure(old)]), lost)
  })

  test('keep it under rules for older versions, for other paths, or that are off', () => {
    const kept = [
      [velero('aws', 'b'), onAws({ noncurrentVersionExpiration: { noncurrentDays: 37 } })],
      [velero('aws', 'b'), onAws({ expiration: { days: 37 }, status: 'Disabled' })],
      [velero('aws', 'b'), onAws({ expiration: { days: 37 }, filter: { prefix: 'other/' } })],
      [velero('aws', 'another'), onAws({ expiration: { days: 37 } })],
      [
        velero('gcp', 'b'),
        onGcp({ action: { type: 'Delete' }, condition: { age: 37, withState: 'ARCHIVED' } })
      ],
      [velero('azure', 'backups', { storageAccount: 'acc' }), onAzure(old, 'logs/')]
    ]
    for (const records of kept) assert.deepEqual(lostIn([...records, schedule()]), [], records[1]?.type)
  })

  test('without volumes they lose to a rule that is shorter than they are kept alone', () => {
    const objects = schedule({ defaultVolumesToFsBackup: false })
    assert.deepEqual(lostIn([velero('aws', 'b'), objects, onAws({ expiration: { days: 37 } })]), [])
    assert.deepEqual(
      lostIn([velero('aws', 'b'), objects, onAws({ expiration: { days: 29 } })]),
      [['backup-expired-early', 30]]
    )
  })

  test('carry Secrets that are not left out into their bucket', () => {
    const secret = (labels: WireObject) =>
      record('kubernetes:core/v1:Secret', 'istio-system/cacerts', {
        metadata: { labels },
        stringData: { 'ca-key.pem': '-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----' }
      })
    assert.deepEqual(lostIn([schedule(), secret({})]), [['credential-in-backup', 1]])
    assert.deepEqual(lostIn([schedule(), secret({ 'velero.io/exclude-from-backup': 'true' })]), [])
    assert.deepEqual(lostIn([schedule({ excludedNamespaces: ['istio-system'] }), secret({})]), [])
    assert.deepEqual(lostIn([schedule({ includedNamespaces: ['trading'] }), secret({})]), [])
  })
})

suite('credentials in a world that grows older', async () => {
  const type = 'kubernetes:core/v1:Secret'
  const { resource: clock } = await certificate('clock', { days: 180, early: 90 })
  const tokenUrn = urn('f.mesh.a', type, 'token')
  const token = (name: string) =>
    record(type, `istio-system/${name}`, { type: 'kubernetes.io/service-account-token' }, {
      token: tokenUrn,
      outputs: { data: { token: Buffer.from('abc.def.ghi').toString('base64') } }
    })
  const state: ResourceV3 = {
    urn: tokenUrn,
    custom: true,
    type,
    propertyDependencies: { metadata: [clock.urn] }
  }
  const mesh = [clock, state]
  const holder = record(
    type,
    'istio-system/peer',
    { stringData: { kubeconfig: '{"token":"abc.def.ghi"}' } },
    {
      token: urn('f.disaster-recovery.a', type, 'peer')
    }
  )

  test('a token that nothing replaces is told after a year', () => {
    assert.deepEqual(told([token('reader')]), [['token-never-ends', 365]])
    // Its name does not follow from the certificate: the Secret stays the same.
    const schedules = [upBy('0 6 1 * *', 4, 7)]
    assert.deepEqual(told([token('reader')], { mesh, schedules }), [['token-never-ends', 365]])
  })

  test('one whose Secret has another name with each certificate is replaced', () => {
    const schedules = [upBy('0 6 1 * *', 4, 7)]
    assert.deepEqual(told([token('reader-20261201'), holder], { mesh, schedules }), [])
    assert.deepEqual(told([token('reader-20261201')], { mesh }), [['token-never-ends', 365]])
  })

  test('whoever holds a token that was replaced has to get the next one with the same up', () => {
    const schedules = [upBy('0 6 1 * *', 4, 4)]
    assert.deepEqual(told([token('reader-20261201'), holder], { mesh, schedules })[0], [
      'token-replaced-elsewhere',
      121
    ])
  })

  test('keys of clouds that never end are told when their cloud wants them replaced', () => {
    assert.deepEqual(told([record('gcp:serviceaccount/key:Key', 'k', {})]), [['key-never-ends', 90]])
    assert.deepEqual(told([record('aws:iam/accessKey:AccessKey', 'k', {})]), [['key-never-ends', 90]])
  })

  test('an Azure key ends unless a version comes before', () => {
    const exp = Date.parse('2027-06-01T00:00:00Z') / 1000
    const key = (properties: WireObject) => record('azure-native:keyvault:Key', 'k', { properties })
    assert.deepEqual(told([key({ attributes: { exp } })]), [['encryption-key-ended', 182]])
    const rotate = { trigger: { timeAfterCreate: 'P90D' }, action: { type: 'rotate' } }
    assert.deepEqual(told([key({ attributes: { exp }, rotationPolicy: { lifetimeActions: [rotate] } })]), [])
  })
})

suite('versions in a world that grows older', () => {
  test('end with their support, by the table, which names a document a row', () => {
    const cluster = (version: string) => record('aws:eks/cluster:Cluster', 'c', { version })
    assert.deepEqual(told([cluster('1.35')]), [['support-ended', 116]])
    const { findings, unknown } = aged(worldOf({ days: 400, records: [cluster('1.99')] }))
    assert.deepEqual([findings, unknown], [[], ['eks 1.99: no document says until when it is supported']])
    assert.ok(supportRows.every(({ source, ends }) => /^https:/.test(source) && Date.parse(ends) > 0))
  })

  test('rotations of keys break nothing, and are counted', () => {
    const { findings, happened } = aged(worldOf({
      days: 400,
      records: [
        record('gcp:kms/cryptoKey:CryptoKey', 'g', { rotationPeriod: `${90 * 24 * 3600}s` }),
        record('aws:kms/key:Key', 'a', { enableKeyRotation: true }),
        record('aws:kms/key:Key', 'n', {})
      ]
    }))
    assert.deepEqual(findings, [])
    assert.deepEqual(happened.map(({ name, times }) => [name, times]), [['g', 4], ['a', 1]])
  })
})
