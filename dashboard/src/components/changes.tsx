import type { ResourceChanges } from '../api/client.ts'
import { changeList } from '../model/resource-changes.ts'

interface ChangesProps {
  changes: ResourceChanges
  /** Shows unchanged resources too. */
  same?: boolean
  /** Says what would change instead of what changed. */
  preview?: boolean
}

/** Counts of resource changes with signs, and with words for screen readers. */
export function Changes ({ changes, same = false, preview = false }: ChangesProps) {
  const list = changeList(changes, { same, preview })
  if (list.length === 0) return <span className='muted'>no changes</span>
  return (
    <span className='changes'>
      {list.map(({ kind, sign, count, words }) => (
        <span key={kind} className={kind} title={words}>
          <span aria-hidden='true'>{sign}{count.toLocaleString('en-US')}</span>
          <span className='hidden'>{words}{' '}</span>
        </span>
      ))}
    </span>
  )
}
