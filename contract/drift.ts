/** Drift on the wire: how what is in the clouds differs from the state. */
import { Type, type Static } from 'typebox'
import { pageQuerySchema } from './query.ts'
import { closed, count, integer, oneOf, storableText } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { driftKinds } from './words.ts'

const kinds = {
  changed: count('with an input that is another one in the cloud'),
  output: count('of which only values that the cloud computes differ'),
  missing: count('that are gone from the cloud')
}

export const driftCountsSchema = Type.Object({
  resources: count('resources that were compared'),
  ...kinds,
  ignored: Type.Object(kinds, {
    description: 'those that the federation file ignores, which are in none of the other figures'
  })
}, { $id: 'DriftCounts', description: 'resources by how they differ' })
export type DriftCounts = Static<typeof driftCountsSchema>

const driftPropertySchema = Type.Object({
  path: Type.String({ description: "the property's path" }),
  kind: oneOf(['changed', 'output'], { description: 'an input, or a value that the cloud computes' }),
  expected: Type.Optional(Type.Unknown({ description: 'as the state has it; absent: it has none' })),
  actual: Type.Optional(Type.Unknown({ description: 'as the cloud has it; absent: it has none' })),
  ignored: Type.Optional(Type.String({ description: 'why the federation file ignores it' }))
})
export type DriftProperty = Static<typeof driftPropertySchema>

export const driftFindingSchema = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'rises from finding to finding' }),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  urn: Type.String({ description: "the resource's URN" }),
  resource: Type.Object({ type: Type.String(), name: Type.String() }, {
    description: "the resource's type and name"
  }),
  kind: oneOf(driftKinds, { description: 'how it differs' }),
  properties: Type.Array(driftPropertySchema, { description: 'what differs; secrets are [secret]' }),
  propertiesCut: Type.Optional(count('how many more properties differ')),
  ignored: Type.Optional(Type.String({ description: 'why the federation file ignores the resource' }))
}, { $id: 'DriftFinding', description: 'a resource that differs from the state' })
export type DriftFinding = Static<typeof driftFindingSchema>

export const driftQuerySchema = Type.Object({
  after: Type.Optional(integer('the number of the last finding had', 0, Number.MAX_SAFE_INTEGER)),
  limit: pageQuerySchema.properties.limit,
  kind: Type.Optional(oneOf(driftKinds, { description: 'only these' })),
  unit: Type.Optional(storableText('only those of this unit')),
  ignored: Type.Optional(
    oneOf(['true', 'false'], {
      description: 'only those that the federation file ignores, or only the others'
    })
  )
}, closed)
