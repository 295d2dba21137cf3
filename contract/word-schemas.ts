/** Schemas of the words: operations, modes, statuses. */
import { Type } from 'typebox'
import { oneOf } from './schema.ts'
import {
  clouds,
  deploymentStatuses,
  lastPhase,
  modes,
  operations,
  phaseNames,
  phaseStatuses,
  unitStatuses
} from './words.ts'

export const operationSchema = oneOf(operations, { description: 'the operation' })
export const modeSchema = oneOf(modes, {
  description: 'rehearsal: against simulated clouds; live: against real ones'
})
export const cloudSchema = oneOf(clouds, { description: 'a cloud' })
export const deploymentStatusSchema = oneOf(deploymentStatuses, { description: "the deployment's status" })
export const phaseStatusSchema = oneOf(phaseStatuses, {
  description: "the phase's status; a phase that never began is skipped when its deployment failed, and " +
    'canceled when it was canceled'
})
export const unitStatusSchema = oneOf(unitStatuses, {
  description: "the unit's status"
})
export const phaseNameSchema = oneOf(phaseNames, { description: "the phase's name" })

/** A phase's number in an answer. */
export const phaseNumber = (description?: string) =>
  Type.Integer({ minimum: 1, maximum: lastPhase, ...(description !== undefined && { description }) })
