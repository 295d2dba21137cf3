import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { EventStreamParser } from '../../../cli/sse.ts'
import { type Event } from '../../../contract/event.ts'
import { type Problem } from '../../../contract/problem.ts'
import { diagnostic } from '../../fixtures/events.ts'
import { startServer, type Server } from '../../fixtures/server/server.ts'

const sse = { accept: 'text/event-stream' }
const until = async (condition: () => boolean) => {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 500, 'waited too long')
    await sleep(10)
  }
}

/** Reads a stream to its end, or until `enough` is true, and closes the connection. */
async function read (
  url: string,
  headers: Record<string, string> = sse,
  enough: (events: Event[]) => boolean = () => false
) {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  const events: Event[] = []
  let text = ''
  const parser = new EventStreamParser()
  const decoder = new TextDecoder()
  if (response.body) {
    for await (const piece of response.body) {
      const part = decoder.decode(piece as Uint8Array, { stream: true })
      text += part
      events.push(
        ...parser.push(part).map(({ id, data }) => {
          const event = JSON.parse(data) as Event
          assert.equal(id, String(event.seq))
          return event
        })
      )
      if (enough(events)) break
    }
  }
  controller.abort()
  return { response, events, text }
}
const seqs = (events: { seq: number }[]) => events.map(({ seq }) => seq)
const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, index) => from + index)
const address = ({ url }: Server, id: string) => `${url}/v1/deployments/${id}/events`

test('a stream gives stored and new events, and ends after the final one', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  server.automation.emit(id, { type: 'deployment.started', run: 1 })
  const reading = read(address(server, id))
  await until(() => server.automation.followers === 1)
  server.automation.emit(id, { type: 'unit.started', phase: 1, unit: 'mesh.global', attempt: 1 })
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const { response, events, text } = await reading
  assert.deepEqual(seqs(events), [1, 2, 3, 4])
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  assert.equal(response.headers.get('cache-control'), 'no-store')
  assert.equal(response.headers.get('x-accel-buffering'), 'no')
  assert.doesNotMatch(text, /^event:/m)
  await until(() => server.automation.followers === 0)
})

test('a stream resumes by Last-Event-ID or after, and the header wins', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  for (let n = 0; n < 5; n++) server.automation.emit(id, diagnostic(String(n)))
  server.automation.emit(id, { type: 'deployment.failed' })
  assert.deepEqual(seqs((await read(address(server, id), { ...sse, 'last-event-id': '3' })).events), [
    4,
    5,
    6,
    7
  ])
  assert.deepEqual(seqs((await read(`${address(server, id)}?after=5`)).events), [6, 7])
  assert.deepEqual(
    seqs((await read(`${address(server, id)}?after=1`, { ...sse, 'last-event-id': '6' })).events),
    [7]
  )
  assert.equal((await read(address(server, id), { ...sse, 'last-event-id': '7' })).response.status, 204)
  assert.equal((await read(`${address(server, id)}?after=8`)).response.status, 204)
  for (const value of ['x', '-1', '1.5', '2147483648']) {
    assert.equal(
      (await read(address(server, id), { ...sse, 'last-event-id': value })).response.status,
      400,
      value
    )
  }
  for (const query of ['after=-1', 'after=x', 'after=2147483648', 'limit=0', 'foo=1']) {
    assert.equal((await read(`${address(server, id)}?${query}`)).response.status, 400, query)
  }
})

test('NDJSON, a page and a stream have the same events', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  for (let n = 0; n < 250; n++) server.automation.emit(id, diagnostic(`line\n${n}`))
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const { events } = await read(address(server, id))
  const ndjson = await server.call('GET', `/v1/deployments/${id}/events`, {
    headers: { accept: 'application/x-ndjson' }
  })
  assert.equal(ndjson.headers.get('content-type'), 'application/x-ndjson')
  assert.deepEqual(ndjson.text.trimEnd().split('\n').map((line) => JSON.parse(line) as Event), events)
  const polled: Event[] = []
  for (let after: string | undefined = '0'; after !== undefined;) {
    const page: { items: Event[], next?: string } =
      (await server.call('GET', `/v1/deployments/${id}/events?after=${after}&limit=90`)).body as never
    polled.push(...page.items)
    after = page.next
  }
  assert.deepEqual(polled, events)
  assert.deepEqual(seqs(events), upTo(252))
})

test('the Accept header decides the form', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const type = async (accept: string) =>
    (await read(address(server, id), { accept })).response.headers.get('content-type')?.split(';')[0]
  assert.equal(await type('*/*'), 'application/json')
  assert.equal(await type('text/event-stream, */*;q=0.1'), 'text/event-stream')
  assert.equal(await type('application/json;q=0.5, application/x-ndjson'), 'application/x-ndjson')
  assert.equal(await type('text/*'), 'text/event-stream')
  assert.equal(await type('application/json;q=0, */*'), 'text/event-stream')
  for (const accept of ['text/html', 'application/json;q=0']) {
    const { status, headers, body } = await server.call('GET', `/v1/deployments/${id}/events`, {
      headers: { accept }
    })
    assert.deepEqual([status, (body as Problem).code], [406, 'http-not-acceptable'], accept)
    assert.equal(headers.get('content-type'), 'application/problem+json')
  }
  assert.equal((await read(`${server.url}/v1/deployments/none/events`)).response.status, 404)
})

test('two clients and a poller see the same events though one is away for a while', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const steady = read(address(server, id))
  const first = await read(address(server, id), sse, (events) => events.length >= 1)
  for (let n = 0; n < 300; n++) server.automation.emit(id, diagnostic(String(n)))
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const rest = await read(address(server, id), { ...sse, 'last-event-id': String(first.events.at(-1)?.seq) })
  const { events } = await steady
  assert.deepEqual(seqs([...first.events, ...rest.events]), upTo(302))
  assert.deepEqual(seqs(events), upTo(302))
})

test('a hundred clients get every event', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const readers = Array.from({ length: 100 }, () => read(address(server, id)))
  await until(() => server.automation.followers === 100)
  for (let n = 0; n < 50; n++) server.automation.emit(id, diagnostic(String(n)))
  server.automation.emit(id, { type: 'deployment.succeeded' })
  for (const { events } of await Promise.all(readers)) assert.deepEqual(seqs(events), upTo(52))
})

test('a client that stops reading is paused, and gets the rest later', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const total = 2_000
  const message = 'x'.repeat(10_000)
  server.automation.emit(
    id,
    ...Array.from({ length: total }, () => diagnostic(message))
  )
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  context.after(() => socket.destroy())
  await once(socket, 'connect')
  socket.pause()
  socket.write(
    `GET /v1/deployments/${id}/events HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: ` +
      `text/event-stream\r\nconnection: close\r\n\r\n`
  )
  await until(() => server.automation.taken > 0)
  await sleep(300)
  const { taken } = server.automation
  await sleep(200)
  assert.equal(server.automation.taken, taken, 'nothing more is taken while the client does not read')
  assert.ok(taken < total, `${taken} events were taken ahead of a client that reads none`)
  let text = ''
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece
  })
  socket.resume()
  await once(socket, 'end')
  assert.equal(text.match(/^id: \d+/gm)?.length, total + 2)
})

test('a client that has gone is not served any more', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  await read(address(server, id), sse, (events) => events.length === 1)
  await until(() => server.automation.followers === 0 && server.app.openStreams.count === 0)
})

test('a silent stream sends heartbeats that are comments; NDJSON sends nothing', async (context) => {
  const server = await startServer(context, { streams: { heartbeatMilliseconds: 20 } })
  const id = await server.launch()
  const reading = read(address(server, id))
  const lines = server.call('GET', `/v1/deployments/${id}/events`, {
    headers: { accept: 'application/x-ndjson' }
  })
  await sleep(200)
  server.automation.emit(id, { type: 'deployment.succeeded' })
  const { text, events } = await reading
  assert.ok((text.match(/^: /gm)?.length ?? 0) >= 2)
  assert.deepEqual(seqs(events), [1, 2])
  assert.equal((await lines).text.trimEnd().split('\n').length, 2)
})

test('headers come before the first event, in both stream forms', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  for (const accept of ['text/event-stream', 'application/x-ndjson']) {
    const controller = new AbortController()
    const response = await fetch(`${address(server, id)}?after=1`, {
      headers: { accept },
      signal: controller.signal
    })
    assert.equal(response.status, 200)
    controller.abort()
  }
})

test('closing the service ends the streams with a comment', async (context) => {
  const server = await startServer(context)
  const id = await server.launch()
  const reading = read(address(server, id))
  await until(() => server.automation.followers === 1)
  await server.app.close()
  const { text } = await reading
  assert.match(text, /: the service is closing.*\n\n$/)
  assert.equal(server.automation.followers, 0)
})
