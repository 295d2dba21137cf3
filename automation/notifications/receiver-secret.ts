/**
 * The secret of a receiver of notifications: a key that signs, a routing key, or an address. Pure.
 */
import { secretVariable } from '../federation/secret-variable.ts'
import { judgeKey, judgeSecret, type JudgedSecret } from '../signing-key.ts'
import { type Receiver } from '../store/messages/facts.ts'

/** Judges the value of a receiver's secret, and names its variable. */
export function receiverSecret (
  { kind, secret }: Pick<Receiver, 'kind' | 'secret'>,
  values: Readonly<Record<string, string | undefined>>
): JudgedSecret & { readonly variable: string } {
  const variable = secretVariable(secret)
  const judged = kind === 'webhook' ? judgeKey(values[variable], 'standard') : judgeSecret(values[variable])
  return { ...judged, variable }
}
