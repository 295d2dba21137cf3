import { type WindowOverride } from '../../../contract/window.ts'
import { type Queryable } from '../postgres/database.ts'
import { toldText } from '../postgres/json.ts'

/** Notes that a deployment goes on outside its windows, until it is resumed. */
export async function keepOverride (
  client: Queryable,
  deployment: string,
  override: WindowOverride
): Promise<void> {
  await client.query(
    `UPDATE windlass.deployments
     SET window_override = $2
     WHERE id = $1`,
    [deployment, toldText(override)]
  )
}
