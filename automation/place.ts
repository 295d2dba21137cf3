import { type Mode } from '../contract/words.ts'

/** A place where stacks live. */
export interface Place {
  mode: Mode
  /** Only in rehearsals. */
  world?: string
}

/**
 * The key under which stacks, outputs and leases of a mode and world are kept. A rehearsal without
 * a world is in `default`.
 */
export function placeOf (mode: Mode, world?: string): string {
  return mode === 'live' ? 'live' : `rehearsal:${world ?? 'default'}`
}
