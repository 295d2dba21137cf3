import { useState, type ReactNode } from 'react'

/** Rows of a long list that are shown until the reader asks for all: about half a screen. */
const firstRows = 12

interface FirstRowsProps<T> {
  list: readonly T[]
  /** Noun for what the list has, in the plural. */
  what: string
  /** Shows some rows. */
  children: (shown: readonly T[]) => ReactNode
}

/** The beginning of a list, and a button that shows all of it. */
export function FirstRows<T> ({ list, what, children }: FirstRowsProps<T>) {
  const [all, setAll] = useState(false)
  return (
    <>
      {children(all ? list : list.slice(0, firstRows))}
      {list.length > firstRows && !all && (
        <button
          type='button'
          className='button small'
          onClick={() => {
            setAll(true)
          }}
        >
          All {list.length} {what}
        </button>
      )}
    </>
  )
}
