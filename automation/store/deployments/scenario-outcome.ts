import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** Notes what was not as a deployment's scenario expected, once: when its first run has ended. */
export async function noteScenarioOutcome (
  client: Queryable,
  deployment: string,
  differences: readonly string[]
): Promise<void> {
  await client.query(
    `UPDATE windlass.deployments
     SET scenario_differences = $2
     WHERE id = $1
       AND scenario_differences IS NULL`,
    [deployment, jsonText(differences)]
  )
}
