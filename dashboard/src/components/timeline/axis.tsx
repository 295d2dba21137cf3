import { shortDuration } from '../../model/time.ts'
import { ticks } from '../../model/timeline.ts'
import { tickRoom, x, type Scale } from './scale.ts'

const ticksOf = ({ end, width }: Scale): number[] => ticks(end, Math.max(1, Math.floor(width / tickRoom)))

/** Times along a scale. */
export function Axis ({ scale, y, title }: { scale: Scale, y: number, title: string }) {
  return (
    <g>
      <text x={scale.left - 10} y={y} textAnchor='end' className='axis-title'>{title}</text>
      {ticksOf(scale).map((tick) => (
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

/** Lines down the chart at the marks of a scale. */
export const Gridlines = ({ scale, height }: { scale: Scale, height: number }) => (
  <>
    {ticksOf(scale).map((tick) => (
      <line key={tick} className='gridline' x1={x(scale, tick)} x2={x(scale, tick)} y1={0} y2={height} />
    ))}
  </>
)
