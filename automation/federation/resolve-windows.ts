/** Maintenance windows and freezes of a valid file as programs and the service see them. Pure. */
import { type Freeze, type MaintenanceWindow } from '../../programs/types/operation.ts'
import { instantsOf } from '../zone.ts'
import { type FederationFile } from './schema.ts'

type WindowEntry = NonNullable<FederationFile['maintenanceWindows']>[number]
type FreezeEntry = NonNullable<FederationFile['freezes']>[number]

/**
 * The instant that a clock in a time zone shows; of a time that comes twice the first, and of one
 * that is skipped the one as much later as clocks were put forward. Undefined for a day that does
 * not exist.
 */
export function instantOf (moment: string, timeZone: string): Date | undefined {
  const wall = new Date(`${moment.slice(0, 10)}T${moment.slice(11) || '00:00'}:00Z`)
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(moment.slice(0, 10))) return undefined
  return new Date(instantsOf(timeZone, wall.getTime()).instants[0])
}

const cronOf = (clock: string, days: readonly string[] | undefined): string =>
  `${Number(clock.slice(3))} ${Number(clock.slice(0, 2))} * * ${days?.join(',').toUpperCase() ?? '*'}`

/** Resolves a window of a file without mistakes. */
export function resolveWindow (
  { name, cron, minutes, days, from, to, timeZone = 'UTC', phases, clusters }: WindowEntry
): MaintenanceWindow {
  const about = { name, timeZone, ...(phases && { phases }), ...(clusters && { clusters }) }
  if (cron !== undefined && minutes !== undefined) return { ...about, cron, closes: { minutes } }
  if (from === undefined || to === undefined) throw new RangeError(`the window ${name} was not validated`)
  return { ...about, cron: cronOf(from, days), closes: { cron: cronOf(to, undefined) } }
}

/** Resolves a freeze of a file without mistakes. */
export function resolveFreeze (
  { name, from, to, timeZone = 'UTC', reason, phases, clusters }: FreezeEntry
): Freeze {
  const [start, end] = [instantOf(from, timeZone), instantOf(to, timeZone)]
  if (!start || !end) throw new RangeError(`the freeze ${name} was not validated`)
  return {
    name,
    from: start.toISOString(),
    to: end.toISOString(),
    reason,
    ...(phases && { phases }),
    ...(clusters && { clusters })
  }
}
