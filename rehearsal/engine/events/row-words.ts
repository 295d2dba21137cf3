/** Marks and words of steps in rows (pulumi `deploy/step.go`, `display/progress.go`). */
import { type StepOp } from '../steps/step.ts'

export const marks: Record<StepOp, string> = {
  same: '  ',
  create: '+ ',
  update: '~ ',
  delete: '- ',
  replace: '+-',
  'create-replacement': '++',
  'delete-replaced': '--',
  read: '> ',
  'read-replacement': '>>',
  discard: '< ',
  'discard-replaced': '<<',
  refresh: '~ ',
  'remove-pending-replace': '~ ',
  import: '= ',
  'import-replacement': '=>'
}

interface Words {
  doing: string
  done: string
  failed: string
  /** In a preview, while it is planned and at its end. */
  plan: [doing: string, done: string]
}
const words: Partial<Record<StepOp, Words>> = {
  create: w('creating', 'created', 'creating', 'create'),
  update: w('updating', 'updated', 'updating', 'update'),
  delete: w('deleting', 'deleted', 'deleting', 'delete'),
  replace: w('replacing', 'replaced', 'replacing', 'replace'),
  'create-replacement': w(
    'creating replacement',
    'created replacement',
    'creating',
    'create replacement',
    'replace'
  ),
  'delete-replaced': w('deleting original', 'deleted original', 'deleting', 'delete original', 'replace'),
  read: w('reading', 'read', 'reading', 'read'),
  'read-replacement': w(
    'reading for replacement',
    'read for replacement',
    'reading',
    'read for replacement',
    'replace'
  ),
  discard: w('discarding', 'discarded', 'discarding', 'discard'),
  'discard-replaced': w(
    'discarding original',
    'discarded original',
    'discarding',
    'discard original',
    'replace'
  ),
  refresh: w('refreshing', 'refresh', 'refreshing', 'refreshing', 'refresh'),
  import: w('importing', 'imported', 'importing', 'import'),
  'import-replacement': w(
    'importing replacement',
    'imported replacement',
    'importing',
    'import replacement',
    'import'
  )
}

function w (doing: string, done: string, failed: string, planning: string, planned = planning): Words {
  return { doing, done, failed: `${failed} failed`, plan: [planning, planned] }
}

/** Words for a step that is under way; empty for one that keeps a resource. */
export function doingText (op: StepOp, preview: boolean): string {
  const found = words[op]
  return (preview ? found?.plan[0] : found?.doing) ?? ''
}

export function doneText (op: StepOp, preview: boolean): string {
  const found = words[op]
  return (preview ? found?.plan[1] : found?.done) ?? ''
}

export function failedText (op: StepOp): string {
  return words[op]?.failed ?? (op === 'same' ? 'failed' : '')
}

/** `1 change`, `2 changes`. */
export function plural (count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
