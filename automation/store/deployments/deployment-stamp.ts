import { type Queryable } from '../postgres/database.ts'

/**
 * Changes whenever what is shown of a deployment does: every change of it, its phases and its units
 * comes in a transaction that writes events, which are numbered in the deployment's row, and so
 * gives the row another version (xmin); decisions on gates are rows of their own. Undefined when
 * there is no such deployment. One row by its key: a hundredth of what reading the deployment
 * costs.
 */
export async function readDeploymentStamp (database: Queryable, id: string): Promise<string | undefined> {
  const { rows } = await database.query<{ stamp: string }>({
    name: 'read-deployment-stamp',
    text:
      `SELECT d.xmin || ' ' || (SELECT count(*) FROM windlass.approvals a WHERE a.deployment = d.id) AS stamp
       FROM windlass.deployments d
       WHERE d.id = $1`,
    values: [id]
  })
  return rows[0]?.stamp
}
