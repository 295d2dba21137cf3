/** The role that the service connects as owns its database, and can neither read files nor run. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { DBOS } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import { findBinaries } from '../../../automation/store/postgres/binaries.ts'
import { createPool } from '../../../automation/store/postgres/database.ts'
import { startEmbedded } from '../../../automation/store/postgres/embedded.ts'
import { inspectDatabase } from '../../../automation/store/postgres/inspection.ts'
import { migrate } from '../../../automation/store/postgres/migrate.ts'
import { type DataFolder, makeDataFolder } from '../../fixtures/data-folder.ts'
import { superuserUrl } from '../../fixtures/postgres.ts'

const run = promisify(execFile)

async function asked<T extends object> (url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

/** Statements by which SQL reaches the server's files and programs. */
const reaching = [
  "SELECT pg_read_file('postgresql.conf')",
  "SELECT pg_read_binary_file('/proc/self/environ')",
  "SELECT pg_ls_dir('.')",
  "SELECT pg_stat_file('postgresql.conf')",
  "SELECT lo_import('/etc/hostname')",
  "COPY (SELECT 1) TO PROGRAM 'cat'",
  "CREATE TEMPORARY TABLE t (a text); COPY t FROM PROGRAM 'id'",
  "CREATE TEMPORARY TABLE t (a text); COPY t FROM '/etc/hostname'",
  "COPY (SELECT 1) TO '/tmp/windlass-copied'",
  "ALTER SYSTEM SET archive_command = 'id'",
  'CREATE ROLE other SUPERUSER',
  'ALTER ROLE windlass SUPERUSER',
  'GRANT pg_execute_server_program TO windlass',
  'SET SESSION AUTHORIZATION windlass_superuser',
  'SELECT rolpassword FROM pg_authid',
  'CREATE EXTENSION file_fdw',
  "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'"
]

async function checkRole (url: string, folder: string): Promise<void> {
  const [role] = await asked(
    url,
    `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
     FROM pg_roles
     WHERE rolname = current_user`
  )
  assert.deepEqual(role, {
    rolname: 'windlass',
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false
  })
  for (const text of reaching) {
    await assert.rejects(
      asked(url, text),
      /permission denied|must be superuser|Only roles|not available|untrusted/i,
      text
    )
  }
  assert.deepEqual(await asked(url, 'SELECT rolname FROM pg_roles WHERE rolsuper'), [{
    rolname: 'windlass_superuser'
  }])
  assert.equal((await stat(join(folder, 'postgres-superuser.json'))).mode & 0o777, 0o600)
  assert.deepEqual((await inspectDatabase(url)).powers, [])
}

/** Makes a cluster as versions before made theirs: the service's role is the superuser. */
async function olderCluster (data: DataFolder): Promise<string> {
  const root = process.getuid?.() === 0
  const { initdb, pgCtl } = await findBinaries({ reachableByOthers: root })
  const folder = join(data.folder, 'postgres')
  const password = 'older-password'
  const passwordFile = join(data.folder, 'password')
  await mkdir(folder, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`)
  const account = root
    ? {
      uid: Number((await run('id', ['-u', 'postgres'])).stdout),
      gid: Number((await run('id', ['-g', 'postgres'])).stdout)
    }
    : {}
  if (account.uid !== undefined) await chown(folder, account.uid, account.gid)
  await run(initdb, [
    '--pgdata',
    folder,
    '--username',
    'windlass',
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '--encoding',
    'UTF8',
    '--locale',
    'C'
  ], { cwd: '/', ...account })
  await rm(passwordFile)
  const port = await freePort()
  await run(pgCtl, [
    'start',
    '-D',
    folder,
    '-w',
    '-s',
    '-l',
    join(folder, 'server.log'),
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`
  ], { cwd: '/', ...account })
  await writeFile(join(data.folder, 'postgres.json'), JSON.stringify({ port, password, folder }), {
    mode: 0o600
  })
  return `postgresql://windlass:${password}@127.0.0.1:${port}/postgres`
}

async function freePort (): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Fills a database as a service before did, and with objects of every kind. */
async function fill (url: string): Promise<void> {
  const pool = createPool(url, { max: 1, name: 'test' })
  await migrate(pool)
  await pool.end()
  await DBOS.migrate(url)
  await asked(
    url,
    `CREATE SCHEMA mine;
     CREATE TYPE mine.kind AS ENUM ('one', 'other');
     CREATE DOMAIN mine.name AS text;
     CREATE TABLE mine.kept (n int, id int GENERATED ALWAYS AS IDENTITY, s serial, name mine.name);
     CREATE SEQUENCE mine.apart;
     CREATE VIEW mine.seen AS SELECT n FROM mine.kept;
     CREATE FUNCTION mine.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
     INSERT INTO mine.kept (n) VALUES (7)`
  )
}

suite('the roles of the embedded PostgreSQL', () => {
  test(
    'the service is no superuser: it reads no files and runs no programs',
    { timeout: 120_000 },
    async () => {
      const data = await makeDataFolder()
      try {
        const postgres = await startEmbedded({ dataFolder: data.folder })
        await checkRole(postgres.url, data.folder)
        const pool = createPool(postgres.url, { max: 1, name: 'test' })
        await migrate(pool)
        await pool.end()
        await DBOS.migrate(postgres.url)
        await postgres.close()
      } finally {
        await data.remove()
      }
    }
  )

  test('a cluster whose superuser was the service is taken over with all that is in it', {
    timeout: 120_000
  }, async () => {
    const data = await makeDataFolder()
    try {
      await fill(await olderCluster(data))
      // A note of a takeover that was cut off: its password was never set.
      await writeFile(
        join(data.folder, 'postgres-superuser.json'),
        '{"role":"windlass_superuser","password":"no"}'
      )
      const options = { dataFolder: data.folder }
      const [first, second] = await Promise.all([startEmbedded(options), startEmbedded(options)])
      await checkRole(first.url, data.folder)
      assert.equal(first.url, second.url)
      const owners = await asked<{ what: string }>(
        first.url,
        `SELECT DISTINCT relowner::regrole::text AS what
         FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE nspname IN ('windlass', 'dbos', 'mine')
         UNION
         SELECT proowner::regrole::text
         FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE nspname IN ('windlass', 'dbos', 'mine')
         UNION
         SELECT typowner::regrole::text
         FROM pg_type t
         JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE nspname IN ('windlass', 'dbos', 'mine')
         UNION
         SELECT nspowner::regrole::text
         FROM pg_namespace
         WHERE nspname IN ('windlass', 'dbos', 'mine')`
      )
      assert.deepEqual(owners, [{ what: 'windlass' }])
      assert.deepEqual(await asked(first.url, 'SELECT n, id FROM mine.kept'), [{ n: 7, id: 1 }])
      await asked(first.url, 'ALTER TABLE mine.kept ADD more mine.kind; INSERT INTO mine.kept (n) VALUES (8)')
      const pool = createPool(first.url, { max: 1, name: 'test' })
      await migrate(pool)
      await pool.end()
      await DBOS.migrate(first.url)
      assert.deepEqual(await asked(await superuserUrl(data.folder), 'SELECT 1 AS n'), [{ n: 1 }])
      await second.close()
    } finally {
      await data.remove()
    }
  })
})
