/** All mistakes. */
import { admissionMistakes } from './admission.ts'
import { identityMistakes } from './identity.ts'
import { laterMistakes } from './later.ts'
import { type Mistake } from './mistake.ts'
import { reachabilityMistakes } from './reachability.ts'

export const mistakes: readonly Mistake[] = [
  ...admissionMistakes,
  ...identityMistakes,
  ...laterMistakes,
  ...reachabilityMistakes
]
