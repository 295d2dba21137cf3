/** Looks at what a world of rehearsals goes through as it grows older. */
export { aged as agedWorld } from '../../rehearsal/clouds/aging/aging.ts'
export type { AgedSchedule, AgedStack } from '../../rehearsal/clouds/aging/aged-world.ts'
