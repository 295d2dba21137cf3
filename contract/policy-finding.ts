/** What policies found during a deployment. */
import { Type, type Static } from 'typebox'
import { oneOf, time } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'
import { findingEnforcements } from './words.ts'

export const policyFindingSchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: "the number of the deployment's event" }),
  time: time('when it was found'),
  phase: phaseNumber("the phase's number"),
  unit: Type.String({ description: "the unit's id" }),
  policy: Type.String({ description: "the policy's name, as the federation file names it" }),
  pack: Type.String({ description: "the pack's name" }),
  enforcement: oneOf(findingEnforcements, { description: 'a mandatory finding stops its unit' }),
  urn: Type.Optional(
    Type.String({ description: 'the resource; absent when it is about the stack as a whole' })
  ),
  message: Type.String({ description: 'the rule, and what to change' })
}, { $id: 'PolicyFinding', description: 'one violation of a policy' })
export type PolicyFinding = Static<typeof policyFindingSchema>
