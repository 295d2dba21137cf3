/** The eight phases in order, with titles that fit a column. Pure. */
import { phaseNames, type PhaseName } from '../../../contract/words.ts'

const titles: Record<PhaseName, string> = {
  'prerequisites': 'Prerequisites',
  'infrastructure': 'Infrastructure',
  'networking': 'Networking',
  'mesh': 'Mesh',
  'federation': 'Federation',
  'monitoring': 'Monitoring',
  'disaster-recovery': 'Recovery',
  'validation': 'Validation'
}

export interface Phase {
  /** From 1. */
  number: number
  name: PhaseName
  title: string
}
export const phases: readonly Phase[] = phaseNames.map((name, index) => ({
  number: index + 1,
  name,
  title: titles[name]
}))

/** The title of a phase by its number. */
export const phaseTitle = (number: number): string => phases[number - 1]?.title ?? `Phase ${number}`
