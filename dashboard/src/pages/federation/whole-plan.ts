import { lastPhase } from '../../../../contract/words.ts'
import { plan } from '../../api/queries.ts'
import type { Place } from '../../model/place.ts'

/** The plan of an up of all phases, with the orphans of a place. */
export const wholePlan = (federation: string, place: Place) =>
  plan(federation, { operation: 'up', from: 1, to: lastPhase, ...place })
