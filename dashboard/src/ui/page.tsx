import type { ReactNode } from 'react'
import { useTitle } from './title.ts'

interface PageProps {
  /** Of the document. */
  title: string
  /** Above the content; the title unless given. */
  heading?: string
  children: ReactNode
}

/** A page that has nothing but a heading above its content. */
export function Page ({ title, heading = title, children }: PageProps) {
  useTitle(title)
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>{heading}</h1>
        </div>
      </div>
      {children}
    </div>
  )
}
