/** Which resources a deployment changed, on the wire. */
import { Type, type Static } from 'typebox'
import { eventsQuerySchema } from './query.ts'
import { closed, storableText } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'

export const propertyChangeSchema = Type.Object({
  path: Type.String({ description: "the property's path" }),
  kind: Type.String({ description: 'add, delete or update' }),
  replaces: Type.Boolean({ description: 'whether the resource is replaced because of it' }),
  before: Type.Optional(Type.Unknown({ description: 'what it was; absent: nothing, or a secret' })),
  after: Type.Optional(
    Type.Unknown({
      description: 'what it is, or in a preview would be; {"unknown": true}: nobody can know yet'
    })
  )
})
export type PropertyChange = Static<typeof propertyChangeSchema>

export const resourceChangeSchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: "the number of the deployment's event" }),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  urn: Type.String({ description: "the resource's URN" }),
  resource: Type.Object({ type: Type.String(), name: Type.String() }, {
    description: "the resource's type and name"
  }),
  op: Type.String({ description: "the engine's word: create, update, replace, delete and others" }),
  diff: Type.Optional(Type.Array(
    propertyChangeSchema,
    { description: 'what differs, of an update or a replacement' }
  )),
  diffsCut: Type.Optional(Type.Integer({ minimum: 1, description: 'how many more properties differ' }))
}, { $id: 'ResourceChange', description: 'a resource that was, or in a preview would be, changed' })
export type ResourceChange = Static<typeof resourceChangeSchema>

export const changesQuerySchema = Type.Object({
  ...eventsQuerySchema.properties,
  unit: Type.Optional(storableText('only those of this unit'))
}, closed)
