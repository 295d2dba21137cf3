import { Transform, type Readable } from 'node:stream'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { type ConnectionLimits } from '../connection-limits.ts'
import { HttpError } from '../errors.ts'
import { addressBlock } from '../minute-counts.ts'
import { StrangersBodies } from '../strangers-bodies.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The bodies of requests without credentials that are held now. */
    strangersBodies: StrangersBodies
  }
}

/**
 * Bytes of a body without credentials that does not say how large it is. Senders of webhooks all
 * do.
 */
const unsizedBytes = 256 * 1024
/**
 * Bounds of the rest of a refused body, which is read and thrown away so that its sender reads the
 * answer rather than a broken connection.
 */
const discarded = { bytes: 1024 * 1024, milliseconds: 2_000 }
/** A rest up to this size is read to its end, and the connection stays open. */
const smallRest = 64 * 1024

/** Bytes that a request says its body has; undefined when it does not. */
function declared ({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

/** Closes the connection after the answer, and throws away what still comes until then. */
function discardRest ({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'close')
  const { socket } = raw
  // Node ends a connection with its answer; one that is ended while bytes wait to be read is reset,
  // and the answer is lost.
  socket.destroySoon = () => {
    socket.end()
  }
  let left = discarded.bytes
  const over = (): void => {
    clearTimeout(timer)
    socket.destroy()
  }
  const timer = setTimeout(over, discarded.milliseconds)
  raw.on('data', (piece: Buffer) => {
    left -= piece.length
    if (left < 0) over()
  })
  // What has come whole before the answer is written ends with the answer.
  raw.once('end', () => {
    if (reply.raw.writableFinished) over()
    else reply.raw.once('finish', over)
  })
  raw.once('close', () => {
    clearTimeout(timer)
  })
}

/** Counts the bytes of a body as they are held, and ends its reading when there are too many. */
function counted (
  bodies: StrangersBodies,
  request: FastifyRequest,
  { payload, reply, milliseconds }: { payload: Readable, reply: FastifyReply, milliseconds: number }
): Readable {
  const unsized = declared(request) === undefined
  const body = bodies.open(addressBlock(request.ip))
  const stream = new Transform({
    transform (piece: Buffer, _encoding, done) {
      if (!bodies.take(body, piece.length)) done()
      else if (unsized && body.bytes > unsizedBytes) done(new HttpError('http-body-too-large', {}))
      else done(null, piece)
    },
    flush (done) {
      clearTimeout(timer)
      body.cut = undefined
      done()
    }
  })
  const timer = setTimeout(() => {
    stream.destroy(new HttpError('http-request-timeout', { seconds: milliseconds / 1000 }))
  }, milliseconds)
  body.cut = () => {
    stream.destroy(new HttpError('http-overloaded', {}))
  }
  stream.once('close', () => {
    clearTimeout(timer)
    body.cut = undefined
  })
  // The parser listens only while it reads: a body may be cut before that, and after it was
  // refused.
  stream.on('error', () => undefined)
  payload.once('error', (error) => {
    stream.destroy(error)
  })
  reply.raw.once('close', () => {
    clearTimeout(timer)
    bodies.close(body)
  })
  return payload.pipe(stream)
}

/**
 * Reads no body that nobody asked for: what is refused before its body is read is answered at once.
 * Bodies of requests that show no credentials (webhooks, signing in) have a bound together, and a
 * time.
 */
export const bodiesPlugin = fastifyPlugin<{ limits: ConnectionLimits }>(async (app, { limits }) => {
  const bodies = new StrangersBodies(limits.strangersBodies)
  app.decorate('strangersBodies', bodies)
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? app.nothingAt(request) : undefined)
  })
  app.addHook('preParsing', (request, reply, payload, done) => {
    const { method, routeOptions: { config } } = request
    if (config.permission !== 'open' || method === 'GET' || method === 'HEAD') {
      done(null, payload)
      return
    }
    done(null, counted(bodies, request, { payload, reply, milliseconds: limits.strangersBody }))
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const { raw } = request
    const rest = !raw.complete &&
      (raw.headers['transfer-encoding'] !== undefined || (declared(request) ?? 0) > smallRest)
    if (rest) discardRest(request, reply)
    done(null, payload)
  })
}, { name: 'bodies', dependencies: ['errors', 'access'] })
