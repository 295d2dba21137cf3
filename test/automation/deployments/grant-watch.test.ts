import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type FreshGrants, GrantWatch } from '../../../automation/deployments/run/grant-watch.ts'
import { verdictOf } from '../../../automation/deployments/run/verdict.ts'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { grantDelays } from '../../../contract/grants.ts'

const second = 1000
const began = Date.parse('2026-12-01T10:00:00Z')
const at = (seconds: number): number => began + seconds * second

const operated = (type: string, name: string) => ({
  phase: 1,
  unit: 'prerequisites.one',
  urn: `urn:pulumi:s::windlass::${type}::${name}`,
  op: 'create',
  emittedAt: '2026-12-01T10:00:00.000Z',
  resource: { type, name }
})
const granted = (type: string, name = 'grant'): EventDraft => ({
  type: 'resource.succeeded',
  ...operated(type, name)
})
const refused = (type: string, message: string): EventDraft => ({
  type: 'resource.failed',
  ...operated(type, 'wanted'),
  message
})

const bucket = 'gcp:storage/bucket:Bucket'
const key = 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember'
const denied = 'Error creating Bucket: googleapi: Error 403: Permission denied on Cloud KMS key., forbidden'

suite('a denial', () => {
  test('soon after a grant of this run waits as long as grants usually take, then longer each time', () => {
    const grants: FreshGrants = new Map()
    const watch = new GrantWatch(grants)
    watch.hear([granted(key)], at(0))
    watch.hear([refused(bucket, denied)], at(5))
    const first = watch.wait(at(5))
    assert.equal(first?.seconds, grantDelays.gcp.usualSeconds - 5 + 1)
    assert.match(
      first?.told ?? '',
      /^waiting for grant grant \(gcp:kms\/cryptoKeyIAMMember:CryptoKeyIAMMember\), made 5 s ago/
    )
    const again = new GrantWatch(grants)
    again.hear([refused(bucket, denied)], at(121))
    assert.equal(again.wait(at(121))?.seconds, 121)
  })

  test('by an API server before anything was made waits for a grant too', () => {
    const grants: FreshGrants = new Map()
    new GrantWatch(grants).hear([granted('azure-native:authorization:RoleAssignment')], at(0))
    const watch = new GrantWatch(grants)
    watch.hearEnd({ code: 'cluster-access-denied' })
    assert.equal(watch.wait(at(5))?.grant.cloud, 'azure')
    const unreached = new GrantWatch(grants)
    unreached.hearEnd({ code: 'cluster-unreachable' })
    assert.equal(unreached.wait(at(5)), undefined)
  })

  test('is final once grants have had all the time that they ever take', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([granted(key), refused(bucket, denied)], at(0))
    assert.equal(watch.wait(at(grantDelays.gcp.boundSeconds)), undefined)
  })

  test('without a grant in its cloud is final', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([granted('azure-native:authorization:RoleAssignment'), refused(bucket, denied)], at(0))
    assert.equal(watch.wait(at(1)), undefined)
  })

  test('is final beside a failure that no wait mends', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([
      granted(key),
      refused(bucket, denied),
      refused(bucket, 'Error creating Bucket: googleapi: Error 400: Invalid bucket name, invalid')
    ], at(0))
    assert.equal(watch.wait(at(1)), undefined)
  })

  test('of credentials that are not taken is final, although something was granted', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([
      granted(key),
      refused(bucket, 'googleapi: Error 401: Request had invalid authentication credentials., authError')
    ], at(0))
    assert.equal(watch.wait(at(1)), undefined)
  })

  test('in a cluster waits for a grant of any cloud', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([
      granted('aws:eks/accessEntry:AccessEntry'),
      refused(
        'kubernetes:core/v1:Namespace',
        'the server has asked for the client to provide credentials: Unauthorized'
      )
    ], at(0))
    assert.equal(watch.wait(at(1))?.grant.cloud, 'aws')
  })

  test('that waits is told with the grant, and costs the world its time', () => {
    const watch = new GrantWatch(new Map())
    watch.hear([granted(key), refused(bucket, denied)], at(0))
    const wait = watch.wait(at(0))
    assert.ok(wait)
    const unit = {
      id: 'prerequisites.one',
      phase: 1,
      attempt: 1,
      failures: 0,
      losses: 0,
      leftovers: null,
      dependsOn: [],
      status: 'running' as const
    }
    const resourceChanges = { create: 1, update: 0, delete: 0, replace: 0, same: 0 }
    const verdict = verdictOf(unit, {
      status: 'failed',
      resourceChanges,
      error: { code: 'resource-failed', message: denied, retryable: false }
    }, {
      operation: 'up',
      stopping: false,
      canceling: false,
      timeScale: 0,
      readers: new Set(),
      now: at(0),
      random: 0.5,
      wait
    })
    assert.equal(verdict.kind, 'return')
    assert.equal(verdict.kind === 'return' && verdict.virtualDelay, 121 * second)
    assert.equal(verdict.event.type === 'unit.retrying' && verdict.event.waitsFor, wait.told)
    assert.equal(verdict.event.type === 'unit.retrying' && verdict.event.delaySeconds, 0)
  })
})
