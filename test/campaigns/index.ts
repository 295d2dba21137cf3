/** The campaigns of `npm run campaign`. */
import type { Campaign } from './campaign.ts'
import { chaos } from './chaos.ts'
import { clocks } from './clocks.ts'
import { engine } from './engine.ts'
import { federations } from './federations.ts'
import { files } from './files.ts'
import { gates } from './gates.ts'
import { hostile } from './hostile.ts'
import { kills } from './kills.ts'
import { removals } from './removals.ts'
import { scenarios } from './scenarios.ts'

export const campaigns: readonly Campaign[] = [
  chaos,
  clocks,
  engine,
  federations,
  files,
  gates,
  hostile,
  kills,
  removals,
  scenarios
]
