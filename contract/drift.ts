/** Drift on the wire: how the clouds differ from the state. */
import { Type, type Static } from 'typebox'
import { pageQuerySchema } from './query.ts'
import { closed, count, integer, oneOf, storableText } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { driftKinds } from './words.ts'

const kinds = {
  changed: count('resources whose inputs differ in the cloud'),
  output: count('resources of which only computed values differ'),
  missing: count('resources that are gone from the cloud')
}

export const driftCountsSchema = Type.Object({
  resources: count('resources that were compared'),
  ...kinds,
  ignored: Type.Object(kinds, {
    description: 'resources that the federation file ignores, which the other figures leave out'
  })
}, { $id: 'DriftCounts', description: 'resources that differ, by kind' })
export type DriftCounts = Static<typeof driftCountsSchema>

const driftPropertySchema = Type.Object({
  path: Type.String({ description: "the property's path" }),
  kind: oneOf(['changed', 'output'], { description: 'changed: an input; output: a computed value' }),
  expected: Type.Optional(Type.Unknown({ description: 'the value in the state; absent: none' })),
  actual: Type.Optional(Type.Unknown({ description: 'the value in the cloud; absent: none' })),
  ignored: Type.Optional(Type.String({ description: 'why the federation file ignores it' }))
})
export type DriftProperty = Static<typeof driftPropertySchema>

export const driftFindingSchema = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'the number of the finding: it rises' }),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  urn: Type.String({ description: "the resource's URN" }),
  resource: Type.Object({ type: Type.String(), name: Type.String() }, {
    description: "the resource's type and name"
  }),
  kind: oneOf(driftKinds, { description: 'how it differs' }),
  properties: Type.Array(driftPropertySchema, {
    description: 'the properties that differ; a secret is [secret]'
  }),
  propertiesCut: Type.Optional(count('how many more properties differ')),
  ignored: Type.Optional(Type.String({ description: 'why the federation file ignores the resource' }))
}, { $id: 'DriftFinding', description: 'a resource that differs from the state' })
export type DriftFinding = Static<typeof driftFindingSchema>

export const driftQuerySchema = Type.Object({
  after: Type.Optional(
    integer('the number of the last finding of the page before', 0, Number.MAX_SAFE_INTEGER)
  ),
  limit: pageQuerySchema.properties.limit,
  kind: Type.Optional(oneOf(driftKinds, { description: 'a kind of drift' })),
  unit: Type.Optional(storableText('the id of a unit')),
  ignored: Type.Optional(
    oneOf(['true', 'false'], {
      description: 'whether the federation file ignores it'
    })
  )
}, closed)
