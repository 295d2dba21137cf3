import type { Deployment, Plan, Unit } from '../../../api/client.ts'
import { gridRows, neighbour, rowKinds, type GridRow, type RowKind } from '../../../model/grid.ts'
import { useUnitFocus } from '../../../ui/unit-focus.ts'
import { PhaseHead } from './phase-head.tsx'
import { RowLabel } from './row-label.tsx'
import { UnitCell } from './unit-cell.tsx'

const groupTitles: Record<RowKind, string> = {
  cluster: 'Clusters',
  platform: 'Platforms of clusters',
  cloud: 'Clouds',
  link: 'Links and pairs',
  global: 'Whole federation'
}

interface RowProps {
  row: GridRow
  federation: string
  /** Numbers of the phases. */
  columns: readonly number[]
  /** Predicted seconds of units by id. */
  predicted: ReadonlyMap<string, number>
  /** Resources that running units have finished, by id. */
  resources: ReadonlyMap<string, number>
  /** Id of the unit that the Tab key stops at. */
  focused: string | undefined
  now: number
}

function Row ({ row, federation, columns, predicted, resources, focused, now }: RowProps) {
  return (
    <tr>
      <th scope='row'>
        <span className='who'>
          <RowLabel row={row} federation={federation} />
        </span>
      </th>
      {columns.map((number) => {
        const unit = row.cells.get(number)
        return (
          <td key={number}>
            {unit && (
              <UnitCell
                unit={unit}
                predicted={predicted.get(unit.id)}
                resources={resources.get(unit.id)}
                focused={unit.id === focused}
                now={now}
              />
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** Finds the unit that an arrow key leads to from another. */
function nextUnit (
  rows: readonly GridRow[],
  columns: readonly number[],
  id: string,
  key: string
): string | undefined {
  const at = (row: number, column: number) => rows[row]?.cells.get(columns[column] ?? 0)
  const row = rows.findIndex(({ cells }) => [...cells.values()].some((unit) => unit.id === id))
  const column = columns.findIndex((_, index) => at(row, index)?.id === id)
  const size = { rows: rows.length, columns: columns.length }
  const to = neighbour((r, c) => at(r, c) !== undefined, size, { row, column }, key)
  return to && at(to.row, to.column)?.id
}

interface UnitGridProps {
  deployment: Deployment
  units: readonly Unit[]
  plan: Plan | undefined
  /** Resources that running units have finished, by id. */
  resources: ReadonlyMap<string, number>
  now: number
}

/**
 * A column for each phase, a row for each scope: each cell is a unit. Arrow keys move between
 * cells.
 */
export function UnitGrid (
  { deployment: { phases, federation }, units, plan, resources, now }: UnitGridProps
) {
  const rows = gridRows(units, plan?.units.map(({ id }) => id))
  const columns = phases.map(({ number }) => number)
  const predicted = new Map(plan?.units.map((unit) => [unit.id, unit.predicted.seconds]))
  const ids = rows.flatMap(({ cells }) => [...cells.values()].map(({ id }) => id))
  const { focused, around } = useUnitFocus<HTMLTableElement>(
    ids,
    (id, key) => nextUnit(rows, columns, id, key)
  )
  const common = { federation, columns, predicted, resources, focused, now }
  return (
    <div className='scroll' role='region' aria-label='Units by phase'>
      <table className='grid' {...around}>
        <caption className='hidden'>Units by phase and scope. Arrow keys move between units.</caption>
        <thead>
          <tr>
            <td />
            {phases.map((phase) => <PhaseHead key={phase.number} phase={phase} now={now} />)}
          </tr>
        </thead>
        {rowKinds.map((kind) => {
          const group = rows.filter((row) => row.kind === kind)
          return group.length > 0 && (
            <tbody key={kind}>
              <tr className='group'>
                <th scope='rowgroup' colSpan={columns.length + 1}>{groupTitles[kind]}</th>
              </tr>
              {group.map((row) => <Row key={row.key} row={row} {...common} />)}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
