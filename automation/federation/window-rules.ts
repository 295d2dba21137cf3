/** Rules of the `maintenanceWindows` and `freezes` sections, and what they stand for. */
import { Cron } from 'croner'
import { type Freeze, type MaintenanceWindow } from '../../programs/types/operation.ts'
import { expectCluster, items, type Rule } from './rules.ts'
import { mistake } from './schedule-rules.ts'
import { type FederationFile } from './schema.ts'

type WindowEntry = NonNullable<FederationFile['maintenanceWindows']>[number]
type FreezeEntry = NonNullable<FederationFile['freezes']>[number]

/**
 * The instant that a clock in a time zone shows; of a time that is skipped there the one right
 * after it, of one that comes twice the first. Undefined for a day that does not exist.
 */
function instantOf (moment: string, timeZone: string): Date | undefined {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(moment.slice(0, 10))) return undefined
  return new Cron(`${moment.slice(0, 10)}T${moment.slice(11) || '00:00'}:00`, {
    paused: true,
    timezone: timeZone
  }).nextRun(new Date(0)) ?? undefined
}

const knownZone = (timeZone: string | undefined): boolean =>
  timeZone === undefined || mistake('0 0 * * *', timeZone) === undefined

/**
 * Names once, one way of saying when, expressions and time zones that exist, clusters that there
 * are, freezes that end after they begin.
 */
export const windowRule: Rule = (context) => {
  const { maintenanceWindows, freezes } = context.view
  for (const [field, list] of [['maintenanceWindows', maintenanceWindows], ['freezes', freezes]] as const) {
    const names = new Map<string, number>()
    for (
      const { index, item } of items<
        { name?: string, timeZone?: string, clusters?: readonly (string | undefined)[] }
      >(list)
    ) {
      const path = [field, index] as const
      const other = item.name === undefined ? undefined : names.get(item.name)
      if (item.name !== undefined && other !== undefined) {
        context.report('FED_DUPLICATE', [...path, 'name'], 'value', 'name', item.name, `${field}[${other}]`)
      } else if (item.name !== undefined) names.set(item.name, index)
      if (!knownZone(item.timeZone)) {
        context.report(
          'FED_WINDOW',
          [...path, 'timeZone'],
          'value',
          `there is no time zone ${item.timeZone ?? ''}`,
          'a name of the IANA time zone database, such as Europe/Berlin'
        )
      }
      for (const { index: place, item: cluster } of items(item.clusters)) {
        expectCluster(context, cluster, [...path, 'clusters', place])
      }
    }
  }
  for (const { index, item: { cron, minutes, days, from, to } } of items(maintenanceWindows)) {
    const path = ['maintenanceWindows', index] as const
    const byCron = cron !== undefined || minutes !== undefined
    const byClock = days !== undefined || from !== undefined || to !== undefined
    if (byCron === byClock) {
      context.report(
        'FED_WINDOW',
        path,
        'key',
        byCron ? 'it says twice when it is open' : 'it does not say when it is open',
        'cron and minutes, or from and to with the days on which it opens'
      )
    } else if (byCron && (cron === undefined || minutes === undefined)) {
      context.report(
        'FED_WINDOW',
        path,
        'key',
        `${cron === undefined ? 'cron' : 'minutes'} is missing`,
        'cron and minutes'
      )
    } else if (byClock && (from === undefined || to === undefined)) {
      context.report(
        'FED_WINDOW',
        path,
        'key',
        `${from === undefined ? 'from' : 'to'} is missing`,
        'from and to'
      )
    }
    const wrong = cron === undefined ? undefined : mistake(cron)
    if (wrong !== undefined) {
      context.report(
        'FED_WINDOW',
        [...path, 'cron'],
        'value',
        `the expression can't be used: ${wrong}`,
        'a cron expression of five fields, such as "0 2 * * 6"'
      )
    }
  }
  for (const { index, item: { from, to, timeZone = 'UTC' } } of items(freezes)) {
    if (!knownZone(timeZone)) continue
    const [start, end] = [from, to].map((moment) =>
      moment === undefined ? undefined : instantOf(moment, timeZone)
    )
    for (const [field, moment, instant] of [['from', from, start], ['to', to, end]] as const) {
      if (moment !== undefined && !instant) {
        context.report(
          'FED_WINDOW',
          ['freezes', index, field],
          'value',
          `${moment} is not a day of the calendar`,
          'a day such as "2026-12-20"'
        )
      }
    }
    if (start && end && start >= end) {
      context.report(
        'FED_WINDOW',
        ['freezes', index, 'to'],
        'value',
        'it ends before it begins',
        `a time after ${from ?? ''}`
      )
    }
  }
}

const cronOf = (clock: string, days: readonly string[] | undefined): string =>
  `${Number(clock.slice(3))} ${Number(clock.slice(0, 2))} * * ${days?.join(',').toUpperCase() ?? '*'}`

/** A window of a file without mistakes. */
export function resolveWindow (
  { name, cron, minutes, days, from, to, timeZone = 'UTC', phases, clusters }: WindowEntry
): MaintenanceWindow {
  const about = { name, timeZone, ...(phases && { phases }), ...(clusters && { clusters }) }
  if (cron !== undefined && minutes !== undefined) return { ...about, cron, closes: { minutes } }
  if (from === undefined || to === undefined) throw new RangeError(`the window ${name} was not validated`)
  return { ...about, cron: cronOf(from, days), closes: { cron: cronOf(to, undefined) } }
}

/** A freeze of a file without mistakes. */
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
