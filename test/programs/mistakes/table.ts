/** All mistakes. */
import { identityMistakes } from './identity.ts'
import { type Mistake } from './mistake.ts'

export const mistakes: readonly Mistake[] = [...identityMistakes]
