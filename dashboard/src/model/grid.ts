/** The grid of a deployment: phases across, what they are deployed for down. Pure. */
import type { Unit } from '../api/client.ts'

export type RowKind = 'cluster' | 'cloud' | 'link' | 'global'
export interface GridRow {
  key: string
  kind: RowKind
  clusters: string[]
  cloud?: string
  cells: Map<number, Unit>
}

const order: RowKind[] = ['cluster', 'cloud', 'link', 'global']

/** What a unit is deployed for. */
export function kindOf ({ scope, clusters, cloud }: Pick<Unit, 'scope' | 'clusters' | 'cloud'>): RowKind {
  if (scope === 'global') return 'global'
  if (clusters.length === 1 && clusters[0] === scope) return 'cluster'
  if (scope === cloud) return 'cloud'
  return 'link'
}

/**
 * One row for each scope, clusters first; in the order of `planned`, the ids of the plan, which is
 * the federation's.
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
    order.indexOf(a.row.kind) - order.indexOf(b.row.kind) || a.index - b.index
  ).map(({ row }) => row)
}

/**
 * Where an arrow key leads in a grid with holes: the nearest cell in that direction, or undefined
 * when there is none.
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
