import { placeOf } from '../../place.ts'
import { type Queryable } from '../postgres/database.ts'

/**
 * Removes what exists in a world: its clouds, stacks, outputs and leases. Deployments, with their
 * units and events, stay. The caller sees to it that nothing runs there.
 */
export async function dropWorld (client: Queryable, world: string): Promise<void> {
  const place = placeOf('rehearsal', world)
  // Journals and histories go with their stacks.
  await client.query(
    `DELETE FROM windlass.stacks
     WHERE place = $1`,
    [place]
  )
  await client.query(
    `DELETE FROM windlass.unit_outputs
     WHERE place = $1`,
    [place]
  )
  await client.query(
    `DELETE FROM windlass.deployed_units
     WHERE place = $1`,
    [place]
  )
  await client.query(
    `DELETE FROM windlass.stack_moves
     WHERE place = $1`,
    [place]
  )
  await client.query(
    `DELETE FROM windlass.leases
     WHERE place = $1`,
    [place]
  )
  await client.query(
    `DELETE FROM windlass.cloud_records
     WHERE world = $1`,
    [world]
  )
  await client.query(
    `DELETE FROM windlass.worlds
     WHERE world = $1`,
    [world]
  )
  await client.query(
    `DELETE FROM windlass.world_clocks
     WHERE world = $1`,
    [world]
  )
  await client.query(
    `DELETE FROM windlass.world_outages
     WHERE world = $1`,
    [world]
  )
  await client.query(
    `DELETE FROM windlass.world_agings
     WHERE world = $1`,
    [world]
  )
  await client.query(
    `DELETE FROM windlass.fault_counts
     WHERE world = $1`,
    [world]
  )
}
