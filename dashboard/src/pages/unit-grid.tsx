import { useRef, useState, type KeyboardEvent } from 'react'
import type { Deployment, Plan, Unit } from '../api/client.ts'
import { shortName } from '../model/federation.ts'
import { gridRows, neighbour, type GridRow } from '../model/grid.ts'
import { phaseTitle } from '../model/phases.ts'
import { duration, elapsed, shortDuration } from '../model/time.ts'
import { Link, withQuery } from '../router.tsx'
import { StateIcon } from '../ui/icons.tsx'
import { CloudBadge } from '../ui/parts.tsx'

const groupTitles = {
  cluster: 'Clusters',
  cloud: 'Clouds',
  link: 'Links and pairs',
  global: 'Whole federation'
} as const

function RowLabel ({ row, federation }: { row: GridRow, federation: string }) {
  if (row.kind === 'global') return <>federation</>
  if (row.kind === 'cloud') return <CloudBadge cloud={row.key} />
  if (row.kind === 'cluster') {
    return (
      <>
        <span className='name' title={row.key}>{shortName(row.key, federation)}</span>
        {row.cloud && <CloudBadge cloud={row.cloud} />}
      </>
    )
  }
  return (
    <span className='name' title={row.key}>
      {row.clusters.map((name) => shortName(name, federation)).join(' → ')}
    </span>
  )
}

/**
 * Takes its own part of a cell's time: the ending of a running one moves, and nothing else does.
 */
function Cell (
  { unit, predicted, resources, focused, now }: {
    unit: Unit
    predicted: number | undefined
    resources: number | undefined
    focused: boolean
    now: number
  }
) {
  const seconds = elapsed(unit.startedAt, unit.finishedAt, now)
  const hint = [
    unit.id,
    unit.status,
    predicted !== undefined && `predicted ${duration(predicted)} live`,
    unit.attempt > 1 && `attempt ${unit.attempt}`,
    unit.reason
  ].filter(Boolean).join(', ')
  const running = unit.status === 'running' && resources !== undefined
  // Its name is its content: what is seen, with the words between that only those need who hear it.
  return (
    <Link
      className='unit'
      to={withQuery({ unit: unit.id })}
      replace
      data-state={unit.status}
      data-unit={unit.id}
      tabIndex={focused ? 0 : -1}
      title={hint}
    >
      <StateIcon state={unit.status === 'waiting' ? 'pending' : unit.status} size={14} />
      <span className='hidden'>
        {unit.id} {seconds === undefined && unit.status !== 'waiting' ? '' : unit.status}
      </span>
      <span className='elapsed'>
        {seconds === undefined ? (unit.status === 'waiting' ? '' : unit.status) : shortDuration(seconds)}
      </span>
      {unit.attempt > 1 && (
        <>
          <span className='hidden'>attempts</span>
          <span className='attempt'>×{unit.attempt}</span>
        </>
      )}
      {running
        ? (
          <>
            <span className='hidden'>resources</span>
            <span className='aside'>{resources}</span>
          </>
        )
        : predicted !== undefined && (
          <>
            <span className='hidden'>predicted</span>
            <span className='aside'>{shortDuration(predicted)}</span>
          </>
        )}
    </Link>
  )
}

/**
 * Phases across, scopes down: each cell is a unit. Arrow keys go from cell to cell, Enter opens
 * one.
 */
export function UnitGrid (
  { deployment, units, plan, resources, now }: {
    deployment: Deployment
    units: readonly Unit[]
    plan: Plan | undefined
    resources: ReadonlyMap<string, number>
    now: number
  }
) {
  const rows = gridRows(units, plan?.units.map(({ id }) => id))
  const columns = deployment.phases.map(({ number }) => number)
  const predicted = new Map(plan?.units.map((unit) => [unit.id, unit.predicted.seconds]))
  const present = (row: number, column: number) => rows[row]?.cells.has(columns[column] ?? 0) === true
  const table = useRef<HTMLTableElement>(null)
  const [focus, setFocus] = useState<string>()
  const focused = focus ?? rows[0]?.cells.values().next().value?.id

  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-unit]')?.dataset.unit
    const row = rows.findIndex(({ cells }) => [...cells.values()].some((unit) => unit.id === id))
    const column = columns.findIndex((number) => rows[row]?.cells.get(number)?.id === id)
    const to = id === undefined
      ? undefined
      : neighbour(present, { rows: rows.length, columns: columns.length }, { row, column }, event.key)
    const unit = to && rows[to.row]?.cells.get(columns[to.column] ?? 0)
    if (!unit) return
    event.preventDefault()
    setFocus(unit.id)
    table.current?.querySelector<HTMLElement>(`[data-unit="${CSS.escape(unit.id)}"]`)?.focus()
  }

  return (
    <div className='scroll' role='region' aria-label='Units by phase'>
      <table
        className='grid'
        ref={table}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          setFocus((event.target as HTMLElement).dataset.unit)
        }}
      >
        <caption className='hidden'>Units by phase and scope. Arrow keys move between units.</caption>
        <thead>
          <tr>
            <td />
            {deployment.phases.map(({ number, status, units: counts, startedAt, finishedAt }) => {
              const seconds = elapsed(startedAt, finishedAt, now)
              return (
                <th key={number} scope='col' data-state={status}>
                  <span className='phase'>
                    <span className='no'>{number}</span>
                    {phaseTitle(number)}
                  </span>
                  <span className='state'>
                    <StateIcon state={status} size={12} />
                    <span className='number'>
                      {status === 'pending' ? 'pending' : `${counts.succeeded}/${counts.total}`}
                    </span>
                    {seconds !== undefined && <span className='number'>{shortDuration(seconds)}</span>}
                  </span>
                </th>
              )
            })}
          </tr>
        </thead>
        {(['cluster', 'cloud', 'link', 'global'] as const).map((kind) => {
          const group = rows.filter((row) => row.kind === kind)
          return group.length > 0 && (
            <tbody key={kind}>
              <tr className='group'>
                <th scope='rowgroup' colSpan={columns.length + 1}>{groupTitles[kind]}</th>
              </tr>
              {group.map((row) => (
                <tr key={row.key}>
                  <th scope='row'>
                    <span className='who'>
                      <RowLabel row={row} federation={deployment.federation} />
                    </span>
                  </th>
                  {columns.map((number) => {
                    const unit = row.cells.get(number)
                    return (
                      <td key={number}>
                        {unit && (
                          <Cell
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
              ))}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
