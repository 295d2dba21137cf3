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

export const operationSchema = oneOf(operations, { description: 'what to do' })
export const modeSchema = oneOf(modes, { description: 'against simulated or real clouds' })
export const cloudSchema = oneOf(clouds, { description: 'a cloud' })
export const deploymentStatusSchema = oneOf(deploymentStatuses, { description: 'how far the deployment is' })
export const phaseStatusSchema = oneOf(phaseStatuses, {
  description:
    'how far the phase is; skipped, or canceled, is also one that never began in a deployment that ' +
    'failed, or was canceled'
})
export const unitStatusSchema = oneOf(unitStatuses, {
  description: 'how far the unit is'
})
export const phaseNameSchema = oneOf(phaseNames, { description: 'the name of the phase' })

/** A phase's number in an answer. */
export const phaseNumber = (description?: string) =>
  Type.Integer({ minimum: 1, maximum: lastPhase, ...(description !== undefined && { description }) })
