import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { shortName } from '../model/federation.ts'
import { phaseTitle } from '../model/phases.ts'
import { duration, shortDuration } from '../model/time.ts'
import { ticks, type Timeline, type TimelineRow } from '../model/timeline.ts'
import { navigate, withQuery } from '../router.tsx'

const rowHeight = 19
const headHeight = 26
const gutter = 250
const narrowGutter = 128
const right = 16
/** Pixels between marks of an axis: what "2h40" takes with air around it. */
const tickRoom = 90

function useWidth (): [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth)
    })
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => {
      observer.disconnect()
    }
  }, [element])
  return [setElement, width]
}

interface Scale {
  left: number
  width: number
  end: number
}
const x = ({ left, width, end }: Scale, seconds: number) => left + (end === 0 ? 0 : seconds / end * width)

function Axis ({ scale, y, title }: { scale: Scale, y: number, title: string }) {
  return (
    <g>
      <text x={scale.left - 10} y={y} textAnchor='end' className='axis-title'>{title}</text>
      {ticks(scale.end, Math.max(1, Math.floor(scale.width / tickRoom))).map((tick) => (
        <text
          key={tick}
          x={x(scale, tick)}
          y={y}
          textAnchor={tick === 0 ? 'start' : 'middle'}
          className='axis'
        >
          {tick === 0 ? '0' : shortDuration(tick)}
        </text>
      ))}
    </g>
  )
}

function words ({ id, status, actual, predicted, critical, decisive }: TimelineRow): string {
  return [
    id,
    status,
    actual && `took ${duration(actual.end - actual.start)} from ${duration(actual.start)}`,
    predicted && `predicted ${duration(predicted.end - predicted.start)} from ${duration(predicted.start)}`,
    critical && 'on the predicted critical path',
    decisive && 'decided how long it took'
  ].filter(Boolean).join(', ')
}

/**
 * Units as bars over time: what happened above, what was predicted for the live run below it. Up
 * and down go from unit to unit, Enter opens one.
 */
export function TimelineChart (
  { timeline, federation, sameScale }: { timeline: Timeline, federation: string, sameScale: boolean }
) {
  const [ref, width] = useWidth()
  const [onlyCritical, setOnlyCritical] = useState(false)
  const [focused, setFocused] = useState<string>()
  const chart = useRef<SVGSVGElement>(null)
  const rows = onlyCritical
    ? timeline.rows.filter(({ critical, decisive }) => critical || decisive)
    : timeline.rows
  const hasActual = timeline.actualEnd > 0
  const hasPredicted = timeline.predictedEnd > 0
  const left = width < 640 ? narrowGutter : gutter
  const common = Math.max(timeline.actualEnd, timeline.predictedEnd)
  const inner = Math.max(60, width - left - right)
  const actual: Scale = { left, width: inner, end: sameScale ? common : timeline.actualEnd }
  const predicted: Scale = { left, width: inner, end: sameScale ? common : timeline.predictedEnd }
  const shown = hasActual ? actual : predicted

  let y = 0
  const places = rows.map((row, index) => {
    const first = rows[index - 1]?.phase !== row.phase
    if (first) y += headHeight
    const top = y
    y += rowHeight
    return { row, top, first }
  })
  const height = y + 8
  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex(({ id }) => id === (event.target as SVGElement).dataset.unit)
    const next = event.key === 'ArrowDown'
      ? rows[index + 1]
      : event.key === 'ArrowUp'
      ? rows[index - 1]
      : undefined
    if (!next) return
    event.preventDefault()
    setFocused(next.id)
    chart.current?.querySelector<SVGElement>(`[data-unit="${CSS.escape(next.id)}"]`)?.focus()
  }
  const current = rows.some(({ id }) => id === focused) ? focused : rows[0]?.id

  return (
    <section className='card timeline' aria-label='Timeline'>
      <header>
        <label className='check'>
          <input
            type='checkbox'
            checked={onlyCritical}
            onChange={(event) => {
              setOnlyCritical(event.target.checked)
            }}
          />critical path only
        </label>
        <span className='legend push' aria-hidden='true'>
          {hasActual && (
            <span>
              <i className='key actual' />actual
            </span>
          )}
          {hasPredicted && (
            <span>
              <i className='key predicted' />predicted (live)
            </span>
          )}
          <span>
            <i className='key critical' />critical path
          </span>
          {hasActual && (
            <span>
              <i className='key decisive' />decided the duration
            </span>
          )}
        </span>
      </header>
      <div className='timeline-scroll' ref={ref}>
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
        <svg
          ref={chart}
          width={width}
          height={height}
          role='group'
          aria-label='Units over time'
          onKeyDown={onKeyDown}
        >
          {ticks(shown.end, Math.max(1, Math.floor(inner / tickRoom))).map((tick) => (
            <line
              key={tick}
              className='gridline'
              x1={x(shown, tick)}
              x2={x(shown, tick)}
              y1={0}
              y2={height}
            />
          ))}
          {places.map(({ row, top, first }) => (
            <g key={row.id}>
              {first && (
                <text className='phase-title' x={8} y={top - 7}>{row.phase} {phaseTitle(row.phase)}</text>
              )}
              <a
                href={withQuery({ unit: row.id })}
                className='bar-row'
                data-unit={row.id}
                data-state={row.status ?? 'pending'}
                tabIndex={row.id === current ? 0 : -1}
                aria-label={`${shorten(row.scope, federation, left)}: ${words(row)}`}
                onFocus={() => {
                  setFocused(row.id)
                }}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  navigate(withQuery({ unit: row.id }), { replace: true })
                }}
              >
                <title>{words(row)}</title>
                <rect
                  className='hit'
                  x={2}
                  y={top}
                  width={Math.max(0, width - 4)}
                  height={rowHeight}
                  rx={3}
                />
                {row.critical && (
                  <rect className='critical-mark' x={2} y={top + 2} width={3} height={rowHeight - 4} />
                )}
                <text className='bar-label' x={left - 10} y={top + 13} textAnchor='end'>
                  {shorten(row.scope, federation, left)}
                </text>
                {row.predicted && (
                  <rect
                    className={`predicted${row.critical ? ' critical' : ''}`}
                    x={x(predicted, row.predicted.start)}
                    y={top + (hasActual ? 12 : 4)}
                    width={Math.max(2, x(predicted, row.predicted.end) - x(predicted, row.predicted.start))}
                    height={hasActual ? 4 : 11}
                    rx={2}
                  />
                )}
                {row.actual && (
                  <rect
                    className={`actual${row.decisive ? ' decisive' : ''}`}
                    x={x(actual, row.actual.start)}
                    y={top + 3}
                    width={Math.max(2, x(actual, row.actual.end) - x(actual, row.actual.start))}
                    height={8}
                    rx={2}
                  />
                )}
              </a>
            </g>
          ))}
        </svg>
      </div>
    </section>
  )
}

/** A scope's name without the federation's, cut to what fits. */
function shorten (scope: string, federation: string, room: number): string {
  const text = scope.split('.').map((part) => shortName(part, federation)).join(' → ')
  const fits = Math.floor((room - 16) / 6.4)
  return text.length > fits ? `${text.slice(0, fits - 1)}…` : text
}
