import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem } from '../../../contract/problem.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

const about = (number: number, more: object) => ({
  number,
  phase: 2,
  unit: 'infrastructure.a',
  urn: `urn:pulumi:s::p::aws:ec2/vpc:Vpc::n${number}`,
  resource: { type: 'aws:ec2/vpc:Vpc', name: `n${number}` },
  kind: 'changed' as const,
  properties: [],
  ...more
})

test('findings of a drift check are read page by page, by kind, unit and ignored', async (context) => {
  const { call, automation } = await startServer(context)
  const launched = (await call('POST', '/v1/deployments', {
    body: {
      federation: 'nautilus',
      operation: 'drift-check',
      rehearsal: { faults: [{ kind: 'changed', property: 'tags["a.b/c"][0].d', value: 3 }] }
    }
  })).body as Fields
  automation.found = [
    about(3, {}),
    about(5, { kind: 'missing' }),
    about(9, { ignored: 'somebody owns it' }),
    about(12, { unit: 'infrastructure.b' })
  ]
  const path = `/v1/deployments/${String(launched.id)}/drift`
  const read = async (query = '') =>
    (await call('GET', `${path}${query}`)).body as { items: Fields[], next?: string }
  assert.deepEqual((await read()).items.map(({ number }) => number), [3, 5, 9, 12])
  assert.deepEqual((await read('?limit=2')).next, '5')
  assert.deepEqual((await read('?limit=2&after=5')).items.map(({ number }) => number), [9, 12])
  assert.deepEqual((await read('?kind=missing')).items.map(({ number }) => number), [5])
  assert.deepEqual((await read('?ignored=true')).items.map(({ number }) => number), [9])
  assert.deepEqual((await read('?ignored=false&unit=infrastructure.a')).items.map(({ number }) => number), [
    3,
    5
  ])
  for (const query of ['kind=new', 'ignored=yes', 'after=x', 'limit=0', 'what=1']) {
    assert.equal((await call('GET', `${path}?${query}`)).status, 400, query)
  }
  assert.equal((await call('GET', '/v1/deployments/none/drift')).status, 404)
})

test('the latest check of a federation is among the metrics', async (context) => {
  const { app } = await startServer(context)
  const { body } = await app.inject('/metrics')
  assert.match(
    body,
    /^windlass_drift_resources\{federation="nautilus",mode="live",world="",kind="changed"\} 2$/m
  )
  assert.match(
    body,
    /^windlass_drift_resources\{federation="nautilus",mode="live",world="",kind="ignored"\} 1$/m
  )
  assert.match(
    body,
    /^windlass_drift_checked_timestamp_seconds\{federation="nautilus",mode="live",world=""\} 1795248000$/m
  )
})

test('a fault names a property by its path, and its new value', async (context) => {
  const { call } = await startServer(context)
  for (
    const [fault, field] of [
      [{ kind: 'changed', property: 'a..b', value: 1 }, 'property'],
      [{ kind: 'changed', property: '.a', value: 1 }, 'property'],
      [{ kind: 'changed', property: 'a[x]', value: 1 }, 'property'],
      [{ kind: 'changed', property: 'a', value: { b: 1 } }, 'value']
    ] as const
  ) {
    const { status, body } = await call('POST', '/v1/deployments', {
      body: { federation: 'nautilus', operation: 'refresh', rehearsal: { faults: [fault] } }
    })
    assert.equal(status, 400, JSON.stringify(fault))
    assert.match(JSON.stringify((body as Problem).errors), new RegExp(`faults\\[0\\]\\.${field}`))
  }
})
