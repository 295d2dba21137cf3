import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AutomationError } from '../../automation/index.ts'
import { type Event } from '../../contract/event.ts'
import { diagnostic, created } from '../fixtures/events.ts'
import { startServer, type Fields, type Server } from '../fixtures/server/server.ts'

const launcher = fileURLToPath(new URL('../../cli/windlass.js', import.meta.url))

/** Runs the command line as users do. */
function windlass (server: string, ...argv: string[]) {
  const child = spawn(process.execPath, [launcher, ...argv], {
    env: { ...process.env, WINDLASS_SERVER: server, FORCE_COLOR: '' },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const done = once(child, 'close').then(([code]) => ({ code: code as number, stdout, stderr }))
  return { child, done, output: () => stdout }
}

/** Waits for a launch and returns its id. */
async function launched ({ automation }: Server): Promise<string> {
  for (let tries = 0; tries < 1000; tries++) {
    const [deployment] = (await automation.deployments({ limit: 1 })).items
    if (deployment && automation.followers > 0) return deployment.id
    await sleep(10)
  }
  throw new Error('nothing was launched')
}

const endings: [`deployment.${'succeeded' | 'failed' | 'canceled'}`, number][] = [
  ['deployment.succeeded', 0],
  ['deployment.failed', 1],
  [
    'deployment.canceled',
    3
  ]
]
for (const [type, code] of endings) {
  test(`following to ${type} ends with ${code}`, async (context) => {
    const server = await startServer(context)
    const run = windlass(server.url, 'up', 'nautilus', '--from', '1', '--to', '2', '--watch')
    const id = await launched(server)
    server.automation.emit(id, { type: 'deployment.started', run: 1 }, {
      type: 'unit.failed',
      phase: 1,
      unit: 'prerequisites.global',
      attempt: 1,
      resourceChanges: created(0),
      error: { code: 'x', message: 'out of \u001b[2Jquota', retryable: false }
    }, { type })
    const result = await run.done
    assert.equal(result.code, code, result.stderr)
    assert.match(result.stdout, /unit prerequisites\.global failed because out of \\u\{1b\}\[2Jquota/)
    // Nothing that moves a cursor where output is not a terminal.
    assert.ok(!result.stdout.includes('\u001b'))
    assert.deepEqual(server.automation.lastRequest?.phases, { from: 1, to: 2 })
  })
}

test('removed events are reported, and those that are kept are shown', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  for (let n = 2; n < 8; n++) {
    server.automation.emit(id, diagnostic(`line ${n}`))
  }
  server.automation.emit(id, { type: 'deployment.succeeded' })
  server.automation.forget(id, 7)
  const results = await Promise.all(
    [['events', id, '--no-follow', '--json'], ['events', id, '--json'], ['watch', id, '--json']].map((argv) =>
      windlass(server.url, ...argv).done
    )
  )
  for (const { code, stdout, stderr } of results) {
    assert.deepEqual([code, stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as Event).seq)], [
      0,
      [7, 8]
    ], stderr)
    assert.equal(stderr, 'the first 6 events were removed after their retention period\n')
  }
})

test('--json gives one JSON object for each event and nothing else', async (context) => {
  const server = await startServer(context)
  const run = windlass(
    server.url,
    'up',
    'nautilus',
    '--watch',
    '--json',
    '--fault',
    'kind=fail,times=2',
    '--world',
    'w1',
    '--seed',
    '9',
    '--time-scale',
    '0.5'
  )
  server.automation.emit(await launched(server), { type: 'deployment.succeeded' })
  const { stdout, stderr, code } = await run.done
  assert.equal(code, 0)
  assert.deepEqual(stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as Event).type), [
    'deployment.queued',
    'deployment.succeeded'
  ])
  assert.equal(stderr, '')
  assert.deepEqual(server.automation.lastRequest?.rehearsal, {
    world: 'w1',
    timeScale: 0.5,
    seed: 9,
    faults: [{ kind: 'fail', times: 2 }]
  })
})

test('waiting for an approval ends with 4 on --no-wait, and an approval continues it', async (context) => {
  const server = await startServer(context)
  const run = windlass(server.url, 'up', 'nautilus', '--approvals', 'each-phase', '--watch', '--no-wait')
  const id = await launched(server)
  server.automation.emit(id, { type: 'deployment.started', run: 1 }, { type: 'deployment.waiting', phase: 1 })
  assert.equal((await run.done).code, 4)
  const approval = await windlass(server.url, 'approve', id, '--comment', 'go').done
  assert.equal(approval.code, 0, approval.stderr)
  assert.equal((await server.automation.deployment(id)).status, 'running')
})

test('a broken connection is continued after the last event', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const run = windlass(server.url, 'events', id, '--json')
  await launched(server)
  server.automation.emit(id, { type: 'deployment.started', run: 1 })
  for (let tries = 0; run.output().split('\n').length < 3 && tries < 500; tries++) await sleep(10)
  server.app.server.closeAllConnections()
  server.automation.emit(id, diagnostic('while away'), { type: 'deployment.succeeded' })
  const { stdout, code } = await run.done
  assert.equal(code, 0)
  assert.deepEqual(stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as Event).seq), [1, 2, 3, 4])
})

test('wrong usage ends with 2, an unknown deployment with 1, no service with 5', async (context) => {
  const server = await startServer(context)
  const cases: [string[], number, RegExp][] = [
    [['nonsense'], 2, /unknown command/],
    [['up'], 2, /missing required argument/],
    [['up', 'nautilus', '--from', '9'], 2, /from 1 to 8/],
    [['up', 'nautilus', '--from', '3', '--to', '2'], 2, /is after/],
    [['up', 'nautilus', '--fault', 'kind=x'], 2, /expected/],
    [['up', 'nautilus', '--clusters', ''], 2, /names/],
    [['plan', 'nautilus', '--server', 'nonsense'], 2, /expected a URL/],
    [['status', 'none'], 1, /deployment-not-found/],
    [['up', 'nautilus', '--mode', 'live'], 1, /live-refused/],
    [['destroy', 'nautilus'], 1, /mesh\.global/],
    [['federations', '--server', 'http://127.0.0.1:9'], 5, /nothing answers/]
  ]
  for (const [argv, code, words] of cases) {
    const result = await windlass(server.url, ...argv).done
    assert.equal(result.code, code, `${argv.join(' ')}: ${result.stderr}`)
    assert.match(result.stderr, words)
  }
  server.automation.failure = new AutomationError('store-unavailable', {})
  assert.equal((await windlass(server.url, 'status').done).code, 5)
})

test('a validation report shows failed and measured checks; without one it exits with 1', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const early = await windlass(server.url, 'validation', id).done
  assert.equal(early.code, 1)
  assert.match(early.stderr, /validation-not-found/)
  server.automation.emit(id, { type: 'deployment.started', run: 1 }, {
    type: 'unit.succeeded',
    phase: 8,
    unit: 'validation.global',
    attempt: 1,
    resourceChanges: created(1)
  })
  const { stdout, code } = await windlass(server.url, 'validation', id).done
  assert.equal(code, 0)
  assert.deepEqual(stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/).slice(0, 3)), [
    ['RESULT', 'KIND', 'CHECK'],
    ['missed', 'capacity', 'link-bandwidth'],
    ['passed', 'latency', 'latency-us-eu'],
    ['passed: 2 checks passed, 0 failed, 1 advisory checks missed']
  ])
  assert.match(
    (await windlass(server.url, 'validation', id, '--all').done).stdout,
    /passed +security +mtls-strict/
  )
  assert.equal(
    (JSON.parse((await windlass(server.url, 'validation', id, '--json').done).stdout) as { passed: boolean })
      .passed,
    true
  )
})

test('an interrupt ends the command line, not the deployment', async (context) => {
  const server = await startServer(context)
  const run = windlass(server.url, 'up', 'nautilus', '--watch')
  const id = await launched(server)
  run.child.kill('SIGINT')
  const { code, stderr } = await run.done
  assert.equal(code, 130)
  assert.match(stderr, /continues/)
  assert.equal((await server.automation.deployment(id)).status, 'queued')
})

test('reading and steering commands show what the service says', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const json = async (...argv: string[]) =>
    JSON.parse((await windlass(server.url, ...argv, '--json').done).stdout) as Fields
  assert.match((await windlass(server.url, 'federations').done).stdout, /nautilus +10/)
  assert.match(
    (await windlass(server.url, 'plan', 'nautilus', '--from', '2', '--to', '3').done).stdout,
    /2 units, 2 min 00 s predicted/
  )
  assert.equal((await json('status', id)).id, id)
  assert.match((await windlass(server.url, 'status').done).stdout, new RegExp(id))
  assert.equal((await json('state', 'nautilus', 'a')).version, 3)
  assert.equal((await json('cancel', id)).status, 'canceled')
  assert.equal((await json('resume', id)).status, 'queued')
  const stored = await windlass(server.url, 'events', id, '--no-follow', '--json').done
  assert.equal(stored.stdout.trimEnd().split('\n').length, 4)
})

test('--markdown writes a comment to stdout and progress to stderr', async (context) => {
  const server = await startServer(context)
  const run = windlass(server.url, 'preview', 'nautilus', '--from', '1', '--to', '2', '--markdown')
  const id = await launched(server)
  server.automation.emit(id, { type: 'deployment.started', run: 1 }, {
    type: 'policy.violated',
    phase: 1,
    unit: 'prerequisites.global',
    policy: 'aws-kms-rotation',
    pack: 'windlass',
    enforcement: 'mandatory',
    message: 'Keys turn.'
  }, { type: 'deployment.failed' })
  const { code, stdout, stderr } = await run.done
  assert.equal(code, 1)
  assert.match(stdout, /^<!-- windlass preview nautilus -->\n### ❌ nautilus: preview failed/)
  assert.match(stdout, /Predicted duration of a live run:\*\* 2 min 00 s/)
  assert.match(stdout, /\*\*mandatory\*\* `aws-kms-rotation` in `prerequisites\.global`: Keys turn\./)
  assert.match(stderr, /deployment started/)
})

test('a world that grows older says what broke, and ends with 1 when something did', async (context) => {
  const server = await startServer(context)
  const quiet = await windlass(server.url, 'world', 'age', 'default', '--days', '30').done
  assert.deepEqual([quiet.code, quiet.stderr], [0, ''])
  const broken = await windlass(server.url, 'world', 'age', 'default', '--days', '400', '--json').done
  assert.equal(broken.code, 1)
  const { findings } = JSON.parse(broken.stdout) as { findings: { code: string }[] }
  assert.deepEqual(findings.map(({ code }) => code), ['certificate-ended'])
  const wrong = await windlass(server.url, 'world', 'age', 'default', '--days', '0').done
  assert.deepEqual([wrong.code, wrong.stderr.includes('expected a whole number from 1 to 3660')], [2, true])
})
