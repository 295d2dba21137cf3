/** A deployment's state as a screen full of text. Pure: time and size come in. */
import type picocolors from 'picocolors'
import { type PhaseStatus } from '../../contract/words.ts'
import { countUnits, type PhaseView, type ViewState } from './state.ts'
import { bar, cut, duration, secondsBetween } from './text.ts'

type Colors = ReturnType<typeof picocolors.createColors>
export interface Screen {
  columns: number
  rows: number
  now: number
  colors: Colors
}

const widestBar = 24
const narrow = 60

const marks: Record<PhaseStatus, string> = {
  pending: '·',
  running: '▸',
  waiting: '?',
  succeeded: '✓',
  failed: '✗',
  skipped: '–',
  canceled: '■'
}

function paint (status: string, text: string, colors: Colors): string {
  switch (status) {
    case 'succeeded':
      return colors.green(text)
    case 'failed':
      return colors.red(text)
    case 'running':
      return colors.cyan(text)
    case 'waiting':
    case 'canceling':
    case 'canceled':
      return colors.yellow(text)
    default:
      return colors.dim(text)
  }
}

function phaseLine (state: ViewState, phase: PhaseView, { columns, now, colors }: Screen): string {
  const counts = countUnits(state, phase)
  const status = state.waitingPhase === phase.number ? 'waiting' : phase.status
  const ended = counts.succeeded + counts.failed + counts.skipped + counts.canceled
  const share = phase.total === 0 ? 0 : ended / phase.total
  const time = phase.startedAt === null
    ? ''
    : duration(secondsBetween(phase.startedAt, phase.finishedAt ?? now))
  const numbers = `${counts.succeeded}/${phase.total}${counts.failed > 0 ? ` ${counts.failed} failed` : ''}${
    counts.skipped > 0 ? ` ${counts.skipped} skipped` : ''
  }`
  const label = `${marks[status]} ${phase.number} ${phase.name.padEnd(columns < narrow ? 0 : 17)}`
  const text = `${numbers}  ${time}`.trimEnd()
  // Label, bar and numbers with a space between them.
  const room = Math.min(widestBar, columns - label.length - text.length - 2)
  if (room < 4) return paint(status, cut(`${label} ${text}`, columns), colors)
  const { full, empty } = bar(share, room)
  return `${paint(status, label, colors)} ` +
    `${paint(counts.failed > 0 ? 'failed' : 'succeeded', full, colors)}${colors.dim(empty)} ${text}`
}

/** The sums over all units: resource operations, changes, policy violations. */
function sumsOf ({ changes, resources, policyViolations }: ViewState): string {
  const { create, update, delete: removed, replace, same } = changes
  return [
    `${resources.succeeded} resource operations, ${resources.failed} failed`,
    `+${create} ~${update} ±${replace} -${removed} =${same}`,
    ...(policyViolations > 0 ? [`${policyViolations} policy violations`] : [])
  ].join('  |  ')
}

/** The lines of the picture: none wider than the screen, and not more than its rows. */
export function screenOf (state: ViewState, screen: Screen): string[] {
  const { columns, rows, now, colors } = screen
  const elapsed = state.startedAt === null
    ? ''
    : `  ${duration(secondsBetween(state.startedAt, state.finishedAt ?? now))}`
  const place = state.world === undefined ? state.mode : `${state.mode} in ${state.world}`
  const title = cut(`${state.federation} ${state.operation} (${place})  ${state.id}`, columns)
  const status = state.waitingPhase === undefined ? state.status : `waiting for ${state.waitingFor ?? ''}`
  const sums = cut(sumsOf(state), columns)
  const failures = state.failures.slice(-3).map((failure) =>
    colors.red(cut(`✗ ${failure.unit ?? ''} ${failure.resource ?? ''} ${failure.message}`, columns))
  )
  const head = [
    colors.bold(title),
    paint(state.status, cut(status + elapsed, columns), colors),
    ...state.phases.map((phase) => phaseLine(state, phase, screen))
  ]
  const tail = [colors.dim(sums), ...failures]
  const running = Object.values(state.units).filter((unit) => unit.status === 'running').sort((a, b) =>
    (a.startedAt ?? '').localeCompare(b.startedAt ?? '')
  )
  // One row stays free: a full screen scrolls, and scrolling flickers.
  const room = Math.max(0, Math.min(12, rows - 1 - head.length - tail.length))
  const shown = running.slice(0, running.length > room ? Math.max(0, room - 1) : room).map((unit) => {
    const attempt = unit.attempt > 1 ? `  attempt ${unit.attempt}` : ''
    return cut(
      `  ${unit.id}  ${unit.startedAt === null ? '' : duration(secondsBetween(unit.startedAt, now))}  ` +
        `${unit.ended} of ${unit.begun} operations${attempt}`,
      columns
    )
  })
  if (running.length > shown.length && room > 0) {
    shown.push(colors.dim(cut(`  and ${running.length - shown.length} more running`, columns)))
  }
  return [...head, ...shown, ...tail].slice(0, Math.max(1, rows - 1))
}
