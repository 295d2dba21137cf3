import type { ReactNode } from 'react'

/** A column by its title alone, or with how it is shown. */
export type Column = string | {
  title: string
  /** Set to the right, as figures are. */
  end?: boolean
  /** Read out, and not shown. */
  hidden?: boolean
  className?: string
}

function Head ({ column }: { column: Column }) {
  if (typeof column === 'string') return <th scope='col'>{column}</th>
  const { title, end = false, hidden = false, className = end ? 'end' : undefined } = column
  return <th scope='col' className={className}>{hidden ? <span className='hidden'>{title}</span> : title}</th>
}

interface TableProps {
  columns: readonly Column[]
  /** Classes besides `table`. */
  className?: string
  /** Rows. */
  children: ReactNode
}

export const Table = ({ columns, className, children }: TableProps) => (
  <table className={className === undefined ? 'table' : `table ${className}`}>
    <thead>
      <tr>
        {columns.map((column) => (
          <Head key={typeof column === 'string' ? column : column.title} column={column} />
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

/** Something wide that scrolls by itself, also by keyboard. */
export const Scroll = ({ label, children }: { label: string, children: ReactNode }) => (
  <div className='scroll' role='region' aria-label={label} tabIndex={0}>{children}</div>
)

/** A table that may be wider than its place. */
export const ScrollTable = ({ label, ...table }: TableProps & { label: string }) => (
  <Scroll label={label}>
    <Table {...table} />
  </Scroll>
)
