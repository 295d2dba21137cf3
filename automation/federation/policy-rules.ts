/**
 * Rules of the `policies` section: names of the pack's policies, days of the calendar, exceptions
 * that are over.
 */
import { policies } from '../../policies/index.ts'
import { items, type Rule } from './rules.ts'

const names = policies.map(({ name }) => name)
/** Stands for every policy that `enforcement` does not name. */
const all = 'all'

const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** Policies that do not exist, and dates that do not. */
export const policyRule: Rule = (context) => {
  const { enforcement, exceptions } = context.view.policies ?? {}
  for (const name of Object.keys(enforcement ?? {})) {
    if (name !== all && !names.includes(name)) {
      context.report(
        'FED_UNKNOWN_POLICY',
        ['policies', 'enforcement', name],
        'key',
        name,
        names
      )
    }
  }
  for (const { index, item } of items(exceptions)) {
    const path = ['policies', 'exceptions', index] as const
    if (item.policy !== undefined && !names.includes(item.policy)) {
      context.report(
        'FED_UNKNOWN_POLICY',
        [...path, 'policy'],
        'value',
        item.policy,
        names
      )
    }
    if (item.expires !== undefined && !isDay(item.expires)) {
      context.report('FED_EXCEPTION_DATE', [...path, 'expires'], 'value', item.expires)
    }
  }
}

/** Exceptions that are over: the file still loads, and the policies judge again. */
export const expiredExceptionRule: Rule = (context) => {
  for (const { index, item } of items(context.view.policies?.exceptions)) {
    if (item.policy !== undefined && item.expires !== undefined && item.expires < context.today) {
      context.report(
        'FED_EXCEPTION_EXPIRED',
        ['policies', 'exceptions', index, 'expires'],
        'value',
        item.policy,
        item.expires
      )
    }
  }
}
