/** Tests of a cluster that is taken out of the file of a running service. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Plan, type Stack } from '../../contract/federation.ts'
import { call, run, succeeds, unitsOf } from '../fixtures/client.ts'
import { assertStatesMatchClouds, readWorld } from '../fixtures/stored-world.ts'

/** A service with the first two phases deployed in a world, whose file can lose a cluster. */
export interface Deployed {
  readonly url: string
  readonly world: string
  readonly database: string
  /** The cluster. */
  readonly lost: string
  /** Takes the cluster out of the file. */
  lose(): Promise<void>
}

const api = '/v1/federations/nautilus'
const orphansOf = (lost: string) => [`nautilus.infrastructure.${lost}`, `nautilus.prerequisites.${lost}`]

/** Declares the tests. `deployed` is asked once they run. */
export function lostClusterSuite (deployed: () => Promise<Deployed>): void {
  test('a cluster that the file has lost is named by stacks, plans and launches', async () => {
    const { url, world, lost, lose } = await deployed()
    const orphans = orphansOf(lost)
    await lose()
    const get = async <T>(path: string) => (await call<T>(url, 'GET', `${api}${path}`)).body
    const { items } = await get<{ items: Stack[] }>(`/stacks?world=${world}`)
    assert.deepEqual(items.filter(({ orphaned }) => orphaned).map(({ stack }) => stack).sort(), orphans)
    const plan = await get<Plan>(`/plan?operation=destroy&to=2&world=${world}`)
    assert.deepEqual(plan.orphans?.map(({ stack }) => stack).sort(), orphans)
    assert.deepEqual(
      plan.units.filter(({ orphaned }) => orphaned).map(({ stack }) => stack).sort(),
      orphans
    )
    // What it costs until then is that of the text which declares it.
    const costs = new Map(plan.cost.perUnit.map(({ unit, monthly }) => [unit, monthly]))
    assert.ok((costs.get(`infrastructure.${lost}`) ?? 0) > 100)
    assert.equal((await get<Plan>('/plan?mode=live')).orphans, undefined)
    for (const operation of ['up', 'preview']) {
      const { status, body } = await call(url, 'POST', '/v1/deployments', {
        federation: 'nautilus',
        operation,
        orphaned: true
      })
      assert.equal(status, 400)
      assert.match(JSON.stringify(body), /orphaned.*has no meaning for/)
    }
  })

  test('it drifts, is refreshed, survives a destroy that fails, and is destroyed alone', async () => {
    const { url, world, database, lost } = await deployed()
    const vpc = { cluster: lost, type: 'aws:ec2/vpc:Vpc' }
    const body = (operation: string, ...faults: object[]) => ({
      federation: 'nautilus',
      operation,
      phases: { from: 1, to: 2 },
      orphaned: true,
      rehearsal: { world, faults }
    })
    const drift = await succeeds(
      url,
      body('drift-check', { ...vpc, kind: 'changed', property: 'tags.owner', value: 'somebody' })
    )
    assert.equal(drift.drift?.changed, 1)
    const found = await call<{ items: { unit: string }[] }>(
      url,
      'GET',
      `/v1/deployments/${drift.id}/drift?kind=changed`
    )
    assert.deepEqual(found.body.items.map(({ unit }) => unit), [`infrastructure.${lost}`])
    await succeeds(url, body('refresh'))

    const cut = await run(url, body('destroy', { ...vpc, kind: 'fail', operation: 'delete' }))
    assert.equal(cut.status, 'failed')
    const { body: plan } = await call<Plan>(url, 'GET', `${api}/plan?world=${world}`)
    assert.deepEqual(plan.orphans?.map(({ stack }) => stack).sort(), orphansOf(lost))

    const { orphaned: _alone, ...whole } = body('destroy')
    const destroyed = await succeeds(url, { ...whole, clusters: [lost] })
    const units = await unitsOf(url, destroyed.id)
    assert.deepEqual(units.map(({ stack }) => stack), orphansOf(lost))
    assert.ok(units.every(({ orphaned }) => orphaned))
    const { stacks } = await readWorld(database, world)
    assert.ok(stacks.length > 0 && stacks.every(({ stack }) => !stack.includes(lost)))
    await assertStatesMatchClouds(database, world)
  })
}
