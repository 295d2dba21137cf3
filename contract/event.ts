/**
 * The stored facts of a deployment on the wire: one schema for each type, in one table. An event is
 * never changed once it is stored, so what it may hold only grows.
 */
import {
  Type,
  type Static,
  type TLiteral,
  type TObject,
  type TProperties,
  type TString,
  type TInteger,
  type TUnsafe
} from 'typebox'
import { actorSchema } from './access.ts'
import { propertyChangeSchema } from './change.ts'
import { failureSchema, leftoverSchema, resourceChangesSchema } from './deployment.ts'
import { driftCountsSchema } from './drift.ts'
import { count, oneOf, ref, time } from './schema.ts'
import { virtualSpanSchema } from './virtual-time.ts'
import { windowWaitSchema } from './window.ts'
import { modeSchema, operationSchema, phaseNameSchema, phaseNumber } from './word-schemas.ts'
import { driftKinds, findingEnforcements } from './words.ts'

/** Fields that every event has. */
const common = {
  seq: Type.Integer({
    minimum: 1,
    description: 'the number of the event in its deployment: numbers start at 1 and have no gaps'
  }),
  time: time('when it was stored'),
  deployment: Type.String({ description: "the deployment's id" })
}

const actor = Type.Optional(ref(actorSchema))
const run = Type.Integer({ minimum: 1, description: 'the number of the run: it rises with every resume' })
const comment = Type.Optional(Type.String({ description: 'the comment on the decision' }))
const phase = phaseNumber("the phase's number")
const unit = { phase, unit: Type.String({ description: "the unit's id" }) }
const attempt = Type.Integer({ minimum: 1, description: 'the number of the attempt' })
const orphaned = Type.Optional(
  Type.Literal(true, { description: 'the unit was deployed and no longer in the federation file' })
)
const resource = {
  ...unit,
  urn: Type.String({ description: "the resource's URN" }),
  resource: Type.Object({ type: Type.String(), name: Type.String() }, {
    description: "the resource's type and name"
  })
}
const operated = {
  ...resource,
  op: Type.String({ description: "the engine's name for the operation, such as create-replacement" }),
  emittedAt: time('when the engine reported it'),
  virtual: Type.Optional(virtualSpanSchema)
}
const ended = {
  error: Type.Optional(ref(failureSchema)),
  drift: Type.Optional(ref(driftCountsSchema))
}
const attempted = {
  ...unit,
  attempt,
  virtual: Type.Optional(virtualSpanSchema),
  resourceChanges: ref(resourceChangesSchema),
  drift: Type.Optional(ref(driftCountsSchema))
}

/** Types of events: what each says, and its own fields. */
const definitions = {
  'deployment.queued': {
    says: 'the deployment was stored and waits for its turn',
    fields: {
      federation: Type.String({ description: "the federation's name" }),
      operation: operationSchema,
      mode: modeSchema,
      world: Type.Optional(Type.String({ description: 'the world it rehearses in' })),
      units: count('how many units it has'),
      actor
    }
  },
  'deployment.started': { says: 'a run of the deployment started', fields: { run } },
  'deployment.waiting': {
    says: 'a phase waits for an approval or, with `window`, until live stacks may be changed',
    fields: { phase, window: Type.Optional(ref(windowWaitSchema)) }
  },
  'deployment.approval': {
    says: 'somebody approved the phase, which needs more approvals',
    fields: {
      phase,
      actor,
      comment,
      missing: count('approvals that the phase still needs'),
      from: Type.String({ description: 'who may give them' })
    }
  },
  'deployment.approved': { says: 'the phase has all its approvals', fields: { phase, actor, comment } },
  'deployment.rejected': {
    says: 'somebody rejected the phase, or its approval expired',
    fields: {
      phase,
      actor,
      comment,
      reason: Type.Optional(Type.String({ description: 'expired: nobody decided in time' }))
    }
  },
  'deployment.canceling': { says: 'the deployment stops what is running', fields: { actor } },
  'deployment.resumed': { says: 'the deployment is queued again', fields: { run, actor } },
  'deployment.continued': {
    says: 'the phase no longer waits for a window: it opened, or somebody overrode it',
    fields: { phase, actor, comment }
  },
  'deployment.drift': {
    says: 'a drift check found resources that differ',
    fields: {
      drift: ref(driftCountsSchema),
      units: count('units with resources that differ'),
      types: Type.Array(Type.Object({ type: Type.String(), count: count('resources') }), {
        description: 'the types of resources that differ most'
      })
    }
  },
  'deployment.findings': {
    says: 'policies found violations',
    fields: {
      mandatory: count('violations of mandatory policies'),
      advisory: count('violations of advisory policies'),
      policies: Type.Array(
        Type.Object({
          policy: Type.String({ description: "the policy's name" }),
          enforcement: oneOf(findingEnforcements),
          count: count('resources that violate it')
        }),
        { description: 'the policies that are violated most' }
      )
    }
  },
  'deployment.succeeded': { says: 'all units succeeded', fields: ended },
  'deployment.failed': { says: 'a unit failed, or a phase was rejected', fields: ended },
  'deployment.canceled': { says: 'the deployment was canceled', fields: ended },
  'phase.started': {
    says: "the phase's first unit starts",
    fields: { phase, name: Type.Optional(phaseNameSchema) }
  },
  'phase.succeeded': { says: "all the phase's units succeeded", fields: { phase } },
  'phase.failed': { says: 'a unit of the phase failed, or the phase was rejected', fields: { phase } },
  'phase.canceled': { says: 'the phase was canceled', fields: { phase } },
  'unit.started': {
    says: 'an attempt at the unit starts',
    fields: {
      ...unit,
      attempt,
      virtual: Type.Optional(virtualSpanSchema),
      settle: Type.Optional(
        Type.Boolean({ description: 'true: it first settles what an attempt before it left pending' })
      ),
      orphaned
    }
  },
  'unit.retrying': {
    says: 'the attempt failed and the unit is tried again',
    fields: {
      ...unit,
      attempt,
      error: ref(failureSchema),
      delaySeconds: Type.Number({ minimum: 0, description: 'seconds until it is tried again' }),
      waitsFor: Type.Optional(
        Type.String({ description: 'the grant of this run that has not taken effect yet' })
      ),
      virtual: Type.Optional(virtualSpanSchema),
      resourceChanges: ref(resourceChangesSchema)
    }
  },
  'unit.interrupted': {
    says: 'the attempt was cut off and the unit is continued',
    fields: {
      ...unit,
      attempt,
      reason: Type.String({ description: 'what cut it off, such as service-died or out-of-memory' }),
      detail: Type.String({ description: 'the same in words' })
    }
  },
  'unit.succeeded': {
    says: 'the unit succeeded',
    fields: {
      ...attempted,
      leftovers: Type.Optional(Type.Array(leftoverSchema, {
        description: 'replaced resources that units after it still use'
      }))
    }
  },
  'unit.failed': { says: 'the unit failed', fields: { ...attempted, error: ref(failureSchema) } },
  'unit.skipped': {
    says: 'the unit does not run',
    fields: { ...unit, reason: Type.String({ description: 'why it does not' }), orphaned }
  },
  'unit.canceled': {
    says: 'the unit was canceled while it ran or, without an attempt, while it waited',
    fields: {
      ...unit,
      attempt: Type.Optional(attempt),
      virtual: Type.Optional(virtualSpanSchema),
      resourceChanges: Type.Optional(ref(resourceChangesSchema)),
      reason: Type.String({ description: 'why it was canceled' }),
      orphaned
    }
  },
  'resource.started': { says: 'an operation on a resource starts', fields: operated },
  'resource.succeeded': {
    says: 'an operation on a resource succeeded or, in a preview, would be done',
    fields: {
      ...operated,
      diff: Type.Optional(Type.Array(propertyChangeSchema, {
        description: 'properties that differ, of an update or a replacement'
      })),
      diffsCut: Type.Optional(Type.Integer({ minimum: 1, description: 'how many more properties differ' }))
    }
  },
  'resource.failed': {
    says: 'an operation on a resource failed',
    fields: { ...operated, message: Type.String({ description: 'what the provider said' }) }
  },
  'policy.violated': {
    says: 'a policy found a violation',
    fields: {
      ...unit,
      policy: Type.String({ description: "the policy's name" }),
      pack: Type.String({ description: "the pack's name" }),
      enforcement: oneOf(findingEnforcements, { description: 'a mandatory violation stops its unit' }),
      message: Type.String({ description: 'the rule, and what to change' }),
      urn: Type.Optional(
        Type.String({ description: 'the resource; absent when it is about the stack as a whole' })
      )
    }
  },
  'drift.found': {
    says: 'a resource differs from the state',
    fields: {
      ...resource,
      kind: oneOf(driftKinds, { description: 'how it differs' }),
      paths: Type.Array(Type.String(), { description: 'paths of the properties that differ' })
    }
  },
  diagnostic: {
    says: 'the engine or a program said something',
    fields: {
      ...unit,
      severity: Type.String({ description: 'info, warning or error' }),
      message: Type.String({ description: 'what was said' }),
      urn: Type.Optional(Type.String({ description: 'the resource that it is about' }))
    }
  }
} satisfies Record<string, Definition>

interface Definition {
  says: string
  fields: TProperties
}
type Common = { seq: TInteger, time: TString, deployment: TString }
type SchemasOf<D extends Record<string, Definition>> = {
  [T in keyof D & string]: TObject<Common & { type: TLiteral<T> } & D[T]['fields']>
}
type Schemas = SchemasOf<typeof definitions>

/** The name of a type's schema: `UnitStartedEvent` for `unit.started`. */
const schemaId = (type: string): string =>
  `${type.split('.').map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join('')}Event`

/** The schemas of events by type. */
export const eventSchemas = Object.fromEntries(
  Object.entries(definitions).map(([type, { says, fields }]) => [
    type,
    Type.Object({ ...common, type: Type.Literal(type), ...fields }, {
      $id: schemaId(type),
      description: says
    })
  ])
) as unknown as Schemas

export type EventType = keyof Schemas

/** An event of one type. */
export type EventOf<T extends EventType> = { [K in T]: Static<Schemas[K]> }[T]

/** A stored fact: `type` tells which fields it has. */
export type Event = EventOf<EventType>

export const eventTypes = Object.keys(definitions) as EventType[]

/** The schema of any event. */
export const eventSchema: TUnsafe<Event> & { $id?: string } = Type.Unsafe<Event>({
  $id: 'Event',
  oneOf: Object.values(eventSchemas).map((schema) => ref(schema)),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(eventTypes.map((type) => [type, `#/components/schemas/${schemaId(type)}`]))
  },
  description: 'one stored fact about a deployment: `type` says which fields it has'
})

/** The events, or drafts of events, of some types, in their order. */
export function ofType<E extends { type: EventType }, T extends E['type']> (
  events: readonly E[],
  ...types: readonly T[]
): Extract<E, { type: T }>[] {
  const wanted: readonly EventType[] = types
  return events.filter((event): event is Extract<E, { type: T }> => wanted.includes(event.type))
}

type FinalEvent = EventOf<'deployment.succeeded' | 'deployment.failed' | 'deployment.canceled'>

/** Tells whether an event is the last of its deployment, unless that is resumed. */
export function isFinal (event: Event): event is FinalEvent {
  return event.type === 'deployment.succeeded' || event.type === 'deployment.failed' ||
    event.type === 'deployment.canceled'
}

/** The three forms in which a deployment's events are read. */
export const eventForms = ['text/event-stream', 'application/x-ndjson', 'application/json'] as const
export type EventForm = typeof eventForms[number]
