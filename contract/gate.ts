/** Gates on the wire, with the decisions at them. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { oneOf, ref, time, count } from './schema.ts'
import { modeSchema, operationSchema, phaseNumber } from './word-schemas.ts'
import { drivingActs, gateReasons } from './words.ts'

export const driverSchema = Type.Object({
  act: oneOf(drivingActs, { description: 'the act' }),
  actor: ref(actorSchema),
  time: Type.Optional(time('when it was first done'))
}, { description: 'an act that made the deployment go on; its actor does not count at gates for others' })
export type Driver = Static<typeof driverSchema>

const gate = {
  phase: phaseNumber('the phase that waits'),
  because: oneOf(gateReasons, {
    description: 'what requires it: the federation file, the destruction of live stacks, or the launch'
  }),
  needed: Type.Integer({ minimum: 1, description: 'how many approvals it needs' }),
  people: Type.Array(Type.String(), {
    description: 'subjects of people who may approve; no people and no groups: everyone with the permission'
  }),
  groups: Type.Array(Type.String(), { description: 'groups whose members may approve' }),
  launcherMayApprove: Type.Boolean({
    description: 'whether the approvals of those count who made the deployment go on (drivenBy)'
  }),
  unknownPusher: Type.Optional(
    Type.Literal(true, {
      description:
        'approvals are needed beyond those of the file because it is not known which person pushed, or ' +
        'had a CI job run, who may be one of those that approve'
    })
  ),
  expiresMinutes: Type.Optional(
    Type.Integer({ minimum: 1, description: 'how many minutes it waits; absent: without limit' })
  ),
  missing: count('how many approvals it still needs'),
  expiresAt: Type.Optional(time('when the deployment fails with approval-expired'))
}
const said = {
  actor: Type.Optional(ref(actorSchema)),
  time: time('when it was decided'),
  comment: Type.Optional(Type.String({ description: 'the comment on the decision' }))
}

export const openGateSchema = Type.Object({
  ...gate,
  approvedBy: Type.Array(Type.Object(said), { description: 'the approvals so far' })
}, { $id: 'OpenGate', description: 'the gate that a deployment waits at' })
export type OpenGate = Static<typeof openGateSchema>

/** A deployment that waits for an approval, as its caller may decide it. */
export const waitingSchema = Type.Object({
  deployment: Type.String({ description: "the deployment's id" }),
  federation: Type.String(),
  operation: operationSchema,
  mode: modeSchema,
  world: Type.Optional(Type.String()),
  launchedBy: Type.Optional(ref(actorSchema)),
  drivenBy: Type.Optional(Type.Array(driverSchema, { description: 'who made it go on' })),
  gate: ref(openGateSchema),
  mine: Type.Boolean({ description: "whether the caller's approval counts" }),
  refusal: Type.Optional(Type.String({ description: 'why it does not count' }))
}, { $id: 'Waiting', description: 'a deployment that waits for an approval' })
export type Waiting = Static<typeof waitingSchema>

const gateDecisionSchema = Type.Object({
  phase: gate.phase,
  decision: oneOf(['approved', 'rejected'], { description: 'the decision' }),
  counts: Type.Boolean({ description: 'false for a decision before the last resume' }),
  ...said
})
export type GateDecision = Static<typeof gateDecisionSchema>

export const gateSchema = Type.Object({
  ...gate,
  status: oneOf(['pending', 'waiting', 'approved', 'rejected'], { description: 'the status of the gate' }),
  decisions: Type.Array(gateDecisionSchema, { description: 'the decisions, the oldest first' })
}, { $id: 'Gate', description: 'a phase that needs approvals, with the decisions at it' })
export type Gate = Static<typeof gateSchema>
