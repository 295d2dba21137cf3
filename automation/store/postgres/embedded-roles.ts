/**
 * The roles of the embedded PostgreSQL. Its superuser, who can read files and start programs, is
 * none that the service connects as: the service's role owns its database and no more.
 */
import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** The role that the service connects as. */
export const serviceRole = 'windlass'
/** The role that initdb makes. */
export const superuserRole = 'windlass_superuser'
/** A second superuser for as long as the first is renamed: a session cannot rename its own role. */
const helperRole = 'windlass_renaming'
/** Held while roles are changed: services on one data folder start together. Any number will do. */
const rolesLock = 7_203_911

/** A place at which the server answers. */
export interface ServerAddress {
  port: number
  /** Password of the service's role. */
  password: string
}

/** The address of the service's database for a role. */
export function addressOf (port: number, role: string, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/postgres`
}

const noteOf = (home: string): string => join(home, 'postgres-superuser.json')

/** A password that needs no escape anywhere, of 144 bits. */
export function newPassword (): string {
  return randomBytes(18).toString('base64url')
}

/** Reads the superuser's password; undefined in a data folder of before there was one. */
export async function readSuperuser (home: string): Promise<string | undefined> {
  const text = await readFile(noteOf(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : (JSON.parse(text) as { password: string }).password
}

/** Writes the superuser's password where only the service's user can read it. */
export async function writeSuperuser (home: string, password: string): Promise<void> {
  const note = noteOf(home)
  await writeFile(`${note}.tmp`, JSON.stringify({ role: superuserRole, password }), { mode: 0o600 })
  await rename(`${note}.tmp`, note)
}

/** Runs `work` on a connection of its own; what it sends is in no log, also when it fails. */
async function connected<T> (url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The statements that make the service's role, for a superuser. */
async function makeServiceRole (client: pg.Client, password: string): Promise<void> {
  await client.query(
    `CREATE ROLE ${serviceRole}
     LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION
     PASSWORD ${client.escapeLiteral(password)}`
  )
  // To see which data folder the server has: the proof that it is this one's.
  await client.query(`GRANT pg_read_all_settings TO ${serviceRole}`)
  await client.query(`ALTER DATABASE postgres OWNER TO ${serviceRole}`)
}

/**
 * Sees to it that the service's role exists and is no superuser. A cluster whose superuser it was
 * is taken over: that role gets another name and a new password, and all that it owned in the
 * service's database goes to a role of the old name.
 */
export async function establishRoles (home: string, address: ServerAddress): Promise<void> {
  const superuser = await readSuperuser(home)
  const service = addressOf(address.port, serviceRole, address.password)
  if (superuser !== undefined) {
    const done = await connected(addressOf(address.port, superuserRole, superuser), async (client) => {
      await prepare(client)
      await client.query(`DROP ROLE IF EXISTS ${helperRole}`)
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [serviceRole])
      if (rowCount === 0) {
        await atomically(client, () => makeServiceRole(client, address.password))
      }
      return true
    }).catch((error: unknown) => {
      // The note was written, and the process died before the cluster had its password.
      if (isRefused(error)) return false
      throw error
    })
    if (done) return
  }
  await connected(service, (client) => takeOver(client, home, address))
}

/** Says whether a role or its password was refused. */
function isRefused (error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === '28P01' || code === '28000'
}

async function prepare (client: pg.Client): Promise<void> {
  // Statements with passwords are in no log, also when they fail.
  await client.query("SET log_min_error_statement = 'panic'; SET log_statement = 'none'")
  await client.query('SELECT pg_advisory_lock($1)', [rolesLock])
}

async function atomically (client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  try {
    await work()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** Takes a cluster over whose superuser is the service's role, on a connection of that role. */
async function takeOver (client: pg.Client, home: string, address: ServerAddress): Promise<void> {
  await prepare(client)
  const { rows: [own] } = await client.query<{ name: string }>(
    `SELECT rolname AS name
     FROM pg_roles
     WHERE oid = session_user::regrole
       AND rolsuper`
  )
  // Another service was faster.
  if (own?.name !== serviceRole) return
  const helper = newPassword()
  await client.query(`DROP ROLE IF EXISTS ${helperRole}`)
  await client.query(`CREATE ROLE ${helperRole} SUPERUSER LOGIN PASSWORD ${client.escapeLiteral(helper)}`)
  const superuser = newPassword()
  await writeSuperuser(home, superuser)
  await connected(addressOf(address.port, helperRole, helper), async (other) => {
    await other.query("SET log_min_error_statement = 'panic'; SET log_statement = 'none'")
    await atomically(other, async () => {
      await other.query(`ALTER ROLE ${serviceRole} RENAME TO ${superuserRole}`)
      await other.query(`ALTER ROLE ${superuserRole} PASSWORD ${other.escapeLiteral(superuser)}`)
      await makeServiceRole(other, address.password)
      await handOver(other)
    })
  })
  await client.query(`DROP ROLE ${helperRole}`)
}

/**
 * Gives all that the superuser owns outside the system's schemas to the service's role. REASSIGN
 * OWNED refuses for the role that initdb made. What belongs to an extension or to a table's column
 * follows by itself or stays.
 */
async function handOver (client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `WITH own AS (
       SELECT n.oid, n.nspname, n.nspowner
       FROM pg_namespace n
       WHERE n.nspname !~ '^pg_'
         AND n.nspname <> 'information_schema'
     ), bound AS (
       SELECT d.classid, d.objid
       FROM pg_depend d
       WHERE d.deptype IN ('e', 'i')
          OR (d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass)
     ), owner AS (
       SELECT oid
       FROM pg_roles
       WHERE rolname = $1
     )
     SELECT format('ALTER SCHEMA %I OWNER TO ${serviceRole}', own.nspname) AS statement
     FROM own, owner
     WHERE own.nspowner = owner.oid
     UNION ALL
     SELECT format(
       'ALTER %s %s OWNER TO ${serviceRole}',
       CASE c.relkind
         WHEN 'S' THEN 'SEQUENCE'
         WHEN 'v' THEN 'VIEW'
         WHEN 'm' THEN 'MATERIALIZED VIEW'
         WHEN 'c' THEN 'TYPE'
         ELSE 'TABLE'
       END,
       c.oid::regclass
     )
     FROM pg_class c
     JOIN own ON own.oid = c.relnamespace
     JOIN owner ON owner.oid = c.relowner
     WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'c')
       AND (c.relkind <> 'S' OR ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM bound))
     UNION ALL
     SELECT format('ALTER ROUTINE %s OWNER TO ${serviceRole}', p.oid::regprocedure)
     FROM pg_proc p
     JOIN own ON own.oid = p.pronamespace
     JOIN owner ON owner.oid = p.proowner
     WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM bound)
     UNION ALL
     SELECT format('ALTER TYPE %s OWNER TO ${serviceRole}', t.oid::regtype)
     FROM pg_type t
     JOIN own ON own.oid = t.typnamespace
     JOIN owner ON owner.oid = t.typowner
     WHERE t.typtype IN ('e', 'd', 'r')
       AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM bound)`,
    [superuserRole]
  )
  for (const { statement } of rows) await client.query(statement)
}
