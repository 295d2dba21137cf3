import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem } from '../../../contract/problem.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

test('federations are listed and read, and mistakes in a file have their places', async (context) => {
  const { call } = await startServer(context)
  const { items } = (await call('GET', '/v1/federations')).body as { items: Fields[] }
  assert.deepEqual(items.map(({ name, valid }) => [name, valid]), [['nautilus', true], ['wreck', false]])
  const federation = (await call('GET', '/v1/federations/nautilus')).body as Fields
  assert.deepEqual(federation.links, [], 'fields that the schema does not name are passed on')
  assert.equal((await call('GET', '/v1/federations/nowhere')).status, 404)
  const answer = await call('GET', '/v1/federations/wreck')
  assert.equal(answer.status, 400)
  const [issue] = (answer.body as Problem).errors ?? []
  assert.deepEqual([issue?.file, issue?.line, issue?.column, issue?.field, issue?.code], [
    'wreck.yaml',
    3,
    5,
    'clusters[0].cidr',
    'FED_CIDR'
  ])
})

test('a plan takes operation, phases and clusters', async (context) => {
  const { call } = await startServer(context)
  const plan = (await call(
    'GET',
    '/v1/federations/nautilus/plan?from=2&to=3&operation=destroy&clusters=a,b&ordering=pipelined'
  )).body as { operation: string, units: Fields[] }
  assert.equal(plan.operation, 'destroy')
  assert.deepEqual(plan.units.map(({ phase }) => phase), [2, 3])
  assert.equal(
    ((await call('GET', '/v1/federations/nautilus/plan')).body as { units: Fields[] }).units.length,
    8
  )
  for (
    const query of [
      'from=3&to=2',
      'from=0',
      'to=9',
      'from=1.5',
      'operation=drill',
      'clusters=',
      'clusters=nowhere',
      'ordering=x'
    ]
  ) assert.equal((await call('GET', `/v1/federations/nautilus/plan?${query}`)).status, 400, query)
  assert.equal((await call('GET', '/v1/federations/nowhere/plan')).status, 404)
})

test('outputs, stacks and state are read in the requested place', async (context) => {
  const { call, automation } = await startServer(context)
  for (const path of ['outputs', 'stacks', 'stacks/a/state']) {
    assert.equal((await call('GET', `/v1/federations/nautilus/${path}`)).status, 200)
    assert.deepEqual(automation.lastPlace, { mode: 'rehearsal', world: 'default' })
    await call('GET', `/v1/federations/nautilus/${path}?world=w1`)
    assert.deepEqual(automation.lastPlace, { mode: 'rehearsal', world: 'w1' })
    await call('GET', `/v1/federations/nautilus/${path}?mode=live`)
    assert.deepEqual(automation.lastPlace, { mode: 'live' })
    for (const query of ['mode=live&world=w1', 'mode=x', 'world=%00', 'world=', 'wrld=w1']) {
      assert.equal((await call('GET', `/v1/federations/nautilus/${path}?${query}`)).status, 400, query)
    }
    assert.equal((await call('GET', `/v1/federations/nowhere/${path}`)).status, 404)
  }
  assert.equal((await call('GET', '/v1/federations/nautilus/stacks/none/state')).status, 404)
  const page = (await call('GET', '/v1/federations/nautilus/stacks?limit=2&world=w1')).body as {
    items: Fields[]
    next: string
  }
  assert.equal(page.items.length, 2)
  assert.equal(
    ((await call('GET', `/v1/federations/nautilus/stacks?limit=2&after=${page.next}`)).body as {
      items: Fields[]
    }).items.length,
    1
  )
})
