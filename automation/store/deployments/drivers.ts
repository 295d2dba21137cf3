import { type Driver } from '../../../contract/gate.ts'
import { personsBehind } from '../../person.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/**
 * Notes who made a deployment go on, unless the same persons had done the same before: the list
 * grows with people, not with acts. The caller has locked the deployment.
 */
export async function keepDriver (
  client: Queryable,
  deployment: { readonly id: string, readonly drivers: readonly Driver[] },
  driver: Driver
): Promise<void> {
  const persons = personsBehind(driver.actor)
  const known = deployment.drivers.some((one) =>
    one.act === driver.act && persons.isSubsetOf(personsBehind(one.actor))
  )
  if (known) return
  await client.query(
    `UPDATE windlass.deployments
     SET drivers = drivers || $2::jsonb
     WHERE id = $1`,
    [deployment.id, jsonText([driver])]
  )
}
