import type { ReactNode } from 'react'

interface CardProps {
  title: string
  /** Figures or actions beside the title. */
  aside?: ReactNode
  /** Without padding, for tables that reach the edge. */
  bare?: boolean
  children: ReactNode
}

/** A titled box. */
export const Card = ({ title, aside, bare = false, children }: CardProps) => (
  <section className='card' aria-label={title}>
    <header>
      <h2>{title}</h2>
      {aside}
    </header>
    {bare ? children : <div className='inside'>{children}</div>}
  </section>
)
