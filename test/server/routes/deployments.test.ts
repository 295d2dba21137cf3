import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem } from '../../../contract/problem.ts'
import { created } from '../../fixtures/events.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

const up = { federation: 'nautilus', operation: 'up' }
const problem = (body: unknown) => body as Problem

test('a launch is 202 with its address and defaults', async (context) => {
  const { call, automation } = await startServer(context)
  const answer = await call('POST', '/v1/deployments', { body: up })
  assert.equal(answer.status, 202)
  const deployment = answer.body as Fields
  assert.equal(answer.headers.get('location'), `/v1/deployments/${String(deployment.id)}`)
  assert.equal(deployment.status, 'queued')
  assert.equal(deployment.position, 1)
  assert.deepEqual(automation.lastRequest, {
    ...up,
    mode: 'rehearsal',
    phases: { from: 1, to: 8 },
    ordering: 'phased',
    approvals: 'none',
    rehearsal: { world: 'default', timeScale: 0, seed: 1, faults: [] }
  })
})

test('a launch passes on everything that was asked for', async (context) => {
  const { call, automation } = await startServer(context)
  const faults = [{
    kind: 'fail',
    cluster: 'c1',
    type: 'aws:ec2/vpc:Vpc',
    operation: 'create',
    times: 2,
    message: 'no'
  }]
  const body = {
    ...up,
    phases: { from: 3 },
    clusters: ['c1', 'c2'],
    ordering: 'pipelined',
    approvals: 'each-phase',
    parallelism: 64,
    rehearsal: { world: 'fresh', timeScale: 0.5, seed: 7, faults }
  }
  assert.equal((await call('POST', '/v1/deployments', { body })).status, 202)
  assert.deepEqual(automation.lastRequest, { ...body, mode: 'rehearsal', phases: { from: 3, to: 8 } })
})

const wrong: [string, unknown, string[]][] = [
  ['an unknown field', { ...up, fases: {} }, ['fases']],
  ['a number for a name', { ...up, federation: 3 }, ['federation']],
  ['a missing field', { federation: 'nautilus' }, ['operation']],
  ['an unknown operation', { ...up, operation: 'deploy' }, ['operation']],
  ['a number in quotes', { ...up, parallelism: '4' }, ['parallelism']],
  ['a parallelism out of range', { ...up, parallelism: 65 }, ['parallelism']],
  ['no cluster', { ...up, clusters: [] }, ['clusters']],
  ['a cluster twice', { ...up, clusters: ['a', 'a'] }, ['clusters']],
  ['a phase out of range', { ...up, phases: { from: 0, to: 9 } }, ['phases.from', 'phases.to']],
  ['phases in the wrong order', { ...up, phases: { from: 5, to: 4 } }, ['phases.from']],
  ['rehearsal options of a live deployment', { ...up, mode: 'live', rehearsal: { seed: 1 } }, ['rehearsal']],
  ['an unknown field of a fault', { ...up, rehearsal: { faults: [{ kind: 'fail', klaster: 'x' }] } }, [
    'rehearsal.faults[0].klaster'
  ]],
  ['text that no database holds', { ...up, federation: 'a\u0000b', clusters: ['\ud800'] }, [
    'federation',
    'clusters[0]'
  ]],
  ['a list for an object', [up], ['']],
  ['null', null, ['']]
]
for (const [what, body, fields] of wrong) {
  test(`a launch with ${what} is 400 and says where, what and what would be right`, async (context) => {
    const { call } = await startServer(context)
    const answer = await call('POST', '/v1/deployments', { body })
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    const { code, retryable, errors = [], requestId } = problem(answer.body)
    assert.equal(code, 'http-request-invalid')
    assert.equal(retryable, false)
    assert.equal(answer.headers.get('x-request-id'), requestId)
    assert.deepEqual(errors.map(({ field }) => field).sort(), [...fields].sort())
    for (const { message, expected } of errors) assert.ok(message !== '' && expected !== '')
  })
}

test('refusals have the status of their kind', async (context) => {
  const { call, automation, launch } = await startServer(context)
  const id = await launch()
  const cases: [string, string, unknown, number, string][] = [
    ['POST', '/v1/deployments', { ...up, federation: 'nowhere' }, 404, 'federation-not-found'],
    ['POST', '/v1/deployments', { ...up, mode: 'live' }, 403, 'live-refused'],
    ['POST', '/v1/deployments', { ...up, operation: 'destroy' }, 409, 'dependants-deployed'],
    ['POST', `/v1/deployments/${id}/resume`, undefined, 409, 'wrong-status'],
    ['POST', `/v1/deployments/${id}/approve`, { phase: 1 }, 409, 'wrong-status'],
    ['POST', `/v1/deployments/${id}/approve`, { phase: 9 }, 400, 'http-request-invalid'],
    ['POST', `/v1/deployments/${id}/reject`, undefined, 400, 'http-request-invalid'],
    ['POST', `/v1/deployments/${id}/cancel`, { now: true }, 400, 'http-request-invalid'],
    ['GET', '/v1/deployments/none', undefined, 404, 'deployment-not-found'],
    ['GET', '/v1/deployments/none/units', undefined, 404, 'deployment-not-found'],
    ['GET', '/v1/deployments/none/validation', undefined, 404, 'deployment-not-found'],
    ['GET', `/v1/deployments/${id}/validation`, undefined, 404, 'validation-not-found'],
    ['GET', `/v1/deployments/${id}/units/none`, undefined, 404, 'unit-not-found'],
    ['POST', '/v1/deployments/none/cancel', undefined, 404, 'deployment-not-found']
  ]
  for (const [method, path, body, status, code] of cases) {
    const answer = await call(method, path, { body })
    assert.equal(answer.status, status, `${method} ${path}`)
    assert.equal(problem(answer.body).code, code)
  }
  assert.deepEqual(
    problem((await call('POST', '/v1/deployments', { body: { ...up, operation: 'destroy' } })).body).details,
    { dependants: ['mesh.global'] }
  )
  automation.failure = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
    code: 'ECONNREFUSED',
    syscall: 'connect'
  })
  const unavailable = await call('GET', '/v1/deployments')
  assert.equal(unavailable.status, 503)
  assert.deepEqual([problem(unavailable.body).code, problem(unavailable.body).retryable], [
    'store-unavailable',
    true
  ])
  assert.match(unavailable.headers.get('retry-after') ?? '', /^\d+$/)
  automation.failure = new Error('password=hunter2')
  const internal = await call('GET', '/v1/deployments')
  assert.equal(internal.status, 500)
  assert.doesNotMatch(internal.text, /hunter2/)
})

test('an idempotency key gives the same deployment, and refuses another body', async (context) => {
  const { call } = await startServer(context)
  const headers = { 'idempotency-key': 'k-1' }
  const first = await call('POST', '/v1/deployments', { body: up, headers })
  const again = await call('POST', '/v1/deployments', { body: { ...up, mode: 'rehearsal' }, headers })
  assert.equal(again.status, 202)
  assert.equal((again.body as Fields).id, (first.body as Fields).id)
  assert.equal(again.headers.get('idempotent-replayed'), 'true')
  const other = await call('POST', '/v1/deployments', { body: { ...up, operation: 'preview' }, headers })
  assert.equal(other.status, 422)
  for (const key of ['', 'a b', 'x'.repeat(256)]) {
    assert.equal(
      (await call('POST', '/v1/deployments', { body: up, headers: { 'idempotency-key': key } })).status,
      400,
      JSON.stringify(key)
    )
  }
})

test('unknown ids of any form are 404', async (context) => {
  const { call } = await startServer(context)
  for (
    const id of [
      'x',
      '1',
      '..%2F..',
      '%00',
      '%E0%A4%A',
      'a'.repeat(400),
      'a'.repeat(5000),
      '%F0%9F%92%A9',
      "'--"
    ]
  ) {
    const answer = await call('GET', `/v1/deployments/${id}`)
    assert.equal(answer.status, 404, id.slice(0, 20))
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  }
})

test('lists are paged with limit and after', async (context) => {
  const { call, launch } = await startServer(context)
  const ids = [await launch(), await launch(), await launch()]
  const first = (await call('GET', '/v1/deployments?limit=2')).body as { items: Fields[], next?: string }
  assert.equal(first.items.length, 2)
  const second = (await call('GET', `/v1/deployments?limit=2&after=${first.next ?? ''}`)).body as {
    items: Fields[]
    next?: string
  }
  assert.equal(second.next, undefined)
  assert.deepEqual([...first.items, ...second.items].map(({ id }) => id), ids)
  for (
    const query of [
      'limit=0',
      'limit=1001',
      'limit=x',
      'limit=1e2',
      'limit=',
      'limit=1.5',
      'limit=1&limit=2',
      'sort=up',
      'after=%00'
    ]
  ) assert.equal((await call('GET', `/v1/deployments?${query}`)).status, 400, query)
})

test('units can be listed without their outputs and costs', async (context) => {
  const { call, launch } = await startServer(context)
  const id = await launch()
  const whole = (await call('GET', `/v1/deployments/${id}/units`)).body as { items: Fields[] }
  const small = (await call('GET', `/v1/deployments/${id}/units?omit=outputs,cost`)).body as {
    items: Fields[]
  }
  assert.ok(whole.items.some(({ outputs }) => Object.keys(outputs as Fields).length > 0))
  assert.deepEqual(small.items, whole.items.map(({ cost: _cost, ...unit }) => ({ ...unit, outputs: {} })))
  assert.equal((await call('GET', `/v1/deployments/${id}/units?omit=everything`)).status, 400)
})

test('an unchanged deployment is 304, a changed one is not', async (context) => {
  const { call, launch, automation } = await startServer(context)
  const id = await launch()
  for (
    const path of [
      `/v1/deployments/${id}`,
      '/v1/deployments',
      `/v1/deployments/${id}/units`,
      `/v1/deployments/${id}/units/mesh.global`
    ]
  ) {
    const tag = (await call('GET', path)).headers.get('etag') ?? ''
    assert.match(tag, /^"[\w-]+"$/)
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const answer = await call('GET', path, { headers: { 'if-none-match': header } })
      assert.equal(answer.status, 304)
      assert.equal(answer.text, '')
      assert.equal(answer.headers.get('etag'), tag)
    }
    assert.equal((await call('GET', path, { headers: { 'if-none-match': '"other"' } })).status, 200)
  }
  const before = (await call('GET', `/v1/deployments/${id}`)).headers.get('etag') ?? ''
  automation.emit(id, { type: 'deployment.started', run: 1 })
  assert.equal(
    (await call('GET', `/v1/deployments/${id}`, { headers: { 'if-none-match': before } })).status,
    200
  )
})

test('deployments are steered: approve, reject, cancel, resume', async (context) => {
  const { call, launch, automation } = await startServer(context)
  const id = await launch()
  const status = async (path: string, body?: unknown) =>
    ((await call('POST', `/v1/deployments/${id}${path}`, { body })).body as Fields).status
  automation.emit(id, { type: 'deployment.started', run: 1 }, { type: 'deployment.waiting', phase: 1 })
  assert.equal(await status('/approve', { phase: 1, comment: 'go' }), 'running')
  automation.emit(id, { type: 'deployment.waiting', phase: 2 })
  assert.equal(await status('/reject', { phase: 2 }), 'failed')
  assert.equal(await status('/resume', {}), 'queued')
  assert.equal(await status('/cancel'), 'canceled')
  // A client that always sets the content type and sends no body.
  assert.equal(
    (await call('POST', `/v1/deployments/${id}/resume`, {
      raw: '',
      headers: { 'content-type': 'application/json' }
    })).status,
    200
  )
})

test('a validation report has each check with its kind, measure, target and reason', async (context) => {
  const { call, launch, automation } = await startServer(context)
  const id = await launch()
  automation.emit(id, { type: 'deployment.started', run: 1 }, {
    type: 'unit.succeeded',
    phase: 8,
    unit: 'validation.global',
    attempt: 1,
    resourceChanges: created(1)
  })
  const answer = await call('GET', `/v1/deployments/${id}/validation`)
  assert.equal(answer.status, 200)
  assert.ok(answer.headers.get('etag'))
  const report = answer.body as { passed: boolean, counts: Fields, units: { checks: Fields[] }[] }
  assert.deepEqual([report.passed, report.counts], [true, { passed: 2, failed: 0, advisory: 1 }])
  assert.deepEqual(report.units[0]?.checks[0], {
    name: 'latency-us-eu',
    kind: 'latency',
    passed: true,
    required: true,
    measured: 73.5,
    target: 80,
    unit: 'ms',
    why: 'the slowest of 2 round trips'
  })
})
