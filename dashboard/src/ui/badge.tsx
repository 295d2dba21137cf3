/** Badges: a state, a mode or a cloud in one word. */
import type { ReactNode } from 'react'
import type { Deployment } from '../api/client.ts'
import type { State } from '../model/state.ts'
import { StateIcon } from './icons.tsx'

/** A state as sign and word. */
export const StateBadge = ({ state, children }: { state: State, children?: ReactNode }) => (
  <span className='badge' data-state={state}>
    <StateIcon state={state} size={13} />
    {children ?? state}
  </span>
)

/** The mode as a word: never by colour alone. */
export const ModeBadge = ({ mode }: { mode: Deployment['mode'] }) => (
  <span className={`badge mode ${mode}`}>{mode}</span>
)

export const CloudBadge = ({ cloud }: { cloud: string }) => <span className='cloud'>{cloud}</span>

/** Marks what is deployed and no longer in the federation file. */
export const OrphanedBadge = () => <StateBadge state='waiting'>orphaned</StateBadge>
