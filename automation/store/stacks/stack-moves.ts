/** The record of moves of resources between stacks. */
import { type Queryable } from '../postgres/database.ts'

/** Two stacks of a place. */
export interface MovedBetween {
  readonly place: string
  readonly source: string
  readonly target: string
}

/** Lists the sources and targets in a place between which nothing is to be moved any more. */
export async function doneMoves (client: Queryable, place: string): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ source: string, target: string }>(
    `SELECT source, target
     FROM windlass.stack_moves
     WHERE place = $1
       AND done_at IS NOT NULL`,
    [place]
  )
  return new Set(rows.map(({ source, target }) => `${source} ${target}`))
}

/**
 * Notes that a move begins, with both states before it, sealed. A move that begins again keeps the
 * states that it first found.
 */
export async function beginMove (
  client: Queryable,
  { place, source, target }: MovedBetween,
  { deployment, urns, states }: { deployment: string, urns: readonly string[], states: string }
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.stack_moves (place, source, target, deployment, urns, states)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (place, source, target) DO UPDATE
     SET deployment = excluded.deployment`,
    [place, source, target, deployment, urns, states]
  )
}

/** Notes that a move is done, whether or not it was noted before. */
export async function endMove (
  client: Queryable,
  { place, source, target }: MovedBetween,
  { deployment, urns }: { deployment: string, urns: readonly string[] }
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.stack_moves (place, source, target, deployment, urns, done_at)
     VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (place, source, target) DO UPDATE
     SET states = NULL, done_at = now()`,
    [place, source, target, deployment, urns]
  )
}
