import { setTimeout as delay } from 'node:timers/promises'
import { type PoolClient } from 'pg'
import { serviceConnected } from './backup-rows.ts'

/**
 * Milliseconds that connections of a service which just stopped get to go: PostgreSQL ends them in
 * a few.
 */
const leavingPatience = 3_000

/** Says whether a service is connected to the database, and stays. */
export async function serviceStays (client: PoolClient): Promise<boolean> {
  const until = Date.now() + leavingPatience
  while (await serviceConnected(client)) {
    if (Date.now() > until) return true
    await delay(100)
  }
  return false
}
