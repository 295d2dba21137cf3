/** Worlds of rehearsals on the wire. */
import { Type, type Static } from 'typebox'
import { count, time } from './schema.ts'

export const worldSummarySchema = Type.Object({
  name: Type.String({ description: "the world's name" }),
  federations: Type.Array(Type.String(), { description: 'the federations that rehearse in it, by name' }),
  units: count('how many of their units are deployed in it'),
  underWay: count('how many of their deployments in it have not ended'),
  lastUsed: Type.Optional(time('when the last of those ended or, while one is under way, now'))
}, { $id: 'World', description: 'a named world of rehearsals: fresh ones go with their deployments' })
export type WorldSummary = Static<typeof worldSummarySchema>
