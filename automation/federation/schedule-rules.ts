/**
 * Rules of the `schedules` section: expressions and time zones that exist, and worlds in which what
 * is launched means something.
 */
import { Cron } from 'croner'
import { items, type Rule } from './rules.ts'

/** Gives the reason why a cron expression, or a time zone, cannot be used. */
export function mistake (cron: string, timezone?: string): string | undefined {
  try {
    return new Cron(cron, { mode: '5-part', paused: true, ...(timezone !== undefined && { timezone }) })
        .nextRun()
      ? undefined
      : 'it never comes'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export const scheduleRule: Rule = (context) => {
  const names = new Map<string, number>()
  for (
    const { index, item: { name, cron, timeZone, operation, mode, phases, world } } of items(
      context.view.schedules
    )
  ) {
    const path = ['schedules', index] as const
    const other = name === undefined ? undefined : names.get(name)
    if (name !== undefined && other !== undefined) {
      context.report('FED_DUPLICATE', [...path, 'name'], 'value', 'name', name, `schedules[${other}]`)
    } else if (name !== undefined) names.set(name, index)
    const wrong = cron === undefined ? undefined : mistake(cron)
    if (wrong !== undefined) {
      context.report(
        'FED_SCHEDULE',
        [...path, 'cron'],
        'value',
        `the expression cannot be used: ${wrong}`,
        'a cron expression of five fields, such as "0 3 * * *"'
      )
    } else if (timeZone !== undefined && mistake('0 0 * * *', timeZone) !== undefined) {
      context.report(
        'FED_SCHEDULE',
        [...path, 'timeZone'],
        'value',
        `there is no time zone ${timeZone}`,
        'a name of the IANA time zone database, such as Europe/Berlin'
      )
    }
    if (operation === 'drift-check' && mode !== 'live' && (world ?? 'fresh') === 'fresh') {
      context.report(
        'FED_SCHEDULE',
        [...path, 'operation'],
        'value',
        'a fresh world holds nothing that could have drifted',
        'mode: live, or the name of a world that is deployed'
      )
    }
    if (mode === 'live' && world !== undefined) {
      context.report(
        'FED_SCHEDULE',
        [...path, 'world'],
        'key',
        'a world has no meaning in mode live',
        'no world, or mode: rehearsal'
      )
    }
    if ((phases?.from ?? 1) > (phases?.to ?? 8)) {
      context.report(
        'FED_SCHEDULE',
        [...path, 'phases', 'from'],
        'value',
        'the first phase is after the last',
        'a range in order'
      )
    }
  }
}
