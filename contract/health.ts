/** Health on the wire. */
import { Type, type Static } from 'typebox'

export const healthSchema = Type.Object({
  status: Type.Literal('ok', { description: 'the process answers' })
}, { description: 'the process is alive' })

export const readinessSchema = Type.Object({
  ready: Type.Boolean({ description: 'whether deployments are taken and run' }),
  parts: Type.Record(
    Type.String(),
    Type.Object({ ready: Type.Boolean(), detail: Type.Optional(Type.String()) }),
    { description: 'each part by name' }
  )
}, { $id: 'Readiness', description: 'whether the service can do its work, part by part' })
export type Readiness = Static<typeof readinessSchema>
