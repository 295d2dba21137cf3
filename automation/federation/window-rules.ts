/** Rules of the `maintenanceWindows` and `freezes` sections. */
import { instantOf } from './resolve-windows.ts'
import { expectCluster, items, type Rule, type RuleContext } from './rules.ts'
import { mistake } from './schedule-rules.ts'

const knownZone = (timeZone: string | undefined): boolean =>
  timeZone === undefined || mistake('0 0 * * *', timeZone) === undefined

/**
 * Names once, one way of saying when, expressions and time zones that exist, clusters that there
 * are, freezes that end after they begin.
 */
export const windowRule: Rule = (context) => {
  const { maintenanceWindows, freezes } = context.view
  checkEntries(context, 'maintenanceWindows', maintenanceWindows)
  checkEntries(context, 'freezes', freezes)
  checkWindows(context)
  checkFreezes(context)
}

/** An entry of either section, before it is known to be valid. */
interface Entry {
  readonly name?: string
  readonly timeZone?: string
  readonly clusters?: readonly (string | undefined)[]
}

function checkEntries (
  context: RuleContext,
  field: 'maintenanceWindows' | 'freezes',
  list: Parameters<typeof items<Entry>>[0]
): void {
  const names = new Map<string, number>()
  for (const { index, item } of items<Entry>(list)) {
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

function checkWindows (context: RuleContext): void {
  for (const { index, item: { cron, minutes, days, from, to } } of items(context.view.maintenanceWindows)) {
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
        `the expression cannot be used: ${wrong}`,
        'a cron expression of five fields, such as "0 2 * * 6"'
      )
    }
  }
}

function checkFreezes (context: RuleContext): void {
  for (const { index, item: { from, to, timeZone = 'UTC' } } of items(context.view.freezes)) {
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
