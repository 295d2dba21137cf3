/**
 * Times at which what is live may be changed: maintenance windows and freezes. Pure: the clock is
 * handed in.
 */
import { type Launch } from '../../contract/launch.ts'
import { type Closure, type PhaseName } from '../../contract/words.ts'
import { type Freeze, type MaintenanceWindow } from '../../programs/types/operation.ts'
import { type Federation } from '../../programs/types.ts'
import { nextDue } from '../schedules/due.ts'
import { type Occurrence, occurrenceUpTo, wallAfter } from '../schedules/occurrences.ts'
import { instantsOf } from '../zone.ts'

/** A part that asks whether it may start: a unit's phase and the clusters that it concerns. */
export interface Part {
  readonly phase: PhaseName
  readonly clusters: readonly string[]
}
/** The parts of a federation that say when it may be changed. */
export type WindowRules = Pick<Federation, 'maintenanceWindows' | 'freezes'>
/** The state of windows and freezes for parts at a time. */
export type WindowState = OpenState | ClosedState

/** All parts may start. */
interface OpenState {
  readonly open: true
  /** Time until which they may; absent: no window or freeze is about them. */
  readonly closes?: Date
}

/** Some part may not start. */
interface ClosedState {
  readonly open: false
  readonly because: Closure
  /** Windows or freezes that keep it from starting. */
  readonly names: readonly string[]
  /** Time at which it may; absent: not within the time that is looked ahead. */
  readonly opens?: Date
}

/**
 * Bound of the search for an opening: a year and a day has every window of a calendar, and so many
 * candidates are looked at in some tens of milliseconds.
 */
const horizon = 366 * 24 * 60 * 60_000
const mostCandidates = 2_000

/**
 * Says whether a launch needs a window at all: what changes nothing, and nothing real, needs none.
 */
export function needsWindow (
  { mode, operation }: Pick<Launch, 'mode' | 'operation'>,
  { maintenanceWindows, freezes }: WindowRules
): boolean {
  return mode === 'live' && operation !== 'preview' && operation !== 'drift-check' &&
    ((maintenanceWindows?.length ?? 0) > 0 || (freezes?.length ?? 0) > 0)
}

/**
 * The end of an opening that began then, in milliseconds. The wall clock decides: a night in which
 * clocks are changed is an hour longer or shorter. An opening that they skip comes later; where
 * that is not before its end, the end comes as much later.
 */
function endOf ({ closes, timeZone }: MaintenanceWindow, { instant, wall }: Occurrence): number {
  if ('minutes' in closes) return instant + closes.minutes * 60_000
  const closing = wallAfter(closes.cron, wall)
  if (closing === undefined) return instant
  const { instants } = instantsOf(timeZone, closing)
  return instants.find((one) => one > instant) ?? instants[0] + instantsOf(timeZone, wall).skipped
}

/** The opening of a window in which the time lies. */
export function openingAt (window: MaintenanceWindow, time: Date): { start: Date, end: Date } | undefined {
  const start = occurrenceUpTo(window, time.getTime())
  const end = start && endOf(window, start)
  return start && end !== undefined && time.getTime() < end
    ? { start: new Date(start.instant), end: new Date(end) }
    : undefined
}

const concerns = (
  { phases, clusters }: Pick<MaintenanceWindow, 'phases' | 'clusters'>,
  part: Part
): boolean =>
  (phases === undefined || phases.includes(part.phase)) &&
  (clusters === undefined || clusters.some((cluster) => part.clusters.includes(cluster)))
const frozenBy = (freezes: readonly Freeze[], time: Date): Freeze[] =>
  freezes.filter(({ from, to }) => Date.parse(from) <= time.getTime() && time.getTime() < Date.parse(to))

/**
 * Says whether all parts may start at that time. A part is kept from starting by a freeze that is
 * about it, and, when windows are about it, by none of them being open.
 */
export function windowState (rules: WindowRules, parts: readonly Part[], now: Date): WindowState {
  const windows = (rules.maintenanceWindows ?? []).filter((window) =>
    parts.some((part) => concerns(window, part))
  )
  const freezes = (rules.freezes ?? []).filter((freeze) => parts.some((part) => concerns(freeze, part)))
  const at = stateAt(windows, freezes, parts, now)
  if (at.open) return at.closes ? { open: true, closes: at.closes } : { open: true }
  const opens = nextOpening(windows, freezes, parts, now)
  return { ...at, ...(opens && { opens }) }
}

function stateAt (
  windows: readonly MaintenanceWindow[],
  freezes: readonly Freeze[],
  parts: readonly Part[],
  time: Date
): WindowState {
  const frozen = frozenBy(freezes, time)
  if (frozen.length > 0) return { open: false, because: 'freeze', names: frozen.map(({ name }) => name) }
  const openings = new Map(windows.map((window) => [window, openingAt(window, time)]))
  const ends: number[] = freezes.flatMap(({ from }) =>
    Date.parse(from) > time.getTime() ? [Date.parse(from)] : []
  )
  const shut = new Set<string>()
  for (const part of parts) {
    const own = windows.filter((window) => concerns(window, part))
    if (own.length === 0) continue
    const open = own.flatMap((window) => openings.get(window) ?? [])
    if (open.length === 0) { for (const { name } of own) shut.add(name) }
    else ends.push(Math.max(...open.map(({ end }) => end.getTime())))
  }
  if (shut.size > 0) return { open: false, because: 'window', names: [...shut] }
  return ends.length > 0 ? { open: true, closes: new Date(Math.min(...ends)) } : { open: true }
}

/**
 * The first time after `now` at which all parts may start: one at which a window opens or a freeze
 * ends.
 */
function nextOpening (
  windows: readonly MaintenanceWindow[],
  freezes: readonly Freeze[],
  parts: readonly Part[],
  now: Date
): Date | undefined {
  let time = now
  for (let tries = 0; tries < mostCandidates; tries++) {
    const candidates = [
      ...windows.flatMap((window) => nextDue(window, time) ?? []),
      ...freezes.map(({ to }) => new Date(to))
    ].filter((candidate) => candidate > time)
    if (candidates.length === 0) return undefined
    time = new Date(Math.min(...candidates.map((candidate) => candidate.getTime())))
    if (time.getTime() - now.getTime() > horizon) return undefined
    if (stateAt(windows, freezes, parts, time).open) return time
  }
  return undefined
}
