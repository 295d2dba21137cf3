import { useState } from 'react'
import { phaseTitle } from '../../model/phases.ts'
import type { Timeline, TimelineRow } from '../../model/timeline.ts'
import { Check } from '../../ui/field.tsx'
import { useUnitFocus } from '../../ui/unit-focus.ts'
import { Axis, Gridlines } from './axis.tsx'
import { BarRow, type Scales } from './bar-row.tsx'
import { gutter, headHeight, narrowGutter, right, rowHeight, scopeLabel } from './scale.ts'
import { useWidth } from './use-width.ts'

/** Width below which labels get little room. */
const narrowWidth = 640

/** Places rows below each other, with room for a title above the first of each phase. */
function placeRows (
  rows: readonly TimelineRow[]
): { places: { row: TimelineRow, top: number, first: boolean }[], height: number } {
  let y = 0
  const places = rows.map((row, index) => {
    const first = rows[index - 1]?.phase !== row.phase
    if (first) y += headHeight
    const top = y
    y += rowHeight
    return { row, top, first }
  })
  return { places, height: y + 8 }
}

function Legend ({ hasActual, hasPredicted }: { hasActual: boolean, hasPredicted: boolean }) {
  const keys = [
    ...(hasActual ? [['actual', 'actual']] : []),
    ...(hasPredicted ? [['predicted', 'predicted (live)']] : []),
    ['critical', 'critical path'],
    ...(hasActual ? [['decisive', 'determined the duration']] : [])
  ]
  return (
    <span className='legend push' aria-hidden='true'>
      {keys.map(([key, title]) => (
        <span key={key}>
          <i className={`key ${key}`} />
          {title}
        </span>
      ))}
    </span>
  )
}

interface AxesProps {
  scales: Scales
  hasPredicted: boolean
  sameScale: boolean
  width: number
}

/** The axes above the chart: one for actual and one for predicted times, or one for both. */
function Axes ({ scales: { actual, predicted, hasActual }, hasPredicted, sameScale, width }: AxesProps) {
  return (
    <svg
      className='timeline-axis'
      width={width}
      height={hasActual && hasPredicted && !sameScale ? 40 : 24}
      aria-hidden='true'
    >
      {hasActual && <Axis scale={actual} y={16} title={sameScale ? 'time' : 'actual'} />}
      {hasPredicted && !(hasActual && sameScale) && (
        <Axis scale={predicted} y={hasActual ? 33 : 16} title='predicted' />
      )}
    </svg>
  )
}

interface BarsProps {
  rows: readonly TimelineRow[]
  federation: string
  scales: Scales
  width: number
}

/** The bars, grouped by phase. Up and Down move from unit to unit, Enter opens one. */
function Bars ({ rows, federation, scales, width }: BarsProps) {
  const ids = rows.map(({ id }) => id)
  const { focused, around } = useUnitFocus<SVGSVGElement>(ids, (id, key) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    return step === undefined ? undefined : ids[ids.indexOf(id) + step]
  })
  const { places, height } = placeRows(rows)
  return (
    <svg {...around} width={width} height={height} role='group' aria-label='Units over time'>
      <Gridlines scale={scales.hasActual ? scales.actual : scales.predicted} height={height} />
      {places.map(({ row, top, first }) => (
        <g key={row.id}>
          {first && <text className='phase-title' x={8} y={top - 7}>{row.phase} {phaseTitle(row.phase)}
          </text>}
          <BarRow
            row={row}
            label={scopeLabel(row.scope, federation, scales.actual.left)}
            scales={scales}
            top={top}
            width={width}
            focused={row.id === focused}
          />
        </g>
      ))}
    </svg>
  )
}

interface TimelineChartProps {
  timeline: Timeline
  federation: string
  /**
   * True when actual and predicted times share an axis; a rehearsal takes far less than predicted.
   */
  sameScale: boolean
}

/** Units as bars over time: actual times above, those predicted for the live run below. */
export function TimelineChart ({ timeline, federation, sameScale }: TimelineChartProps) {
  const [ref, width] = useWidth()
  const [onlyCritical, setOnlyCritical] = useState(false)
  const rows = timeline.rows.filter(({ critical, decisive }) => !onlyCritical || critical || decisive)
  const hasActual = timeline.actualEnd > 0
  const hasPredicted = timeline.predictedEnd > 0
  const left = width < narrowWidth ? narrowGutter : gutter
  const common = Math.max(timeline.actualEnd, timeline.predictedEnd)
  const scale = { left, width: Math.max(60, width - left - right) }
  const scales = {
    actual: { ...scale, end: sameScale ? common : timeline.actualEnd },
    predicted: { ...scale, end: sameScale ? common : timeline.predictedEnd },
    hasActual
  }
  return (
    <section className='card timeline' aria-label='Timeline'>
      <header>
        <Check checked={onlyCritical} onChange={setOnlyCritical}>critical path only</Check>
        <Legend hasActual={hasActual} hasPredicted={hasPredicted} />
      </header>
      <div className='timeline-scroll' ref={ref}>
        <Axes scales={scales} hasPredicted={hasPredicted} sameScale={sameScale} width={width} />
        <Bars rows={rows} federation={federation} scales={scales} width={width} />
      </div>
    </section>
  )
}
