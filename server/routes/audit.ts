import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { visibleFederations, type AuditPort } from '../../automation/index.ts'
import {
  auditEntrySchema,
  auditQuerySchema,
  verificationSchema,
  type AuditEntry,
  type Verification
} from '../../contract/audit.ts'
import { ref } from '../../contract/schema.ts'
import { needWholeAudit } from '../access/whole-audit.ts'
import { eventLine } from './examples/event-streams.ts'
import { deploymentId, localActor } from './examples/names.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const entryExample: AuditEntry = {
  seq: 42,
  time: '2026-11-21T08:00:20.000Z',
  format: 2,
  action: 'deployment.approved',
  outcome: 'done',
  actor: localActor,
  origin: { address: '10.0.0.7', requestId: '3f0d7f0a' },
  target: { kind: 'deployment', id: deploymentId, federation: 'nautilus' },
  before: { status: 'waiting', phase: 2 },
  after: { status: 'running', phase: 2, missing: 0 },
  reason: 'change 4711'
}

export const listAudit = route({
  method: 'GET',
  url: '/v1/audit',
  config: { permission: 'audit.read' },
  schema: {
    operationId: 'listAudit',
    summary: 'Read the audit log',
    description: 'The latest first. An admin of some federations sees the entries about these.',
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
  },
  examples: { answers: { 200: { items: [entryExample] } } },
  handler:
    ({ automation }: Uses<AuditPort>) => ({ query: { limit = 100, ...filter }, principal: { grants } }) => {
      const federations = visibleFederations(grants, 'audit.read')
      return automation.audit.page({ limit, ...filter, ...(federations !== undefined && { federations }) })
    }
})

const lines = { schema: { type: 'string' } }

async function* joined (batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield `${batch.join('\n')}\n`
}

export const exportAudit = route({
  method: 'GET',
  url: '/v1/audit/export',
  config: { permission: 'audit.read', endless: true },
  exposeHeadRoute: false,
  schema: {
    operationId: 'exportAudit',
    summary: 'Export the audit log',
    description:
      'Newline-delimited JSON, the oldest first: each entry with its hash and the hash before it, then ' +
      'the head. `windlass audit verify` checks such a file.',
    tags: ['audit'],
    response: {
      200: { description: 'The log', content: { 'application/x-ndjson': lines } },
      ...problems()
    }
  },
  examples: { forms: { 'application/x-ndjson': eventLine } },
  handler: ({ automation }: Uses<AuditPort>) => async (request, reply) => {
    needWholeAudit(request)
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    const signal = AbortSignal.any([gone.signal, request.server.closing])
    return reply.headers({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="windlass-audit.ndjson"'
    }).type('application/x-ndjson').send(
      Readable.from(joined(automation.audit.lines({ signal })), { highWaterMark: 1 })
    )
  }
})

const verificationExample: Verification = {
  valid: true,
  entries: 42,
  first: { seq: 0, hash: '0'.repeat(64) },
  head: { seq: 42, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }
}

export const verifyAudit = route({
  method: 'GET',
  url: '/v1/audit/verification',
  config: { permission: 'audit.read' },
  schema: {
    operationId: 'verifyAudit',
    summary: 'Check the audit log',
    description: 'Follows the chain of hashes through all stored entries.',
    tags: ['audit'],
    response: { 200: ref(verificationSchema), ...problems() }
  },
  examples: { answers: { 200: verificationExample } },
  handler: ({ automation }: Uses<AuditPort>) => async (request) => {
    needWholeAudit(request)
    return await automation.audit.verify({ signal: request.server.closing })
  }
})
