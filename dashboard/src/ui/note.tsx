import type { ReactNode } from 'react'
import type { State } from '../model/state.ts'
import { StateIcon, WarningIcon } from './icons.tsx'

interface NoteProps {
  state: State
  /** `status` has changes read out when the reader is idle, `alert` at once. */
  role?: 'status' | 'alert'
  children: ReactNode
}

/** Something that needs attention, or that went well where it might not have. */
export const Note = ({ state, role, children }: NoteProps) => (
  <div className='note' data-state={state} role={role}>
    {state === 'succeeded' || state === 'running' ? <StateIcon state={state} /> : <WarningIcon />}
    <div>{children}</div>
  </div>
)
