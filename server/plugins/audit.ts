import fastifyPlugin from 'fastify-plugin'
import { type AuditPort } from '../../automation/index.ts'
import { cutText } from '../../contract/text/cut.ts'
import { nobody } from '../access/caller.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The action under which the audit log notes refused requests; `access.denied` unless given,
     * and none on an open route.
     */
    refusal?: string
  }
}

/**
 * Notes refused requests in the audit log: without credentials, permission or the right to approve,
 * a failed sign-in, a webhook with a wrong signature. What is admitted is noted where it is done.
 */
export const auditPlugin = fastifyPlugin<{ automation: AuditPort }>(async (app, { automation }) => {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions: { url, config }, principal, ip, id, problemCode } = request
    if (!(request.denied === true || reply.statusCode === 401 || reply.statusCode === 403)) return
    // A wrong address is no attempt to do something.
    if (url === undefined || (config.permission === 'open' && config.refusal === undefined)) return
    const { name: federation } = (request.params ?? {}) as { name?: string }
    // The answer is sent: nobody waits for this.
    void automation.audit.denied({
      action: config.refusal ?? 'access.denied',
      ...(principal !== undefined && principal !== nobody && { actor: principal.actor }),
      origin: { address: ip, requestId: id },
      target: {
        kind: 'route',
        id: `${method} ${cutText(request.url.split('?', 1)[0] ?? '', 300)}`,
        ...(federation !== undefined && { federation })
      },
      reason: problemCode ?? String(reply.statusCode)
    })
  })
}, { name: 'audit' })
