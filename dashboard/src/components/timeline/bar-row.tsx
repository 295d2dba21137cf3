import { duration } from '../../model/time.ts'
import type { Span, TimelineRow } from '../../model/timeline.ts'
import { navigate, withQuery } from '../../router.tsx'
import { rowHeight, x, type Scale } from './scale.ts'

/** A row in words, for screen readers and on hover. */
function words ({ id, status, actual, predicted, critical, decisive }: TimelineRow): string {
  return [
    id,
    status,
    actual && `took ${duration(actual.end - actual.start)} from ${duration(actual.start)}`,
    predicted && `predicted ${duration(predicted.end - predicted.start)} from ${duration(predicted.start)}`,
    critical && 'on the predicted critical path',
    decisive && 'determined the duration'
  ].filter(Boolean).join(', ')
}

interface BarProps {
  span: Span
  scale: Scale
  y: number
  height: number
  className: string
}

/** A span of time, two pixels wide at least. */
const Bar = ({ span, scale, y, height, className }: BarProps) => (
  <rect
    className={className}
    x={x(scale, span.start)}
    y={y}
    width={Math.max(2, x(scale, span.end) - x(scale, span.start))}
    height={height}
    rx={2}
  />
)

export interface Scales {
  actual: Scale
  predicted: Scale
  /** True when there are actual bars; predicted ones are thin below them. */
  hasActual: boolean
}

interface BarRowProps {
  row: TimelineRow
  label: string
  scales: Scales
  top: number
  /** Width of the whole chart. */
  width: number
  /** True for the one row that the Tab key stops at. */
  focused: boolean
}

/** A unit with its bars: a link that opens it. */
export function BarRow (
  { row, label, scales: { actual, predicted, hasActual }, top, width, focused }: BarRowProps
) {
  return (
    <a
      href={withQuery({ unit: row.id })}
      className='bar-row'
      data-unit={row.id}
      data-state={row.status ?? 'pending'}
      tabIndex={focused ? 0 : -1}
      aria-label={`${label}: ${words(row)}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        navigate(withQuery({ unit: row.id }), { replace: true })
      }}
    >
      <title>{words(row)}</title>
      <rect className='hit' x={2} y={top} width={Math.max(0, width - 4)} height={rowHeight} rx={3} />
      {row.critical && <rect className='critical-mark' x={2} y={top + 2} width={3} height={rowHeight - 4} />}
      <text className='bar-label' x={actual.left - 10} y={top + 13} textAnchor='end'>{label}</text>
      {row.predicted && (
        <Bar
          span={row.predicted}
          scale={predicted}
          y={top + (hasActual ? 12 : 4)}
          height={hasActual ? 4 : 11}
          className={`predicted${row.critical ? ' critical' : ''}`}
        />
      )}
      {row.actual && (
        <Bar
          span={row.actual}
          scale={actual}
          y={top + 3}
          height={8}
          className={`actual${row.decisive ? ' decisive' : ''}`}
        />
      )}
    </a>
  )
}
