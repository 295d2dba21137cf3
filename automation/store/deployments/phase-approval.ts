import { type Queryable } from '../postgres/database.ts'

/** Notes the approval of a phase for this deployment's current run. */
export async function approvePhase (client: Queryable, deployment: string, phase: number): Promise<void> {
  await client.query(
    `UPDATE windlass.deployments
     SET approved = array_append(approved, $2)
     WHERE id = $1`,
    [deployment, phase]
  )
}
