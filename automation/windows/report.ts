/**
 * A federation's windows and freezes as they stand, and what a launch should know of them. Pure:
 * the clock is handed in.
 */
import { type LaunchWarning, type WindowState, type WindowReport } from '../../contract/window.ts'
import { phaseNames } from '../../contract/words.ts'
import { type Federation } from '../../programs/types.ts'
import { nextDue } from '../schedules/due.ts'
import { openingAt, type Part, windowState } from './windows.ts'

const iso = (time: Date | undefined): string | undefined => time?.toISOString()

/** Every window and freeze, and whether all of the federation may be changed now. */
export function windowReport (federation: Federation, now: Date): WindowReport {
  const { maintenanceWindows = [], freezes = [], clusters } = federation
  const items = [
    ...maintenanceWindows.map((window): WindowState => {
      const [until, next] = [iso(openingAt(window, now)?.end), iso(nextDue(window, now))]
      return {
        name: window.name,
        kind: 'window',
        open: until !== undefined,
        timeZone: window.timeZone,
        ...(until !== undefined && { until }),
        ...(next !== undefined && { next }),
        ...about(window)
      }
    }),
    ...freezes.filter(({ to }) => Date.parse(to) > now.getTime()).map((freeze): WindowState => {
      const open = Date.parse(freeze.from) <= now.getTime()
      return {
        name: freeze.name,
        kind: 'freeze',
        open,
        until: freeze.to,
        ...(!open && { next: freeze.from }),
        reason: freeze.reason,
        ...about(freeze)
      }
    })
  ]
  const names = clusters.map(({ name }) => name)
  const state = windowState(
    federation,
    phaseNames.flatMap((phase) => names.map((name): Part => ({ phase, clusters: [name] }))),
    now
  )
  if (state.open) return { items, open: true, ...(state.closes && { closes: state.closes.toISOString() }) }
  return {
    items,
    open: false,
    because: state.because,
    names: [...state.names],
    ...(state.opens && { opens: state.opens.toISOString() })
  }
}

const about = (
  { phases, clusters }: { phases?: readonly string[], clusters?: readonly string[] }
): Pick<WindowState, 'phases' | 'clusters'> => ({
  ...(phases && { phases: [...phases] as NonNullable<WindowState['phases']> }),
  ...(clusters && { clusters: [...clusters] })
})

const inMinutes = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000)
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h${
      minutes % 60 === 0 ? '' : ` ${String(minutes % 60).padStart(2, '0')} min`
    }`
}

/**
 * Lists what to know before what is live is changed: that it has to wait, and that it is predicted
 * to take longer than it may. `seconds`: the predicted duration.
 */
export function launchWarnings (
  federation: Federation,
  parts: readonly Part[],
  seconds: number,
  now: Date
): LaunchWarning[] {
  const state = windowState(federation, parts, now)
  const begins = state.open ? now : state.opens
  const warnings: LaunchWarning[] = []
  if (!state.open) {
    warnings.push({
      code: 'window-closed',
      message: `it waits for ${
        state.because === 'freeze' ? 'the end of the freeze' : 'the maintenance window'
      } ${state.names.join(', ')}${
        state.opens ? `, until ${state.opens.toISOString()}` : ', and none opens within a year'
      }`
    })
  }
  if (!begins) return warnings
  const then = state.open ? state : windowState(federation, parts, begins)
  if (!then.open || !then.closes) return warnings
  const room = then.closes.getTime() - begins.getTime()
  if (seconds * 1000 > room) {
    const next = windowState(federation, parts, then.closes)
    warnings.push({
      code: 'window-too-short',
      message: `it is predicted to take ${inMinutes(seconds * 1000)}, and the window is open for ${
        inMinutes(room)
      }: phases that have not begun at ${then.closes.toISOString()} wait${
        !next.open && next.opens ? ` until ${next.opens.toISOString()}` : ''
      }`
    })
  }
  return warnings
}
