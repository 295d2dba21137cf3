/** Gates on the wire: what a deployment waits for, and who decided what. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { oneOf, ref, time, count } from './schema.ts'
import { modeSchema, operationSchema, phaseNumber } from './word-schemas.ts'
import { gateReasons } from './words.ts'

const gate = {
  phase: phaseNumber('the phase that waits'),
  because: oneOf(gateReasons, {
    description: 'what asks for it: the federation file, the destroy of live stacks, or the launch itself'
  }),
  needed: Type.Integer({ minimum: 1, description: 'how many have to approve' }),
  people: Type.Array(Type.String(), {
    description: 'subjects of people who may approve; none here and in groups: whoever has the permission'
  }),
  groups: Type.Array(Type.String(), { description: 'groups whose members may approve' }),
  launcherMayApprove: Type.Boolean({ description: 'whether the approval of who launched counts' }),
  expiresMinutes: Type.Optional(
    Type.Integer({ minimum: 1, description: 'minutes that it waits; absent: for ever' })
  ),
  missing: count('approvals that it still needs'),
  expiresAt: Type.Optional(time('when it stops waiting and the deployment fails with approval-expired'))
}
const said = {
  actor: Type.Optional(ref(actorSchema)),
  time: time('when'),
  comment: Type.Optional(Type.String({ description: 'why' }))
}

export const openGateSchema = Type.Object({
  ...gate,
  approvedBy: Type.Array(Type.Object(said), { description: 'who approved so far' })
}, { $id: 'OpenGate', description: 'the gate that a deployment waits at' })
export type OpenGate = Static<typeof openGateSchema>

/** A deployment that waits for an approval, for whoever asks. */
export const waitingSchema = Type.Object({
  deployment: Type.String({ description: "the deployment's id" }),
  federation: Type.String(),
  operation: operationSchema,
  mode: modeSchema,
  world: Type.Optional(Type.String()),
  launchedBy: Type.Optional(ref(actorSchema)),
  gate: ref(openGateSchema),
  mine: Type.Boolean({ description: "whether the caller's approval would count" }),
  refusal: Type.Optional(Type.String({ description: 'why it would not' }))
}, { $id: 'Waiting', description: 'a deployment that waits for an approval' })
export type Waiting = Static<typeof waitingSchema>

const gateDecisionSchema = Type.Object({
  phase: gate.phase,
  decision: oneOf(['approved', 'rejected'], { description: 'what was decided' }),
  counts: Type.Boolean({ description: 'false for what was decided before the last resume' }),
  ...said
})
export type GateDecision = Static<typeof gateDecisionSchema>

export const gateSchema = Type.Object({
  ...gate,
  status: oneOf(['pending', 'waiting', 'approved', 'rejected'], { description: 'how far it is' }),
  decisions: Type.Array(gateDecisionSchema, { description: 'what was decided, oldest first' })
}, { $id: 'Gate', description: 'a phase that waits for people, with what they decided' })
export type Gate = Static<typeof gateSchema>
