import { type PolicyFinding } from '../../../contract/policy-finding.ts'
import { type Queryable } from '../postgres/database.ts'

interface Row {
  seq: number
  time: Date
  phase: number
  unit: string
  body: {
    policy: string
    pack: string
    enforcement: PolicyFinding['enforcement']
    message: string
    urn?: string
  }
}

/**
 * Reads what policies said during a deployment, in the order of its events, after an event's
 * number.
 */
export async function readPolicyFindings (
  database: Queryable,
  deployment: string,
  page: { after: number, limit: number }
): Promise<PolicyFinding[]> {
  const { rows } = await database.query<Row>({
    text: `SELECT seq, time, phase, unit, body
      FROM windlass.events
      WHERE deployment = $1
        AND type = 'policy.violated'
        AND seq > $2
      ORDER BY seq
      LIMIT $3`,
    values: [deployment, page.after, page.limit]
  })
  return rows.map(({ seq, time, phase, unit, body: { policy, pack, enforcement, message, urn } }) => ({
    seq,
    time: time.toISOString(),
    phase,
    unit,
    policy,
    pack,
    enforcement,
    message,
    ...(urn !== undefined && { urn })
  }))
}
