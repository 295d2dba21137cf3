/** The grid of a deployment's units: a column for each phase, a row for each scope. Pure. */
import { platformEnding } from '../../../contract/words.ts'
import type { Unit } from '../api/client.ts'

/**
 * Kinds of scopes; `link` is what connects two clusters: a link, or a side of a recovery pair.
 */
export type RowKind = 'cluster' | 'platform' | 'cloud' | 'link' | 'global'
/** In the order in which a grid shows them. */
export const rowKinds: readonly RowKind[] = ['cluster', 'platform', 'cloud', 'link', 'global']

export interface GridRow {
  /** The scope. */
  key: string
  kind: RowKind
  clusters: string[]
  /** Of a cluster's row only. */
  cloud?: string
  /** Units by the number of their phase. */
  cells: Map<number, Unit>
}

/** Tells the kind of a unit's scope. */
export function kindOf ({ scope, clusters, cloud }: Pick<Unit, 'scope' | 'clusters' | 'cloud'>): RowKind {
  if (scope === 'global') return 'global'
  if (clusters.length === 1 && clusters[0] === scope) return 'cluster'
  if (clusters.length === 1 && scope === `${clusters[0]}${platformEnding}`) return 'platform'
  if (scope === cloud) return 'cloud'
  return 'link'
}

/**
 * One row for each scope, clusters first. Rows of a kind are in the order of `planned`, the ids of
 * the plan's units, which follow the federation file.
 */
export function gridRows (units: readonly Unit[], planned: readonly string[] = []): GridRow[] {
  const rows = new Map<string, GridRow>()
  const place = new Map(planned.map((id, index) => [id, index]))
  const ordered = units.toSorted((a, b) =>
    (place.get(a.id) ?? planned.length) - (place.get(b.id) ?? planned.length)
  )
  for (const unit of ordered) {
    const kind = kindOf(unit)
    const row = rows.get(unit.scope) ??
      {
        key: unit.scope,
        kind,
        clusters: unit.clusters,
        cells: new Map(),
        ...(kind === 'cluster' && unit.cloud && { cloud: unit.cloud })
      }
    row.cells.set(unit.phase, unit)
    rows.set(unit.scope, row)
  }
  return [...rows.values()].map((row, index) => ({ row, index })).sort((a, b) =>
    rowKinds.indexOf(a.row.kind) - rowKinds.indexOf(b.row.kind) || a.index - b.index
  ).map(({ row }) => row)
}

/**
 * Finds the cell that an arrow key leads to in a grid with holes: the nearest in that direction.
 * Undefined when there is none.
 */
export function neighbour (
  present: (row: number, column: number) => boolean,
  size: { rows: number, columns: number },
  from: { row: number, column: number },
  key: string
): { row: number, column: number } | undefined {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key]
  if (!step) return undefined
  const [down = 0, right = 0] = step
  for (
    let row = from.row + down, column = from.column + right;
    row >= 0 && row < size.rows && column >= 0 && column < size.columns;
    row += down, column += right
  ) {
    if (present(row, column)) return { row, column }
  }
  return undefined
}
