/** Health on the wire. */
import { Type, type Static } from 'typebox'

export const healthSchema = Type.Object({
  status: Type.Literal('ok', { description: 'ok: the process answers' })
}, { description: 'the process is alive' })

export const readinessSchema = Type.Object({
  ready: Type.Boolean({ description: 'whether the service takes and runs deployments' }),
  parts: Type.Record(
    Type.String(),
    Type.Object({ ready: Type.Boolean(), detail: Type.Optional(Type.String()) }),
    { description: 'the parts of the service by name' }
  )
}, { $id: 'Readiness', description: 'whether the service and its parts are ready' })
export type Readiness = Static<typeof readinessSchema>
