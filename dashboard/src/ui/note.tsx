import type { ReactNode } from 'react'
import type { State } from '../model/state.ts'
import { WarningIcon } from './icons.tsx'

interface NoteProps {
  state: State
  /** `status` has changes read out when the reader is idle, `alert` at once. */
  role?: 'status' | 'alert'
  children: ReactNode
}

/** Something that needs attention. */
export const Note = ({ state, role, children }: NoteProps) => (
  <div className='note' data-state={state} role={role}>
    <WarningIcon />
    <div>{children}</div>
  </div>
)
