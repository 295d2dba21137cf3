/** The closing lines of an operation: counts by kind, and how long it took. */
import { type StepOp } from '../steps/step.ts'
import { type SummaryEvent } from './engine-event.ts'
import { marks, plural } from './row-words.ts'

/** Kinds that are counted, in order, as they are called when they are done. */
const counted: readonly [op: StepOp, done: string][] = [
  ['create', 'created'],
  ['update', 'updated'],
  ['delete', 'deleted'],
  ['replace', 'replaced'],
  ['create-replacement', 'create-replacementd'],
  ['delete-replaced', 'deleted'],
  ['refresh', 'refreshed'],
  ['discard-replaced', 'discarded'],
  ['import', 'imported'],
  ['import-replacement', 'imported']
]

/** `errored`: number of resources with errors. */
export function summaryText (
  { resourceChanges: changes, isPreview, durationSeconds }: SummaryEvent,
  errored: number
): string {
  const kinds = counted.filter(([op]) => (changes[op] ?? 0) > 0)
  const lines = kinds.map(([op, done]) => `    ${marks[op]}${changes[op]} ${isPreview ? `to ${op}` : done}\n`)
  const total = kinds.reduce((sum, [op]) => sum + (changes[op] ?? 0), 0)
  const rest = [
    ...(kinds.length > 1 ? [plural(total, 'change')] : []),
    ...(changes.same ? [`${changes.same} unchanged`] : [])
  ]
  return `Resources:\n${lines.join('')}${rest.length > 0 ? `    ${rest.join('. ')}\n` : ''}` +
    `${errored > 0 ? `    ${errored} errored\n` : ''}` +
    `${isPreview ? '' : `\nDuration: ${durationText(durationSeconds)}\n`}\n`
}

/** Whole seconds as Go writes durations. */
function durationText (seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = `${seconds % 60}s`
  return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest
}
