/**
 * Bodies of strangers: what is refused before it is read, and how much is held. Bytes, not time.
 */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { StrangersBodies, type StrangersBody } from '../../server/strangers-bodies.ts'
import { startGuarded } from '../fixtures/server/guarded.ts'
import { startServer } from '../fixtures/server/server.ts'

const mebibyte = 1024 * 1024

/** Sends a head and pieces of a body, and waits for the answer. */
async function send (
  url: string,
  context: TestContext,
  { head, pieces = [], from = '127.0.0.1' }: { head: string, pieces?: Buffer[], from?: string }
): Promise<{ status: number, text: string, more: (piece: Buffer) => void, answered: Promise<string> }> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress: from })
  context.after(() => {
    socket.destroy()
  })
  let text = ''
  const { promise, resolve } = Promise.withResolvers<string>()
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    resolve(text)
  }).on('error', () => {
    resolve(text)
  }).on('close', () => {
    resolve(text)
  })
  socket.write(`${head}\r\nhost: localhost\r\n\r\n`)
  for (const piece of pieces) socket.write(piece)
  const answered = promise.then(() => text)
  return {
    get status () {
      return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)
    },
    get text () {
      return text
    },
    more: (piece) => socket.write(piece),
    answered
  }
}

const large = `content-length: ${5 * mebibyte}`
const early: [string, number, string][] = [
  ['POST /v1/nothing HTTP/1.1', 404, 'http-route-not-found'],
  ['PUT /v1/deployments HTTP/1.1', 405, 'http-method-not-allowed'],
  ['POST /v1/hooks/nothing HTTP/1.1', 404, 'hook-not-found'],
  ['POST /v1/deployments HTTP/1.1', 401, 'http-unauthenticated'],
  ['POST /v1/deployments/x/cancel HTTP/1.1', 401, 'http-unauthenticated'],
  ['POST /v1/deployments HTTP/1.1\r\nauthorization: Bearer x', 401, 'http-unauthenticated'],
  ['POST /v1/session HTTP/1.1\r\ncontent-type: application/json', 413, 'http-body-too-large'],
  ['DELETE /v1/session HTTP/1.1\r\ncontent-type: application/json', 413, 'http-body-too-large'],
  ['GET /healthz HTTP/1.1', 200, '"ok"']
]

test('what is refused is answered before its body comes, and the connection ends', {
  timeout: 30_000
}, async (context) => {
  const { url, app } = await startGuarded(context)
  for (const [head, status, code] of early) {
    for (const size of [large, 'transfer-encoding: chunked']) {
      if (size !== large && status === 413) continue
      const sent = await send(url, context, { head: `${head}\r\n${size}` })
      const text = await sent.answered
      assert.equal(sent.status, status, `${head}\n${text}`)
      assert.ok(text.includes(code), text)
      assert.match(text, /connection: close/i, head)
    }
  }
  assert.equal(app.strangersBodies.peak, 0)
})

test('a sender that goes on reads the answer, and a small rest keeps the connection', async (context) => {
  const { url, call } = await startGuarded(context)
  for (let n = 0; n < 20; n++) {
    const answer = await fetch(`${url}/v1/hooks/nothing`, { method: 'POST', body: Buffer.alloc(800_000) })
    assert.equal(answer.status, 404)
  }
  const small = await call('POST', '/v1/nothing', { body: { text: 'x' } })
  assert.equal(small.headers.get('connection'), 'keep-alive')
})

test('bodies without credentials are held up to a bound, and a small one is not shut out', {
  timeout: 30_000
}, async (context) => {
  const most = 2 * mebibyte
  const { url, app } = await startServer(context, { limits: { strangersBodies: most } })
  const head = `POST /v1/hooks/deploy HTTP/1.1\r\nx-hub-signature-256: s\r\ncontent-length: ${mebibyte}`
  const many = await Promise.all(
    Array.from({ length: 20 }, () => send(url, context, { head, pieces: [Buffer.alloc(mebibyte - 1, 120)] }))
  )
  // All but two are cut: those that are left lack a byte.
  for (let tries = 0; many.filter(({ status }) => status === 503).length < 18 && tries < 1_000; tries++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  assert.equal(many.filter(({ status }) => status === 503).length >= 18, true)
  const small = await send(url, context, {
    head: 'POST /v1/hooks/deploy HTTP/1.1\r\nx-hub-signature-256: s\r\ncontent-length: 10000',
    pieces: [Buffer.alloc(10_000, 120)],
    from: '127.0.0.2'
  })
  await small.answered
  assert.equal(small.status, 200, small.text)
  for (const one of many) one.more(Buffer.from('x'))
  await Promise.all(many.map(({ answered }) => answered))
  assert.ok(app.strangersBodies.peak <= most, `${app.strangersBodies.peak} bytes were held`)
  for (let tries = 0; app.strangersBodies.held > 0 && tries < 1_000; tries++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  assert.equal(app.strangersBodies.held, 0)
})

test('a body that does not say its size, or takes its time, is refused', {
  timeout: 30_000
}, async (context) => {
  const { url, app } = await startServer(context, { limits: { strangersBody: 200 } })
  const head = 'POST /v1/hooks/deploy HTTP/1.1\r\nx-hub-signature-256: s'
  const unsized = await send(url, context, {
    head: `${head}\r\ntransfer-encoding: chunked`,
    pieces: [Buffer.from('50000\r\n'), Buffer.alloc(0x50000, 120), Buffer.from('\r\n')]
  })
  assert.match(await unsized.answered, /413[^]*http-body-too-large/)
  const slow = await send(url, context, {
    head: `${head}\r\ncontent-length: 10`,
    pieces: [Buffer.from('xxx')]
  })
  assert.match(await slow.answered, /408[^]*within 0\.2 seconds/)
  for (const sent of [unsized, slow]) sent.more(Buffer.alloc(100_000, 120))
  const small = await send(url, context, {
    head: `${head}\r\ncontent-length: 2`,
    pieces: [Buffer.from('{}')]
  })
  await small.answered
  assert.equal(app.strangersBodies.held, 0)
})

test('no order of pieces holds more than the bound, and who holds least is cut last', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ body: fc.nat(7), bytes: fc.integer({ min: 1, max: 40 }), end: fc.boolean() }), {
        maxLength: 100
      }),
      (moves) => {
        const bodies = new StrangersBodies(100)
        const open = new Map<number, StrangersBody>()
        for (const { body: key, bytes, end } of moves) {
          const body = open.get(key) ?? bodies.open(`address ${key % 3}`)
          if (!open.has(key)) {
            open.set(key, body)
            body.cut = () => {
              const sums = [0, 1, 2].map((address) =>
                [...open.values()].filter((one) => one.address === `address ${address}`).reduce(
                  (sum, one) => sum + one.bytes,
                  0
                )
              )
              assert.equal(sums[key % 3], Math.max(...sums))
              open.delete(key)
            }
          }
          assert.equal(bodies.take(body, bytes), open.has(key))
          if (end && open.delete(key)) bodies.close(body)
          // What still comes after the end is not held.
          if (!open.has(key)) assert.equal(bodies.take(body, bytes), false)
          assert.ok(bodies.held <= 100)
          assert.equal(bodies.held, [...open.values()].reduce((sum, one) => sum + one.bytes, 0))
        }
        assert.ok(bodies.peak <= 100)
      }
    ),
    { numRuns: 300, seed: 8 }
  )
})
