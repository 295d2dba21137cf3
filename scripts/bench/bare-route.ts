/**
 * A Fastify server with one route and nothing else, which answers as the service does: what polling
 * costs at least. Arguments: the status and the answer's headers as JSON; the body comes by stdin.
 * Prints its address when it listens.
 */
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'

const [status = '200', headers = '{}'] = process.argv.slice(2)
const body = await text(process.stdin)
const given = JSON.parse(headers) as Record<string, string>
const app = fastify()
app.get(
  '/v1/deployments/:id',
  (_request, reply) => reply.code(Number(status)).headers(given).send(body === '' ? undefined : body)
)
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
