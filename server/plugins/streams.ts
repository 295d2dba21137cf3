import { type Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'
import { HttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Aborts when the service shuts down: streams end, their clients come back by Last-Event-ID.
     */
    closing: AbortSignal
    /** How many event streams are open. */
    openStreams: { count: number }
    /**
     * Opens an event stream of a caller; throws `http-too-many-requests` when they, or all
     * together, have too many. Resolves with what closes it.
     */
    openStream(caller: string): () => void
  }
}

/** Event streams in all, where the access file says nothing: each costs some tens of kilobytes. */
const mostStreams = 5_000
/** Seconds after which a client that found all streams taken may find one. */
const retryAfterSeconds = 30

/** Milliseconds between looks for connections that have become idle while the service closes. */
const idleCheck = 20

/**
 * Lets long answers end when the service closes, before the server stops to accept and waits for
 * what is under way. Connections without a request under way are closed until none is left: one
 * whose answer ends only now would stay for its keep-alive time, and one that a browser opened in
 * advance, which Node does not count as idle, for a minute.
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
    const tooMany = (whose: string, most: number) =>
      new HttpError(
        'http-too-many-requests',
        `${whose} open already, and there are ${most} at most: close one, or read the events page by page`,
        { headers: { 'retry-after': String(retryAfterSeconds) } }
      )
    if (app.openStreams.count >= (limits?.streams ?? mostStreams)) {
      throw tooMany(`${app.openStreams.count} event streams are`, limits?.streams ?? mostStreams)
    }
    if (limits && own >= limits.streamsPerCaller) {
      throw tooMany(`${own} event streams of this caller are`, limits.streamsPerCaller)
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
    }, idleCheck)
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
  })
}, { name: 'streams' })
