/** The stored facts of a deployment on the wire. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { oneOf, ref, time } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'

const deploymentTypes = [
  'deployment.queued',
  'deployment.started',
  'deployment.waiting',
  'deployment.approval',
  'deployment.approved',
  'deployment.rejected',
  'deployment.canceling',
  'deployment.resumed',
  'deployment.continued',
  'deployment.drift',
  'deployment.findings',
  'deployment.succeeded',
  'deployment.failed',
  'deployment.canceled'
] as const
const phaseTypes = ['phase.started', 'phase.succeeded', 'phase.failed', 'phase.canceled'] as const
const unitTypes = [
  'unit.started',
  'unit.retrying',
  'unit.interrupted',
  'unit.succeeded',
  'unit.failed',
  'unit.skipped',
  'unit.canceled'
] as const
const resourceTypes = ['resource.started', 'resource.succeeded', 'resource.failed'] as const
export const eventTypes = [
  ...deploymentTypes,
  ...phaseTypes,
  ...unitTypes,
  ...resourceTypes,
  'policy.violated',
  'drift.found',
  'diagnostic'
] as const

/** The types after which a deployment has no further event, unless it is resumed. */
export const finalTypes: readonly string[] = [
  'deployment.succeeded',
  'deployment.failed',
  'deployment.canceled'
]

export const eventSchema = Type.Object({
  seq: Type.Integer({
    minimum: 1,
    description: 'its number in the deployment: from 1, without gaps, never changed'
  }),
  time: time('when it happened'),
  type: oneOf(eventTypes, { description: 'what happened' }),
  deployment: Type.String({ description: "the deployment's id" }),
  phase: Type.Optional(phaseNumber("the phase's number")),
  unit: Type.Optional(Type.String({ description: "the unit's id" })),
  actor: Type.Optional(ref(actorSchema))
}, {
  $id: 'Event',
  additionalProperties: true,
  description: 'one stored fact; further fields depend on the type'
})
/** Further fields depend on the type. */
export type Event = Static<typeof eventSchema> & { [field: string]: unknown }
export type EventType = typeof eventTypes[number]

/** The three forms in which a deployment's events are read. */
export const eventForms = ['text/event-stream', 'application/x-ndjson', 'application/json'] as const
export type EventForm = typeof eventForms[number]
