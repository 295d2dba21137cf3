import fastifyPlugin from 'fastify-plugin'
import { addressBlock } from '../minute-counts.ts'

/** Senders that are told of: an installation has a few proxies, and anybody can send the header. */
const mostTold = 10

/**
 * Warns of a proxy that is not named: all that it forwards counts as its own, by address. Once for
 * each sender.
 */
export const proxiesPlugin = fastifyPlugin(async (app) => {
  const told = new Set<string>()
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, ips, socket: { remoteAddress } } = request
    // With a trusted sender there are two addresses at least: its own and the one it forwards for.
    if (headers['x-forwarded-for'] !== undefined && (ips?.length ?? 1) === 1 && remoteAddress !== undefined) {
      const sender = addressBlock(remoteAddress)
      if (told.size < mostTold && !told.has(sender)) {
        told.add(sender)
        request.log.warn(
          { sender },
          'X-Forwarded-For came from an address that is no named proxy, and was ignored: if a proxy of ' +
            'yours sent it, name it in WINDLASS_PROXIES, or as proxies in the access file'
        )
      }
    }
    done()
  })
}, { name: 'proxies' })
