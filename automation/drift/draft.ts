import { type DriftFinding } from '../../contract/drift.ts'

/** A resource that differs, before it is numbered and stored with its unit. */
export type DriftDraft = Omit<DriftFinding, 'number' | 'phase' | 'unit'>
