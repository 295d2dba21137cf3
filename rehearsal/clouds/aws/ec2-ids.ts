/** Everything that EC2 makes up for a resource: ids and public addresses. */
import { type Draft } from '../draft.ts'

/** An id by EC2's convention: a prefix and 17 hexadecimal digits, of which the first is 0. */
export const ec2Id = (prefix: string) => (draft: Draft): string => `${prefix}-0${draft.make.hex(16, 'id')}`

/**
 * A public address out of 3.0.0.0/9, which AWS announces. 203.0.113.0/24 and its like are for
 * documentation: clouds refuse them.
 */
export function publicAddress (draft: Draft, label = 'public'): string {
  const octets = [
    draft.make.integer(127, `${label}1`),
    draft.make.integer(256, `${label}2`),
    1 + draft.make.integer(254, `${label}3`)
  ]
  return `3.${octets.join('.')}`
}
