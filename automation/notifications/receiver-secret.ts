/**
 * The secret of a receiver of notifications: a key that signs, a routing key, or an address. Pure.
 */
import { secretPlace, secretValue } from '../federation/secret-variable.ts'
import { judgeKey, judgeSecret, type JudgedSecret } from '../signing-key.ts'
import { type Receiver } from '../store/messages/facts.ts'

/**
 * Judges the value of a receiver's secret, and names its variable. A callback is of the hooks file,
 * and named for its hook; receivers of federations have no colon in their names.
 */
export function receiverSecret (
  { name, kind, secret }: Pick<Receiver, 'name' | 'kind' | 'secret'>,
  federation: string,
  values: Readonly<Record<string, string | undefined>>
): JudgedSecret & { readonly variable: string } {
  const owner = name.startsWith('hook:') ? 'service' : { federation }
  const variable = secretPlace(values, owner, secret)
  const value = secretValue(values, owner, secret)
  const judged = kind === 'webhook' ? judgeKey(value, 'standard') : judgeSecret(value)
  return { ...judged, variable }
}
