import { shortName } from '../../../model/federation.ts'
import type { GridRow } from '../../../model/grid.ts'
import { CloudBadge, OrphanedBadge } from '../../../ui/badge.tsx'

interface RowLabelProps {
  row: GridRow
  federation: string
}

/**
 * The scope of a row, without the federation's name in those of its clusters; orphans are marked.
 */
export function RowLabel ({ row, federation }: RowLabelProps) {
  const orphaned = [...row.cells.values()].some((unit) => unit.orphaned)
  const label = <ScopeLabel row={row} federation={federation} />
  return orphaned
    ? (
      <span className='row'>
        {label}
        <OrphanedBadge />
      </span>
    )
    : label
}

function ScopeLabel ({ row: { key, kind, clusters, cloud }, federation }: RowLabelProps) {
  if (kind === 'global') return <>federation</>
  if (kind === 'cloud') return <CloudBadge cloud={key} />
  if (kind === 'platform') {
    return <span className='name' title={key}>{shortName(clusters[0] ?? key, federation)}</span>
  }
  if (kind === 'cluster') {
    return (
      <>
        <span className='name' title={key}>{shortName(key, federation)}</span>
        {cloud && <CloudBadge cloud={cloud} />}
      </>
    )
  }
  return (
    <span className='name' title={key}>
      {key.split('.').map((name) => shortName(name, federation)).join(' → ')}
    </span>
  )
}
