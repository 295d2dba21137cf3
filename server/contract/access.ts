/** Who acts, on the wire. */
import { Type, type Static } from 'typebox'
import { oneOf } from './schema.ts'

export const actorSchema = Type.Object({
  subject: Type.String({ description: 'who it was: stable and unique' }),
  name: Type.String({ description: 'the name for people' }),
  kind: oneOf(['local', 'person', 'token', 'job', 'hook', 'schedule'], { description: 'what acts' }),
  person: Type.Optional(Type.String({ description: 'the subject of the person for whom a token acts' }))
}, { $id: 'Actor', description: 'who did it' })
export type ActorBody = Static<typeof actorSchema>
