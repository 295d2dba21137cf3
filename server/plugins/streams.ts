import { type Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'
import { HttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service shuts down: streams end, and clients resume by Last-Event-ID. */
    closing: AbortSignal
    /** The number of open event streams. */
    openStreams: { count: number }
    /**
     * Counts an event stream of a caller, until the returned function is called. Throws
     * `http-too-many-requests` when they, or all together, have too many.
     */
    openStream(caller: string): () => void
  }
}

/** Event streams in total, unless the access file says otherwise: each costs some 10 KB. */
const mostStreams = 5_000
/** Seconds after which a refused client may find a free stream. */
const retryAfterSeconds = 30

/** Milliseconds between checks for idle connections while the service closes. */
const idleCheckMilliseconds = 20

/**
 * Ends long answers when the service closes, before the server stops accepting and waits for the
 * requests under way. Connections without a request are closed until none is left: one whose answer
 * ends only now would stay for its keep-alive time, and one that a browser opened in advance, which
 * Node does not count as idle, for a minute.
 */
export const streamsPlugin = fastifyPlugin<
  { parts?: { readonly settings: { limits: { streams: number, streamsPerCaller: number } } } }
>(async (app, { parts }) => {
  const controller = new AbortController()
  app.decorate('closing', controller.signal)
  app.decorate('openStreams', { count: 0 })

  /** Open streams by caller. */
  const callers = new Map<string, number>()
  app.decorate('openStream', (caller: string) => {
    const own = callers.get(caller) ?? 0
    const limits = parts?.settings.limits
    const tooMany = (of: 'streams' | 'own-streams', count: number, most: number) =>
      new HttpError('http-too-many-requests', { of, open: count, most, retryAfterSeconds })
    const most = limits?.streams ?? mostStreams
    if (app.openStreams.count >= most) throw tooMany('streams', app.openStreams.count, most)
    if (limits && own >= limits.streamsPerCaller) {
      throw tooMany('own-streams', own, limits.streamsPerCaller)
    }
    callers.set(caller, own + 1)
    app.openStreams.count++
    let open = true
    return () => {
      if (!open) return
      open = false
      app.openStreams.count--
      const left = (callers.get(caller) ?? 1) - 1
      if (left > 0) callers.set(caller, left)
      else callers.delete(caller)
    }
  })

  /** Requests under way on each open connection. */
  const connections = new Map<Socket, number>()
  app.server.on('connection', (socket) => {
    connections.set(socket, 0)
    socket.once('close', () => {
      connections.delete(socket)
    })
  })
  const add = (socket: Socket, change: number) => {
    if (connections.has(socket)) connections.set(socket, (connections.get(socket) ?? 0) + change)
  }
  app.server.on('request', ({ socket }, response) => {
    add(socket, 1)
    response.once('close', () => {
      add(socket, -1)
    })
  })

  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    controller.abort()
    timer = setInterval(() => {
      for (const [socket, requests] of connections) if (requests === 0) socket.destroySoon()
    }, idleCheckMilliseconds)
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
  })
}, { name: 'streams' })
