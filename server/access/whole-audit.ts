import { type FastifyRequest } from 'fastify'
import { visibleFederations } from '../../automation/index.ts'
import { HttpError } from '../errors.ts'

/**
 * Refuses callers who may not see the whole audit log: the chain of hashes can only be followed
 * through all entries.
 */
export function needWholeAudit ({ principal: { grants } }: FastifyRequest): void {
  if (visibleFederations(grants, 'audit.read') === undefined) return
  throw new HttpError('http-forbidden', {
    wrong: 'the whole audit log needs audit.read for every federation: expected the role admin for the ' +
      'federations *',
    permission: 'audit.read',
    roles: ['admin']
  })
}
