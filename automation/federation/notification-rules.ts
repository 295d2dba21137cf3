/**
 * Rules of the `notifications` section: one name a receiver, and the fields that its kind needs.
 */
import { operations } from '../../contract/words.ts'
import { items, type Rule } from './rules.ts'

/**
 * Events that are told unless the file says otherwise: those that somebody has to do something
 * about, and the end.
 */
export const toldEvents = ['waiting', 'resumed', 'succeeded', 'failed', 'canceled'] as const
export const toldModes = ['live'] as const
export const toldOperations = operations

/** Fields that one kind only has. */
const ownFields = { url: 'webhook', from: 'email', to: 'email' } as const

export const notificationRule: Rule = (context) => {
  const names = new Map<string, number>()
  for (const { index, item } of items(context.view.notifications)) {
    const path = ['notifications', index] as const
    const { name, kind } = item
    if (name !== undefined) {
      const other = names.get(name)
      if (other !== undefined) {
        context.report('FED_DUPLICATE', [...path, 'name'], 'value', 'name', name, `notifications[${other}]`)
      } else names.set(name, index)
    }
    if (kind === undefined) continue
    for (const [field, owner] of Object.entries(ownFields)) {
      const given = item[field as keyof typeof ownFields] !== undefined
      if (given && kind !== owner) {
        context.report(
          'FED_NOTIFICATION',
          [...path, field],
          'key',
          `${field} has no meaning for ${kind}`,
          `no ${field}: ${kind === 'webhook' ? 'the address is under url' : 'the secret holds the address'}`
        )
      }
      if (!given && kind === owner) {
        context.report(
          'FED_NOTIFICATION',
          [...path, field],
          'key',
          `${field} is missing`,
          `${field}, which ${owner === 'email' ? 'an e-mail' : 'a webhook'} needs`
        )
      }
    }
  }
}
