/** The eight phases in order: the one list that says what a federation's deployment consists of. */
import { disasterRecovery } from './disaster-recovery/plan.ts'
import { federation } from './federation/plan.ts'
import { infrastructure } from './infrastructure/plan.ts'
import { mesh } from './mesh/plan.ts'
import { monitoring } from './monitoring/plan.ts'
import { networking } from './networking/plan.ts'
import { prerequisites } from './prerequisites/plan.ts'
import { type Phase } from './types.ts'
import { validation } from './validation/plan.ts'

export const catalog: readonly Phase[] = [
  prerequisites,
  infrastructure,
  networking,
  mesh,
  federation,
  monitoring,
  disasterRecovery,
  validation
]
