import { type Mode } from '../contract/words.ts'

/** A place where stacks live. */
export interface Place {
  mode: Mode
  /** Only in rehearsals. */
  world?: string
}

const rehearsed = 'rehearsal:'

/**
 * The key under which stacks, outputs and leases of a mode and world are kept. A rehearsal without
 * a world is in `default`.
 */
export function placeOf (mode: Mode, world?: string): string {
  return mode === 'live' ? 'live' : `${rehearsed}${world ?? 'default'}`
}

/** The mode and world of a key that `placeOf` gave. */
export function placeParts (place: string): Place {
  return place.startsWith(rehearsed)
    ? { mode: 'rehearsal', world: place.slice(rehearsed.length) }
    : { mode: 'live' }
}
