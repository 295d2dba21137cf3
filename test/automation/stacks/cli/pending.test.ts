/**
 * Leavings of an interrupted update of the CLI, as the CLI reports them, and their handling:
 * locks, pending operations, ids that follow from inputs, backends.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { suite, test } from 'node:test'
import { backendOf } from '../../../../automation/stacks/cli/backend.ts'
import { knownId } from '../../../../automation/stacks/cli/known-ids.ts'
import { locksIn, releaseLocks } from '../../../../automation/stacks/cli/locks.ts'
import { planLive } from '../../../../automation/stacks/cli/pending.ts'
import { type DeploymentV3, type ResourceV3 } from '../../../../automation/stacks/types.ts'

const urn = (type: string, name: string) => `urn:pulumi:s::windlass::${type}::${name}`
const provider: ResourceV3 = {
  urn: urn('pulumi:providers:aws', 'aws'),
  type: 'pulumi:providers:aws',
  custom: true,
  id: 'p1'
}
const resource = (
  type: string,
  name: string,
  inputs: ResourceV3['inputs'] = {},
  rest: Partial<ResourceV3> = {}
): ResourceV3 => ({
  urn: urn(type, name),
  type,
  custom: true,
  inputs,
  provider: `${provider.urn}::p1`,
  ...rest
})
const state = (resources: ResourceV3[], pending: DeploymentV3['pending_operations']): DeploymentV3 => ({
  manifest: { time: '', magic: '', version: '' },
  resources: [provider, ...resources],
  pending_operations: pending ?? []
})

suite('pending operations on live clouds', () => {
  test('creations with a known id are read, as are updates and deletions that were cut off', () => {
    const bucket = resource('aws:s3/bucket:Bucket', 'logs', { bucket: 'logs-1a2b' })
    const vpc = resource('aws:ec2/vpc:Vpc', 'main', {}, { id: 'vpc-1' })
    const plan = planLive(
      state([vpc], [{ type: 'creating', resource: bucket }, { type: 'updating', resource: vpc }])
    )
    assert.ok('read' in plan)
    assert.deepEqual([plan.read, plan.creations], [[bucket.urn, vpc.urn], [bucket.urn]])
    assert.deepEqual(plan.deployment.resources?.at(-1), { ...bucket, id: 'logs-1a2b' })
    assert.equal(plan.deployment.pending_operations, undefined)
  })

  test('one creation without a known id leaves all as it is, and is named', () => {
    const vpc = resource('aws:ec2/vpc:Vpc', 'main')
    const plan = planLive(
      state([], [{
        type: 'creating',
        resource: resource('aws:s3/bucket:Bucket', 'logs', { bucket: 'logs-1a2b' })
      }, { type: 'creating', resource: vpc }])
    )
    assert.deepEqual(plan, { unsettled: [vpc.urn] })
  })

  test('the second half of a replacement is a person’s to judge', () => {
    const bucket = resource('aws:s3/bucket:Bucket', 'logs', { bucket: 'logs-1a2b' })
    assert.deepEqual(
      planLive(state([{ ...bucket, id: 'logs-old' }], [{ type: 'creating', resource: bucket }])),
      { unsettled: [bucket.urn] }
    )
  })

  test('ids follow from inputs where their provider says how', () => {
    const metadata = { name: 'gateway', namespace: 'istio-system' }
    assert.equal(
      knownId(resource('kubernetes:core/v1:Service', 'gateway', { metadata })),
      'istio-system/gateway'
    )
    assert.equal(
      knownId(resource('kubernetes:core/v1:Namespace', 'system', { metadata: { name: 'istio-system' } })),
      'istio-system'
    )
    assert.equal(knownId(resource('kubernetes:helm.sh/v3:Release', 'istiod', { metadata })), undefined)
    assert.equal(
      knownId(resource('aws:eks/addon:Addon', 'dns', { clusterName: 'c', addonName: 'coredns' })),
      'c:coredns'
    )
    assert.equal(
      knownId(
        resource('aws:s3/bucket:Bucket', 'logs', {
          bucket: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'x' }
        })
      ),
      undefined
    )
  })
})

suite('locks of the CLI', () => {
  const signal = new AbortController().signal
  const text = (host: string, pid: number) =>
    'error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or ' +
    `delete the lock file with \`pulumi cancel\`.\n  file:///b/.pulumi/locks/x.json: created by ` +
    `root@${host} (pid ${pid}) at 2026-01-02T03:04:05Z`
  async function released (lock: string, interrupted: boolean): Promise<[boolean, number]> {
    let canceled = 0
    return [
      await releaseLocks(locksIn(lock), {
        interrupted,
        signal,
        cancel: async () => {
          canceled++
        }
      }),
      canceled
    ]
  }

  test('are read out of the error that names them', () => {
    assert.deepEqual(locksIn(text('build-7', 812)), [{
      user: 'root',
      host: 'build-7',
      pid: 812,
      since: '2026-01-02T03:04:05Z'
    }])
    assert.deepEqual(locksIn('error: no stack named x found'), [])
  })

  test('of a process of this machine that has ended are taken away', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    assert.deepEqual(await released(text(hostname(), pid), false), [true, 1])
  })

  test('of a process that runs, or of another machine, are left alone', async () => {
    assert.deepEqual(await released(text(hostname(), process.pid), false), [false, 0])
    assert.deepEqual(await released(text('elsewhere', 1), false), [false, 0])
  })

  test('of another machine are taken away after an attempt that was interrupted there', async () => {
    assert.deepEqual(await released(text('elsewhere', 1), true), [true, 1])
  })
})

suite('the state backend', () => {
  const settings = {
    dataFolder: '/data',
    passphrase: 'p',
    backend: 's3://states?region=eu-west-1',
    secretsProvider: 'awskms://alias/windlass'
  }

  test('of live stacks is the configured one, with its secrets provider', () => {
    const { url, folder, secretsProvider, environment } = backendOf({ mode: 'live' }, settings)
    assert.deepEqual([url, folder, secretsProvider, environment['PULUMI_BACKEND_URL']], [
      settings.backend,
      undefined,
      settings.secretsProvider,
      settings.backend
    ])
  })

  test('of a rehearsal is a folder of its own world, whatever is configured', () => {
    const { url, folder, secretsProvider } = backendOf({ mode: 'rehearsal', world: 'w1' }, settings)
    assert.deepEqual([url, folder, secretsProvider], [
      'file:///data/backend/rehearsal-w1',
      '/data/backend/rehearsal-w1',
      undefined
    ])
  })

  test('is a folder of the data folder unless configured', () => {
    assert.equal(
      backendOf({ mode: 'live' }, { dataFolder: '/data', passphrase: 'p' }).url,
      'file:///data/backend/live'
    )
  })
})
