/** Findings of policies on the wire. */
import { Type, type Static } from 'typebox'
import { oneOf, time } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { findingEnforcements } from './words.ts'

export const policyFindingSchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: 'the seq of the event' }),
  time: time('when it was found'),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  policy: Type.String({ description: "the policy's name" }),
  pack: Type.String({ description: "the pack's name" }),
  enforcement: oneOf(findingEnforcements, { description: 'a mandatory finding stops the unit' }),
  urn: Type.Optional(
    Type.String({ description: 'the URN of the resource; absent: the finding is about the whole stack' })
  ),
  message: Type.String({ description: 'the rule, and what to change' })
}, { $id: 'PolicyFinding', description: 'a violation of a policy' })
export type PolicyFinding = Static<typeof policyFindingSchema>
