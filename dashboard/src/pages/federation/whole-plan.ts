import { lastPhase } from '../../../../contract/words.ts'
import { plan } from '../../api/queries.ts'

/** The plan of an up of all phases. */
export const wholePlan = (federation: string) => plan(federation, { operation: 'up', from: 1, to: lastPhase })
