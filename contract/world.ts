/** Worlds of rehearsals on the wire. */
import { Type, type Static } from 'typebox'
import { faultSchema } from './launch.ts'
import { closed, count, ref, time } from './schema.ts'

export const worldSummarySchema = Type.Object({
  name: Type.String({ description: "the world's name" }),
  federations: Type.Array(Type.String(), { description: 'the federations that rehearse in it, by name' }),
  units: count('how many of their units are deployed in it'),
  underWay: count('how many of their deployments in it have not ended'),
  lastUsed: Type.Optional(time('when the last of those ended or, while one is under way, now'))
}, { $id: 'World', description: 'a named world of rehearsals: fresh ones go with their deployments' })
export type WorldSummary = Static<typeof worldSummarySchema>

export const outageRequestSchema = Type.Object({
  cloud: faultSchema.properties.cloud,
  region: faultSchema.properties.region,
  cluster: faultSchema.properties.cluster,
  type: faultSchema.properties.type,
  name: faultSchema.properties.name
}, {
  ...closed,
  description:
    'what answers nobody: cloud, region, cluster, type and name, all of them optional; with none, ' +
    'nothing answers'
})
export type OutageRequest = Static<typeof outageRequestSchema>

export const outageSchema = Type.Object({
  ...outageRequestSchema.properties,
  since: time('when it began')
}, { $id: 'Outage', description: 'a part of the clouds of a world that answers nobody until it is ended' })
export type Outage = Static<typeof outageSchema>

export const outagesSchema = Type.Object({
  items: Type.Array(ref(outageSchema), { description: 'outages that have not ended, the oldest first' })
}, { description: 'the outages of a world' })
