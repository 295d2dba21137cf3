import type { ReactNode } from 'react'

interface PairProps {
  term: string
  /** Explains the term, on hover. */
  title?: string
  /** For names that machines read. */
  mono?: boolean
  children: ReactNode
}

/** A term with its value, inside a `dl` of class `pairs` or `figures`. */
export const Pair = ({ term, title, mono = false, children }: PairProps) => (
  <div title={title}>
    <dt>{term}</dt>
    <dd className={mono ? 'mono' : undefined}>{children}</dd>
  </div>
)
