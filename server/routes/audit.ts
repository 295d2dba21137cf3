import { Readable } from 'node:stream'
import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { visibleFederations, type AuditPort } from '../../automation/index.ts'
import { auditEntrySchema, auditQuerySchema, verificationSchema } from '../../contract/audit.ts'
import { ref } from '../../contract/schema.ts'
import { HttpError } from '../errors.ts'
import { problems } from './responses.ts'

/** The chain can only be followed as a whole: whoever may see a part of it gets pages. */
export function needAll ({ principal: { grants } }: FastifyRequest): void {
  if (visibleFederations(grants, 'audit.read') === undefined) return
  throw new HttpError(
    'http-forbidden',
    'the whole audit log needs audit.read for every federation: expected the role admin for the ' +
      'federations *',
    { details: { permission: 'audit.read', roles: ['admin'] } }
  )
}

async function* joined (batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  for await (const lines of batches) yield `${lines.join('\n')}\n`
}

/** Who did what: in pages, as a whole, and whether it is whole. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ automation: AuditPort }> = async (
  app,
  { automation }
) => {
  const lines = { schema: { type: 'string' } }

  app.get('/v1/audit', {
    config: { permission: 'audit.read' },
    schema: {
      operationId: 'listAudit',
      summary: 'Read the audit log',
      description: 'Latest first. An admin of some federations sees what was done to these.',
      tags: ['audit'],
      querystring: auditQuerySchema,
      response: {
        200: Type.Object({
          items: Type.Array(ref(auditEntrySchema), { description: 'entries' }),
          next: Type.Optional(
            Type.String({
              description: 'what to pass as `before` for the next page; absent on the last page'
            })
          )
        }, { description: 'a page of entries' }),
        ...problems()
      }
    }
  }, ({ query: { limit = 100, ...filter }, principal: { grants } }) => {
    const federations = visibleFederations(grants, 'audit.read')
    return automation.audit.page({ limit, ...filter, ...(federations && { federations }) })
  })

  app.get('/v1/audit/export', {
    config: { permission: 'audit.read', endless: true },
    exposeHeadRoute: false,
    schema: {
      operationId: 'exportAudit',
      summary: 'Export the audit log',
      description:
        'Newline-delimited JSON, oldest first: entry, hash and previous of each, at last the head. ' +
        '`windlass audit verify` checks such a file.',
      tags: ['audit'],
      response: { 200: { description: 'The log', content: { 'application/x-ndjson': lines } }, ...problems() }
    }
  }, async (request, reply) => {
    needAll(request)
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    const batches = automation.audit.lines({ signal: AbortSignal.any([gone.signal, app.closing]) })
    return reply.headers({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="windlass-audit.ndjson"'
    }).type('application/x-ndjson').send(Readable.from(joined(batches), { highWaterMark: 1 }))
  })

  app.get('/v1/audit/verification', {
    config: { permission: 'audit.read' },
    schema: {
      operationId: 'verifyAudit',
      summary: 'Check the audit log',
      description: 'Follows the chain of hashes through all that is stored.',
      tags: ['audit'],
      response: { 200: ref(verificationSchema), ...problems() }
    }
  }, async (request) => {
    needAll(request)
    return await automation.audit.verify({ signal: app.closing })
  })
}
