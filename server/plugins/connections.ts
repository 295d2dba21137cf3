import { type Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'
import { addressBlock } from '../minute-counts.ts'

/** Programs of this machine: a proxy that terminates TLS has the connections of all callers. */
const own = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/**
 * Keeps one address from taking all connections: beyond `most` a new one is closed. Not registered
 * where proxies are configured, since all connections are theirs then.
 */
export const connectionsPlugin = fastifyPlugin<{ most: number }>(async (app, { most }) => {
  const open = new Map<string, number>()
  app.server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || own.has(remoteAddress)) return
    const address = addressBlock(remoteAddress)
    const count = (open.get(address) ?? 0) + 1
    if (count > most) {
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}, { name: 'connections' })
