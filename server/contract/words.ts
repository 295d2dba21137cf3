/** The words of the wire: operations, modes, statuses. */
import { type Static } from 'typebox'
import { oneOf } from './schema.ts'

export const operations = ['up', 'preview', 'refresh', 'destroy', 'drift-check'] as const
export const modes = ['rehearsal', 'live'] as const
export const orderings = ['phased', 'pipelined'] as const
export const clouds = ['aws', 'gcp', 'azure'] as const
export const deploymentStatuses = [
  'queued',
  'running',
  'waiting',
  'canceling',
  'succeeded',
  'failed',
  'canceled'
] as const
export const endedStatuses: readonly DeploymentStatus[] = ['succeeded', 'failed', 'canceled']

/** The eight phases in order, by number from 1. */
export const phaseNames = [
  'prerequisites',
  'infrastructure',
  'networking',
  'mesh',
  'federation',
  'monitoring',
  'disaster-recovery',
  'validation'
] as const

export const operationSchema = oneOf(operations, { description: 'what to do' })
export const modeSchema = oneOf(modes, { description: 'against simulated or real clouds' })
export const cloudSchema = oneOf(clouds, { description: 'a cloud' })
export const deploymentStatusSchema = oneOf(deploymentStatuses, { description: 'how far the deployment is' })
export const phaseStatusSchema = oneOf([
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'canceled'
], {
  description:
    'how far the phase is; skipped, or canceled, is also one that never began in a deployment that ' +
    'failed, or was canceled'
})
export const unitStatusSchema = oneOf(['waiting', 'running', 'succeeded', 'failed', 'skipped', 'canceled'], {
  description: 'how far the unit is'
})
export const phaseNameSchema = oneOf(phaseNames, { description: 'the name of the phase' })

export type Operation = Static<typeof operationSchema>
export type DeploymentStatus = Static<typeof deploymentStatusSchema>
export type PhaseStatus = Static<typeof phaseStatusSchema>
export type UnitStatus = Static<typeof unitStatusSchema>
export type PhaseName = Static<typeof phaseNameSchema>
