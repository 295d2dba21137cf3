import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import type { Known } from '../api/resource.ts'
import { Problem } from './problem.tsx'

interface LoadedProps<T> {
  known: Known<T>
  /** Shows the data. */
  children: (data: T) => ReactNode
}

/**
 * Data, or why there is none yet. Data that cannot be read again stays: a banner says that the
 * service is away.
 */
export function Loaded<T> ({ known, children }: LoadedProps<T>) {
  if (known.data !== undefined) return <>{children(known.data)}</>
  if (known.error instanceof ApiError) return <Problem error={known.error} />
  return <p className='empty' aria-live='polite'>{known.error ? 'Waiting for the service…' : 'Loading…'}</p>
}
