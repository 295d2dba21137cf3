import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { grantDelays } from '../../../contract/grants.ts'
import { Timeline } from '../../../rehearsal/clouds/time/timeline.ts'
import { make, provider, world } from './world.ts'

const project = 'one'
const email = `deployer@${project}.iam.gserviceaccount.com`
const networkType = 'gcp:compute/network:Network'

/** A project whose deployer got its role at the world's beginning, and a way to call as it. */
async function granted () {
  const timeline = new Timeline({ start: new Date('2026-12-01T10:00:00Z') })
  const { store, clouds: admins } = world({ fresh: true, timeline })
  const admin = await provider(admins, 'gcp', { project })
  await make(admin, 'gcp:projects/service:Service', 'iam', { service: 'iam.googleapis.com' })
  await make(admin, 'gcp:projects/service:Service', 'compute', { service: 'compute.googleapis.com' })
  await make(admin, 'gcp:projects/service:Service', 'projects', {
    service: 'cloudresourcemanager.googleapis.com'
  })
  const account = await make(admin, 'gcp:serviceaccount/account:Account', 'deploy', { accountId: 'deployer' })
  const role = await make(admin, 'gcp:projects/iAMCustomRole:IAMCustomRole', 'deploy', {
    roleId: 'deployer',
    title: 'deployer',
    permissions: ['compute.networks.create', 'compute.networks.get', 'compute.globalOperations.get']
  })
  await make(admin, 'gcp:projects/iAMMember:IAMMember', 'deploy', {
    project,
    role: role.id,
    member: `serviceAccount:${email}`
  })
  assert.ok(account.id.endsWith(email))
  const { clouds } = world({ store, fresh: true, timeline, actingAs: { gcp: email } })
  return { timeline, on: await provider(clouds, 'gcp', { project }) }
}

/** Runs work as an operation of its own that begins so many seconds after the beginning. */
async function after<T> (timeline: Timeline, seconds: number, work: () => Promise<T>): Promise<T> {
  const operation = timeline.begin({ urn: `urn:wait-${seconds}`, op: 'create', after: [] })
  return await operation.run(async () => {
    timeline.spend(seconds)
    return await work()
  })
}

suite('a grant in a world whose time goes by', () => {
  test('is denied until it has taken effect, and allowed from then on', async () => {
    const { timeline, on } = await granted()
    const network = { name: 'net', autoCreateSubnetworks: false }
    const { usualSeconds } = grantDelays.gcp
    await assert.rejects(
      after(timeline, usualSeconds - 1, () => make(on, networkType, 'net', network)),
      /Error 403: Required 'compute\.networks\.create' permission/
    )
    await after(timeline, usualSeconds, () => make(on, networkType, 'net', network))
  })

  test('that its program waits for costs the operation that made it', () => {
    const timeline = new Timeline({ start: new Date('2026-12-01T10:00:00Z') })
    const operation = timeline.begin({ urn: 'urn:grant', op: 'create', after: [] })
    timeline.spendOn('urn:grant', 120)
    operation.end()
    timeline.begin({ urn: 'urn:bucket', op: 'create', after: ['urn:grant'] })
    const start = timeline.spanOf('urn:bucket', 'create')?.start
    assert.equal(start, Date.parse('2026-12-01T10:02:00.000Z'))
  })
})
