import { type Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service shuts down: streams end, their clients come back by Last-Event-ID. */
    closing: AbortSignal
    /** How many event streams are open. */
    openStreams: { count: number }
  }
}

/** Milliseconds between looks for connections that have become idle while the service closes. */
const idleCheck = 20

/**
 * Lets long answers end when the service closes, before the server stops to accept and waits for what is under way. Connections without a request under way are closed until none is
 * left: one whose answer ends only now would stay for its keep-alive time, and one that a browser opened in advance, which Node does not count as idle, for a minute.
 */
export const streamsPlugin = fastifyPlugin(async (app) => {
  const controller = new AbortController()
  app.decorate('closing', controller.signal)
  app.decorate('openStreams', { count: 0 })

  /** Requests under way on each open connection. */
  const connections = new Map<Socket, number>()
  app.server.on('connection', (socket) => {
    connections.set(socket, 0)
    socket.once('close', () => { connections.delete(socket) })
  })
  const add = (socket: Socket, change: number) => { if (connections.has(socket)) connections.set(socket, (connections.get(socket) ?? 0) + change) }
  app.server.on('request', ({ socket }, response) => {
    add(socket, 1)
    response.once('close', () => { add(socket, -1) })
  })

  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    controller.abort()
    timer = setInterval(() => { for (const [socket, requests] of connections) if (requests === 0) socket.destroySoon() }, idleCheck)
  })
  app.addHook('onClose', async () => { clearInterval(timer) })
}, { name: 'streams' })
