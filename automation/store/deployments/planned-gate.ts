import { type OpenGate } from '../../../contract/gate.ts'

/** A gate as it is planned at launch and stored, before anybody decided at it. */
export type PlannedGate = Omit<OpenGate, 'missing' | 'approvedBy' | 'expiresAt'>
