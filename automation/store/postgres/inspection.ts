import pg from 'pg'
import { type Role } from '../../../contract/words.ts'
import { voicelessTokens, type VoicelessTokens } from '../identity/voiceless-tokens.ts'
import { migrationFiles } from './migrate.ts'

/** A database's own account of itself. */
export interface DatabaseState {
  version: string
  /** Migrations that the next start applies. */
  pending: string[]
  /** Migrations that a later version of the service applied. */
  unknown: string[]
  applied: number
  /** Its clock less this machine's. */
  skewSeconds: number
  mayCreate: boolean
  /** Rights of its user over the whole server, which a service does not need. */
  powers: string[]
  /** Tokens that may approve and act for nobody. */
  voiceless: VoicelessTokens
}

/**
 * Asks a database how it is, without changing anything in it. Rejects when it cannot be reached
 * within five seconds. `approving`: the roles that may approve.
 */
export async function inspectDatabase (url: string, approving: readonly Role[] = []): Promise<DatabaseState> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'windlass-doctor',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000
  })
  // A connection that breaks while nothing is asked of it: the next query rejects.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const asked = Date.now()
    const { rows: [server] } = await client.query<
      { version: string, now: number, migrated: boolean, mayCreate: boolean, powers: string[] }
    >(
      `SELECT current_setting('server_version') AS version,
         extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
         to_regclass('windlass.migrations') IS NOT NULL AS migrated,
         has_database_privilege(current_database(), 'CREATE') AS "mayCreate",
         ARRAY(
           SELECT power
           FROM (
             SELECT rolsuper AS held, 'is a superuser' AS power
             FROM pg_roles
             WHERE rolname = current_user
             UNION ALL
             SELECT rolbypassrls, 'bypasses row security'
             FROM pg_roles
             WHERE rolname = current_user
             UNION ALL
             SELECT pg_has_role('pg_execute_server_program', 'MEMBER'), 'starts programs on the server'
             UNION ALL
             SELECT pg_has_role('pg_read_server_files', 'MEMBER'), 'reads files of the server'
             UNION ALL
             SELECT pg_has_role('pg_write_server_files', 'MEMBER'), 'writes files of the server'
           ) AS powers
           WHERE held
         ) AS powers`
    )
    if (!server) throw new RangeError('the database answers with nothing')
    const skewSeconds = (server.now - (asked + Date.now()) / 2) / 1000
    const files = await migrationFiles()
    const applied = server.migrated
      ? (await client.query<{ name: string }>(
        `SELECT name
         FROM windlass.migrations
         ORDER BY name`
      )).rows.map(
        ({ name }) => name
      )
      : []
    return {
      version: server.version,
      pending: files.filter((file) => !applied.includes(file)),
      unknown: applied.filter((name) => !files.includes(name)),
      applied: applied.length,
      skewSeconds,
      mayCreate: server.mayCreate,
      voiceless: applied.includes('081_token_people.sql')
        ? await voicelessTokens(client, approving)
        : { names: [], count: 0 },
      // A superuser has all the others too.
      powers: server.powers.slice(0, server.powers[0] === 'is a superuser' ? 1 : undefined)
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}
