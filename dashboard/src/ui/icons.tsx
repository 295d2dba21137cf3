/** Signs for states and actions: 16 by 16, in the colour of the text. Each stands beside a word. */
import type { ReactNode } from 'react'
import type { State } from '../model/state.ts'

function Icon (
  { size = 16, className, children }: { size?: number, className?: string, children: ReactNode }
) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox='0 0 16 16'
      fill='none'
      stroke='currentColor'
      strokeWidth='1.8'
      strokeLinecap='round'
      strokeLinejoin='round'
      aria-hidden='true'
    >
      {children}
    </svg>
  )
}

const stateShapes: Record<State, ReactNode> = {
  succeeded: (
    <>
      <circle cx='8' cy='8' r='6.3' fill='currentColor' stroke='none' />
      <path d='M5.2 8.3l2 2 3.6-4.2' stroke='var(--surface)' />
    </>
  ),
  failed: (
    <>
      <circle cx='8' cy='8' r='6.3' fill='currentColor' stroke='none' />
      <path d='M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4' stroke='var(--surface)' />
    </>
  ),
  running: (
    <>
      <circle cx='8' cy='8' r='5.6' opacity='.3' />
      <path d='M8 2.4A5.6 5.6 0 0 1 13.6 8' />
    </>
  ),
  waiting: (
    <>
      <circle cx='8' cy='8' r='6.3' fill='currentColor' stroke='none' />
      <path d='M6.4 5.6v4.8M9.6 5.6v4.8' stroke='var(--surface)' />
    </>
  ),
  canceling: (
    <>
      <circle cx='8' cy='8' r='5.6' />
      <path d='M6 6h4v4H6z' fill='currentColor' />
    </>
  ),
  canceled: (
    <>
      <circle cx='8' cy='8' r='5.6' />
      <path d='M4.2 11.8l7.6-7.6' />
    </>
  ),
  skipped: (
    <>
      <path d='M3 4.5l4.5 3.5L3 11.5z' fill='currentColor' />
      <path d='M11.5 4v8' />
    </>
  ),
  queued: (
    <>
      <circle cx='8' cy='8' r='5.6' />
      <path d='M8 5v3.2l2 1.3' />
    </>
  ),
  pending: <circle cx='8' cy='8' r='5.4' strokeDasharray='2.4 2.2' />,
  absent: <path d='M5 8h6' />
}

/** The sign of a state; that of a running one turns. */
export const StateIcon = ({ state, size = 16 }: { state: State, size?: number }) => (
  <Icon size={size} {...(state === 'running' && { className: 'spin' })}>{stateShapes[state]}</Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d='M4 4l8 8M12 4l-8 8' />
  </Icon>
)
export const RocketIcon = () => (
  <Icon>
    <path d='M4 13V3l9 5z' fill='currentColor' />
  </Icon>
)
export const WarningIcon = () => (
  <Icon>
    <path d='M8 2.2L14.5 13.5h-13z' />
    <path d='M8 6.6v3.2M8 11.7v.1' />
  </Icon>
)
export const LockIcon = ({ size = 14 }: { size?: number }) => (
  <Icon size={size}>
    <rect x='3.5' y='7' width='9' height='6.5' rx='1' />
    <path d='M5.5 7V5a2.5 2.5 0 0 1 5 0v2' />
  </Icon>
)
export const SunIcon = () => (
  <Icon>
    <circle cx='8' cy='8' r='2.8' />
    <path d='M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3' />
    <path d='M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9' />
  </Icon>
)
export const MoonIcon = () => (
  <Icon>
    <path d='M13.2 9.6A5.7 5.7 0 0 1 6.4 2.8a5.7 5.7 0 1 0 6.8 6.8z' />
  </Icon>
)
export const SystemIcon = () =>
  <Icon>
    <rect x='2' y='3' width='12' height='8' rx='1' />
    <path d='M6 13.5h4' />
  </Icon>

/** The windlass: a drum with its bars. */
export const Logo = () => (
  <svg width='24' height='24' viewBox='0 0 32 32' aria-hidden='true'>
    <rect width='32' height='32' rx='7' fill='currentColor' />
    <g fill='none' stroke='var(--surface)' strokeWidth='2.4' strokeLinecap='round'>
      <circle cx='16' cy='16' r='5.2' />
      <path d='M16 4.5v6.3M16 21.2v6.3M4.5 16h6.3M21.2 16h6.3' />
      <path d='M7.9 7.9l4.4 4.4M19.7 19.7l4.4 4.4M24.1 7.9l-4.4 4.4M12.3 19.7l-4.4 4.4' />
    </g>
  </svg>
)
