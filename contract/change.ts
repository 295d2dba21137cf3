/** Changed resources of a deployment on the wire. */
import { Type, type Static } from 'typebox'
import { eventsQuerySchema } from './query.ts'
import { closed, storableText } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'

export const propertyChangeSchema = Type.Object({
  path: Type.String({ description: "the property's path" }),
  kind: Type.String({ description: 'add, delete or update' }),
  replaces: Type.Boolean({ description: 'whether the resource is replaced because of it' }),
  before: Type.Optional(Type.Unknown({ description: 'the value before; absent: none, or a secret' })),
  after: Type.Optional(
    Type.Unknown({
      description: 'the value after; {"unknown": true} in a preview that cannot know it'
    })
  )
})
export type PropertyChange = Static<typeof propertyChangeSchema>

export const resourceChangeSchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: 'the seq of the event' }),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  urn: Type.String({ description: "the resource's URN" }),
  resource: Type.Object({ type: Type.String(), name: Type.String() }, {
    description: "the resource's type and name"
  }),
  op: Type.String({
    description: "the engine's name for the operation: create, update, replace, delete and others"
  }),
  diff: Type.Optional(Type.Array(
    propertyChangeSchema,
    { description: 'the properties that differ, for an update or a replacement' }
  )),
  diffsCut: Type.Optional(Type.Integer({ minimum: 1, description: 'how many more properties differ' }))
}, { $id: 'ResourceChange', description: 'a resource that was changed or, in a preview, would be' })
export type ResourceChange = Static<typeof resourceChangeSchema>

export const changesQuerySchema = Type.Object({
  ...eventsQuerySchema.properties,
  unit: Type.Optional(storableText('the id of a unit'))
}, closed)
