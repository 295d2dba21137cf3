/**
 * Limits for clients that are slow, silent, too many or too large: over bare sockets, and shorter
 * than the usual ones.
 */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { usualConnectionLimits } from '../../server/connection-limits.ts'
import { diagnostic } from '../fixtures/events.ts'
import { startServer, type Server } from '../fixtures/server/server.ts'

const limits = { headers: 300, request: 600, silence: 900, idle: 900, look: 50 }
const host = 'host: localhost\r\n'

/** A connection, what came over it, and its end. */
function dial (
  { url }: Server,
  context: TestContext,
  localAddress = '127.0.0.1'
): { socket: Socket, text: () => string, closed: Promise<void> } {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress })
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  // The server may cut the client off.
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve()
    })
  })
  context.after(() => {
    socket.destroy()
  })
  return { socket, text: () => text, closed }
}

/** Writes a text byte by byte until the connection ends. */
async function drip (socket: Socket, text: string, pause: number): Promise<void> {
  for (const letter of text) {
    if (socket.destroyed || !socket.writable) return
    socket.write(letter)
    await delay(pause)
  }
}

test('usual limits: headers in 10 s, a request in 30 s, no silence for two minutes', async (context) => {
  const { app } = await startServer(context)
  const { headersTimeout, requestTimeout, timeout, keepAliveTimeout, maxConnections } = app.server
  assert.deepEqual([headersTimeout, requestTimeout, timeout, keepAliveTimeout, maxConnections], [
    10_000,
    30_000,
    120_000,
    72_000,
    20_000
  ])
  assert.equal(usualConnectionLimits.look, 5_000)
})

test('headers and bodies that come byte by byte get 408, and others are answered', {
  timeout: 30_000
}, async (context) => {
  const server = await startServer(context, { limits })
  const slow = Array.from({ length: 20 }, () => dial(server, context))
  const body = dial(server, context)
  body.socket.write(
    `POST /v1/deployments HTTP/1.1\r\n${host}content-type: application/json\r\ncontent-length: 5000\r\n\r\n{`
  )
  const dripping = [
    ...slow.map(({ socket }) =>
      drip(socket, `GET /v1/deployments HTTP/1.1\r\n${host}x-slow: ${'a'.repeat(2_000)}`, 20)
    ),
    drip(body.socket, ' '.repeat(2_000), 20)
  ]
  assert.equal((await server.call('GET', '/v1/deployments')).status, 200)
  await Promise.all([...slow, body].map(({ closed }) => closed))
  await Promise.all(dripping)
  for (const { text } of [...slow, body]) {
    assert.match(text(), /^HTTP\/1\.1 408 .*"code":"http-request-timeout"/s)
  }
})

test(
  'a silent connection is closed, before a request and after one',
  { timeout: 30_000 },
  async (context) => {
    const server = await startServer(context, { limits })
    const [silent, idle] = [dial(server, context), dial(server, context)]
    idle.socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`)
    await Promise.all([silent.closed, idle.closed])
    assert.match(silent.text(), /^HTTP\/1\.1 408 /)
    assert.match(idle.text(), /^HTTP\/1\.1 200/)
  }
)

test('a request that is too large is refused at once, by its length and by its size', {
  timeout: 30_000
}, async (context) => {
  const server = await startServer(context)
  const [headers, declared, chunked] = [dial(server, context), dial(server, context), dial(server, context)]
  headers.socket.write(`GET /healthz HTTP/1.1\r\n${host}x-large: ${'a'.repeat(17 * 1024)}\r\n\r\n`)
  // Not one byte of it is sent.
  declared.socket.write(
    `POST /v1/deployments HTTP/1.1\r\n${host}content-type: application/json\r\ncontent-length: ` +
      `${256 * 1024 + 1}\r\n\r\n`
  )
  chunked.socket.write(
    `POST /v1/deployments HTTP/1.1\r\n${host}content-type: application/json\r\ntransfer-encoding: ` +
      `chunked\r\n\r\n`
  )
  for (let sent = 0; sent <= 17; sent++) chunked.socket.write(`4000\r\n${' '.repeat(0x4000)}\r\n`)
  for (
    const [{ text }, answer] of [[headers, /^HTTP\/1\.1 431 .*http-headers-too-large/s], [
      declared,
      /^HTTP\/1\.1 413 .*http-body-too-large/s
    ], [chunked, /^HTTP\/1\.1 413 .*http-body-too-large/s]] as const
  ) {
    for (let tries = 0; !answer.test(text()) && tries < 500; tries++) await delay(10)
    assert.match(text(), answer)
  }
})

test(
  'a connection beyond the limit is closed, and the open ones go on',
  { timeout: 30_000 },
  async (context) => {
    const server = await startServer(context, { limits: { connections: 3 } })
    const held = Array.from({ length: 3 }, () => dial(server, context))
    const answered = async ({ socket, text }: ReturnType<typeof dial>, times: number) => {
      socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`)
      for (let tries = 0; text().split('HTTP/1.1 200').length <= times && tries < 500; tries++) {
        await delay(
          10
        )
      }
      return text().split('HTTP/1.1 200').length - 1
    }
    for (const one of held) assert.equal(await answered(one, 1), 1)
    const extra = dial(server, context)
    await extra.closed
    assert.equal(extra.text(), '')
    for (const one of held) assert.equal(await answered(one, 2), 2)
    held[0]?.socket.destroy()
    await held[0]?.closed
    let again = dial(server, context)
    for (let tries = 0; await answered(again, 1) === 0 && tries < 20; tries++) again = dial(server, context)
    assert.match(again.text(), /^HTTP\/1\.1 200/)
  }
)

test(
  'one address has a share of the connections; others, and this machine, go on',
  { timeout: 30_000 },
  async (context) => {
    const server = await startServer(context, { limits: { perAddress: 2 } })
    const answered = async (address: string) => {
      const one = dial(server, context, address)
      one.socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`)
      for (let tries = 0; one.text() === '' && !one.socket.destroyed && tries < 500; tries++) await delay(10)
      return { ...one, ok: one.text().startsWith('HTTP/1.1 200') }
    }
    const [first] = [await answered('127.0.0.2'), await answered('127.0.0.2')]
    assert.equal((await answered('127.0.0.2')).ok, false)
    for (const other of ['127.0.0.3', '127.0.0.1', '127.0.0.1', '127.0.0.1']) {
      assert.equal(
        (await answered(other)).ok,
        true,
        other
      )
    }
    first?.socket.destroy()
    await first?.closed
    let again = await answered('127.0.0.2')
    for (let tries = 0; !again.ok && tries < 100; tries++) again = await answered('127.0.0.2')
    assert.equal(again.ok, true)
  }
)

test('a follower that reads nothing is cut off, and one that reads gets every event', {
  timeout: 60_000
}, async (context) => {
  // The one that reads is in this process, which 40 MB of events may keep for more than a second.
  const server = await startServer(context, { limits: { ...limits, silence: 5_000 } })
  const id = await server.launch()
  const request = `GET /v1/deployments/${id}/events HTTP/1.1\r\n${host}accept: text/event-stream\r\n\r\n`
  const [deaf, reader] = [dial(server, context), dial(server, context)]
  deaf.socket.pause()
  for (const { socket } of [deaf, reader]) socket.write(request)
  for (let tries = 0; server.automation.followers < 2 && tries < 500; tries++) await delay(10)
  // 40 MB: far more than the buffers of both ends of a socket hold.
  const message = 'x'.repeat(20_000)
  for (let batch = 0; batch < 20; batch++) {
    server.automation.emit(
      id,
      ...Array.from({ length: 100 }, () => diagnostic(message))
    )
  }
  server.automation.emit(id, { type: 'deployment.succeeded' })
  for (let tries = 0; server.automation.followers > 0 && tries < 2_000; tries++) await delay(10)
  assert.equal(server.automation.followers, 0, 'both are gone: one has all, one was cut off')
  assert.match(reader.text(), /id: 2002\n/)
  deaf.socket.resume()
  await deaf.closed
  assert.ok(!deaf.text().includes('id: 2002\n'))
  assert.ok(server.automation.taken < 2 * 2002, `${server.automation.taken} events were taken for both`)
})
