import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { verify } from '../../../automation/hooks/signature.ts'
import { waitAfter } from '../../../automation/notifications/backoff.ts'
import { linesOf, pagerdutyEvent, slackMessage, titleOf } from '../../../automation/notifications/messages.ts'
import { receiversOf } from '../../../automation/notifications/receivers.ts'
import { refusal, send, type SenderOptions } from '../../../automation/notifications/send.ts'
import { type Facts, type Receiver } from '../../../automation/store/messages/facts.ts'
import { startHttp, startMail } from './receivers.ts'

const facts: Facts = {
  federation: 'nautilus',
  deployment: 'd-1',
  operation: 'up',
  mode: 'live',
  what: 'failed',
  seq: 9,
  time: '2026-11-21T12:00:00.000Z',
  error: { code: 'resource-failed', message: 'no <!channel> & quota' },
  launchedBy: { subject: 'p', name: 'Ada', kind: 'person' }
}
const now = Date.parse(facts.time)
const optionsOf = (
  secretValues: Record<string, string>,
  more: Partial<SenderOptions> = {}
): SenderOptions => ({
  hosts: ['127.0.0.1', 'localhost'],
  secretValues,
  url: 'https://windlass.example.com/',
  now: () => now,
  ...more
})
const sendNow = (receiver: Receiver, options: SenderOptions, about = facts) =>
  send(receiver, about, 'n-1', options, new AbortController().signal)

test('Slack gets blocks in which nothing can mention or link', async (context) => {
  const server = await startHttp()
  context.after(server.close)
  assert.deepEqual(
    await sendNow(
      { name: 'ops', kind: 'slack', secret: 'slack' },
      optionsOf({ WINDLASS_SECRET_SLACK: `${server.url}/services/T0/B0/secret` })
    ),
    { delivered: true }
  )
  const { path, body } = server.received[0] ?? assert.fail()
  assert.equal(path, '/services/T0/B0/secret')
  assert.equal(body.text, 'nautilus: up (live) failed')
  const text = JSON.stringify(body.blocks)
  assert.match(text, /no &lt;!channel&gt; &amp; quota \(resource-failed\)/)
  assert.match(text, /<https:\/\/windlass\.example\.com\/deployments\/d-1\|deployment d-1>/)
  fc.assert(fc.property(fc.string({ maxLength: 5000 }), (message) => {
    const { blocks } = slackMessage({ ...facts, error: { code: 'x', message } }, undefined) as {
      blocks: { text?: { text: string } }[]
    }
    assert.ok(
      blocks.every((block) =>
        (block.text?.text.length ?? 0) <= 3000 && !/<[!@#]/.test(block.text?.text ?? '')
      )
    )
  }))
})

test('PagerDuty: failure triggers, resume acknowledges, success resolves one incident', async (context) => {
  const server = await startHttp(() => 202)
  context.after(server.close)
  const options = optionsOf({ WINDLASS_SECRET_PAGER: 'routing-key' }, {
    pagerduty: `${server.url}/v2/enqueue`
  })
  for (const what of ['failed', 'resumed', 'succeeded']) {
    assert.deepEqual(
      await sendNow({ name: 'pager', kind: 'pagerduty', secret: 'pager' }, options, {
        ...facts,
        what,
        deployment: what
      }),
      { delivered: true }
    )
  }
  assert.deepEqual(server.received.map(({ body }) => body.event_action), [
    'trigger',
    'acknowledge',
    'resolve'
  ])
  assert.equal(new Set(server.received.map(({ body }) => body.dedup_key)).size, 1)
  const { payload, routing_key: key } = server.received[0]?.body as {
    payload: Record<string, unknown>
    routing_key: string
  }
  assert.deepEqual([key, payload.severity, payload.source, payload.summary], [
    'routing-key',
    'critical',
    'nautilus',
    'nautilus: up (live) failed: no <!channel> & quota'
  ])
  assert.notEqual(
    pagerdutyEvent({ ...facts, mode: 'rehearsal', world: 'w' }, 'k', undefined).dedup_key,
    pagerdutyEvent(facts, 'k', undefined).dedup_key
  )
})

test('drift opens an incident that only a check without drift resolves', () => {
  const drift = {
    resources: 318,
    changed: 2,
    output: 40,
    missing: 1,
    ignored: { changed: 1, output: 2, missing: 0 }
  }
  const about: Facts = {
    ...facts,
    operation: 'drift-check',
    what: 'drift',
    drift,
    units: 2,
    types: [{ type: 'aws:ec2/vpc:Vpc', count: 3 }]
  }
  delete about.error
  assert.equal(titleOf(about), 'nautilus: drift-check (live) found drift')
  assert.deepEqual(linesOf(about, undefined).slice(0, 2), [
    'drift: 2 changed, 1 missing of 318 resources, in 2 units (40 differ in computed values only, 3 ignored)',
    '3 aws:ec2/vpc:Vpc'
  ])
  const event = pagerdutyEvent(about, 'k', undefined)
  assert.equal(event.event_action, 'trigger')
  assert.match(String((event.payload as { summary: string }).summary), /found drift: drift: 2 changed/)
  const pager = {
    name: 'pager',
    kind: 'pagerduty' as const,
    secret: 'p',
    events: ['drift', 'succeeded'] as const,
    modes: ['live'] as const,
    operations: ['drift-check'] as const
  }
  const heard = (told: Facts) => receiversOf(told, { notifications: [pager] }, []).length
  const none = { ...drift, changed: 0, missing: 0 }
  assert.deepEqual([
    heard(about),
    heard({ ...about, what: 'succeeded' }),
    heard({ ...about, what: 'succeeded', drift: none })
  ], [1, 0, 1])
  assert.equal(
    pagerdutyEvent({ ...about, what: 'succeeded', drift: none }, 'k', undefined).dedup_key,
    event.dedup_key
  )
})

test('a signed webhook is one that a hook of this service would take', async (context) => {
  const server = await startHttp()
  context.after(server.close)
  await sendNow(
    { name: 'own', kind: 'webhook', secret: 'key', url: `${server.url}/told` },
    optionsOf({ WINDLASS_SECRET_KEY: 'a-key-of-a-webhook' }),
    { ...facts, trace: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }
  )
  const [one] = server.received
  assert.ok(one)
  assert.deepEqual(
    verify(
      { name: 'h', sender: 'generic', key: 'a-key-of-a-webhook', rules: [] },
      one.headers,
      Buffer.from(one.text),
      now
    ),
    { delivery: 'n-1', signedId: true }
  )
  // For receivers that trace; the body has what people want to know.
  assert.deepEqual([one.headers['traceparent'], one.text.includes('4bf92f3577b34da6')], [
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    false
  ])
  assert.partialDeepStrictEqual(one.body, {
    type: 'deployment.failed',
    data: { deployment: 'd-1', url: 'https://windlass.example.com/deployments/d-1' }
  })
})

test('what may help is tried again, what cannot is given up; answers are not kept', async (context) => {
  let status = 503
  const server = await startHttp(() => status)
  const receiver: Receiver = { name: 'own', kind: 'webhook', secret: 'key', url: server.url }
  const options = optionsOf({ WINDLASS_SECRET_KEY: 'a-key-of-enough-bytes' })
  for (
    const [given, again] of [[500, true], [503, true], [429, true], [408, true], [400, false], [404, false], [
      410,
      false
    ]] as const
  ) {
    status = given
    assert.deepEqual(await sendNow(receiver, options), {
      delivered: false,
      error: `it answers ${given}`,
      again
    })
  }
  status = 302
  assert.match(JSON.stringify(await sendNow(receiver, options)), /redirects are not followed.*"again":false/)
  assert.equal(server.received.length, 8)
  await server.close()
  const lost = await sendNow(receiver, options)
  assert.ok(!lost.delivered && lost.again && lost.error.startsWith('it could not be reached: '))
})

test('only allowed hosts are reached, with TLS but on the same machine', async () => {
  const https = ['https:']
  assert.equal(refusal('https://hooks.slack.com/services/x', ['hooks.slack.com'], https), undefined)
  assert.equal(refusal('https://a.hooks.example.com/', ['*.example.com'], https), undefined)
  assert.match(refusal('http://hooks.slack.com/', ['hooks.slack.com'], https) ?? '', /expected https:/)
  for (
    const address of [
      'https://169.254.169.254/latest',
      'http://localhost:5432/',
      'http://[::1]/',
      'https://hooks.slack.com.evil.example/',
      'https://0x7f000001/',
      'file:///etc/passwd',
      'nothing'
    ]
  ) assert.ok(refusal(address, ['hooks.slack.com'], https), address)
  assert.partialDeepStrictEqual(
    await sendNow(
      { name: 'own', kind: 'webhook', secret: 'key', url: 'https://10.0.0.1/' },
      optionsOf({ WINDLASS_SECRET_KEY: 'k' })
    ),
    { delivered: false, again: false }
  )
  assert.match(
    JSON.stringify(await sendNow({ name: 'own', kind: 'slack', secret: 'gone' }, optionsOf({}))),
    /set WINDLASS_SECRET_NAUTILUS__GONE/
  )
})

test('e-mail goes over STARTTLS only, to a server whose certificate is trusted', async (context) => {
  const server = await startMail({ tls: true })
  const plain = await startMail({ tls: false })
  if (!server || !plain) return context.skip('openssl is not installed')
  context.after(async () => {
    await server.close()
    await plain.close()
  })
  const receiver: Receiver = {
    name: 'mail',
    kind: 'email',
    secret: 'mail',
    from: 'windlass@example.com',
    to: ['ops@example.com']
  }
  const urlOf = (port: number, password = 'mail-password') => ({
    WINDLASS_SECRET_MAIL: `smtp://windlass:${password}@localhost:${port}`
  })
  assert.deepEqual(
    await sendNow(receiver, optionsOf(urlOf(server.port), { authorities: server.certificate })),
    { delivered: true }
  )
  const [mail] = server.mails
  assert.ok(mail?.secure)
  for (
    const wanted of [
      /^Subject: nautilus: up \(live\) failed\r?$/m,
      /^To: ops@example\.com\r?$/m,
      /^Message-ID: <n-1@example\.com>\r?$/m,
      /^Auto-Submitted: auto-generated\r?$/m,
      /launched by Ada/
    ]
  ) assert.match(mail.text, wanted)
  assert.partialDeepStrictEqual(await sendNow(receiver, optionsOf(urlOf(server.port))), { delivered: false })
  assert.partialDeepStrictEqual(
    await sendNow(receiver, optionsOf(urlOf(plain.port), { authorities: plain.certificate })),
    { delivered: false, again: false }
  )
  const wrong = await sendNow(
    receiver,
    optionsOf(urlOf(server.port, 'mail-passwort'), { authorities: server.certificate })
  )
  assert.ok(!wrong.delivered && !wrong.again && !wrong.error.includes('mail-passwort'))
  assert.equal(server.mails.length + plain.mails.length, 1)
})

test('waits grow, are spread, and end', () => {
  const waits = Array.from({ length: 11 }, (_, index) => waitAfter(index + 1, 1) ?? 0)
  assert.deepEqual(waits.slice(0, 4), [5, 10, 20, 40])
  assert.ok(waits.reduce((sum, wait) => sum + wait) < 4 * 3600 && waits.every((wait) => wait <= 3600))
  assert.equal(waitAfter(12, 0.5), undefined)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(10_000),
      (attempt, random, wanted) => {
        const wait = waitAfter(attempt, random, wanted) ?? 0
        assert.ok(wait >= 2.5 && wait <= 3600 && wait >= Math.min(wanted, 3600))
      }
    )
  )
})

test('receivers hear what they are for', () => {
  const all = { events: ['failed', 'waiting'], modes: ['live'], operations: ['up', 'destroy'] } as const
  const federation = {
    notifications: [{ name: 'chat', kind: 'slack', secret: 's', ...all }, {
      name: 'pager',
      kind: 'pagerduty',
      secret: 'p',
      ...all
    }] as const
  }
  const names = (about: Partial<Facts>) =>
    receiversOf({ ...facts, ...about }, federation, []).map(({ name }) => name)
  assert.deepEqual(names({}), ['chat', 'pager'])
  // PagerDuty has no word for waiting.
  assert.deepEqual(names({ what: 'waiting' }), ['chat'])
  for (const about of [{ what: 'succeeded' }, { mode: 'rehearsal' }, { operation: 'preview' }] as const) {
    assert.deepEqual(names(about), [])
  }
  const hooks = [{
    name: 'deploy',
    sender: 'github' as const,
    key: 'k',
    rules: [],
    callback: { url: 'https://ci.example.com/told', secret: 'back' }
  }]
  assert.deepEqual(
    receiversOf(
      { ...facts, what: 'queued', launchedBy: { subject: 'hook:deploy', name: 'hook deploy', kind: 'hook' } },
      federation,
      hooks
    ),
    [{ name: 'hook:deploy', kind: 'webhook', url: 'https://ci.example.com/told', secret: 'back' }]
  )
})
