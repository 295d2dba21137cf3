import { type Actor } from '../../../contract/access.ts'
import { type GateDecision } from '../../../contract/gate.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'
import { type PlannedGate } from './planned-gate.ts'

/** Notes a decision. False when this person had approved the phase before in this run. */
export async function insertDecision (
  client: Queryable,
  deployment: string,
  decided: {
    phase: number
    decision: 'approved' | 'rejected'
    person: string
    actor?: Actor
    comment?: string
  }
): Promise<boolean> {
  const { phase, decision, person, actor, comment } = decided
  const { rowCount } = await client.query(
    `INSERT INTO windlass.approvals (deployment, phase, decision, person, actor, comment)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (deployment, phase, person) WHERE NOT past AND decision = 'approved' DO NOTHING`,
    [deployment, phase, decision, person, actor ? jsonText(actor) : null, comment ?? null]
  )
  return rowCount === 1
}

/**
 * Whoever approved phases since the deployment was last queued; null: the service itself. A person
 * is there once for each phase, or with variants of their subject.
 */
export async function readApprovals (
  client: Queryable,
  deployment: string
): Promise<{ phase: number, actor: Actor | null }[]> {
  const { rows } = await client.query<{ phase: number, actor: Actor | null }>(
    `SELECT phase, actor
     FROM windlass.approvals
     WHERE deployment = $1
       AND decision = 'approved'
       AND NOT past
     ORDER BY number`,
    [deployment]
  )
  return rows
}

/** All decisions on a deployment's gates, oldest first. */
export async function readDecisions (client: Queryable, deployment: string): Promise<GateDecision[]> {
  const { rows } = await client.query<
    {
      phase: number
      decision: GateDecision['decision']
      actor: Actor | null
      comment: string | null
      decided_at: Date
      past: boolean
    }
  >(
    `SELECT phase, decision, actor, comment, decided_at, past
     FROM windlass.approvals
     WHERE deployment = $1
     ORDER BY number`,
    [deployment]
  )
  return rows.map((row) => ({
    phase: row.phase,
    decision: row.decision,
    time: row.decided_at.toISOString(),
    counts: !row.past,
    ...(row.actor && { actor: row.actor }),
    ...(row.comment !== null && { comment: row.comment })
  }))
}

/**
 * The gates that a deployment was launched with, where it waits and which phases were let through;
 * undefined when there is no such deployment.
 */
export async function readGates (
  client: Queryable,
  deployment: string
): Promise<
  { gates: PlannedGate[], open: number | null, approved: number[], expiresAt: Date | null } | undefined
> {
  const { rows } = await client.query<
    { gates: PlannedGate[] | null, gate: number | null, approved: number[], gate_expires_at: Date | null }
  >(
    `SELECT gates, gate, approved, gate_expires_at
     FROM windlass.deployments
     WHERE id = $1`,
    [deployment]
  )
  const row = rows[0]
  return row &&
    { gates: row.gates ?? [], open: row.gate, approved: row.approved, expiresAt: row.gate_expires_at }
}
