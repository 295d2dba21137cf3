/** Query strings. Integers are written in decimal digits; unknown parameters are errors. */
import { Type, type Static } from 'typebox'
import { worldSchema } from './launch.ts'
import { closed, integer, oneOf, storable } from './schema.ts'
import { modeSchema } from './word-schemas.ts'
import { lastPhase, operations, orderings } from './words.ts'

const limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 100,
    description: 'the size of the page: a whole number from 1 to 1000'
  })
)
const after = Type.Optional(
  Type.String({ maxLength: 500, pattern: storable, description: '`next` of the page before' })
)

export const pageQuerySchema = Type.Object({ after, limit }, closed)
export type PageQuery = Static<typeof pageQuerySchema>

export const unitsQuerySchema = Type.Object({
  after,
  limit,
  omit: Type.Optional(
    Type.String({
      maxLength: 100,
      pattern: '^(outputs|cost)(,(outputs|cost))*$',
      description: 'fields to leave out of each unit: outputs, cost, or both, separated by a comma'
    })
  )
}, closed)

/** The most events that a deployment can have: the store counts them in 31 bits. */
export const mostEvents = 2 ** 31 - 1

export const eventsQuerySchema = Type.Object({
  after: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: mostEvents,
      default: 0,
      description: `the seq to begin after: a whole number from 0 to ${mostEvents}`
    })
  ),
  limit
}, closed)

const place = {
  mode: Type.Optional({ ...modeSchema, default: 'rehearsal' as const }),
  world: Type.Optional(worldSchema)
}
export const placeQuerySchema = Type.Object(place, closed)
export type PlaceQuery = Static<typeof placeQuerySchema>
export const stacksQuerySchema = Type.Object({ ...place, after, limit }, closed)

export const planQuerySchema = Type.Object({
  operation: Type.Optional(oneOf(operations, { default: 'up', description: 'the operation' })),
  from: Type.Optional({ ...integer('the first phase', 1, lastPhase), default: 1 }),
  to: Type.Optional({ ...integer('the last phase', 1, lastPhase), default: lastPhase }),
  ordering: Type.Optional(oneOf(orderings, { description: 'when units start' })),
  parallelism: Type.Optional(
    integer('how many units run at once (default: the number of unit hosts)', 1, 64)
  ),
  clusters: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 10_000,
      pattern: '^[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+)*$',
      description: 'names of clusters, separated by commas'
    })
  ),
  orphaned: Type.Optional(
    oneOf(['true', 'false'], {
      default: 'false',
      description:
        'true: only units that are deployed and no longer in the federation file, for refresh, destroy and ' +
        'drift-check'
    })
  ),
  ...place
}, closed)
export type PlanQuery = Static<typeof planQuerySchema>
