import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { access, appendFile, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { childEnvironment } from '../../child-environment.ts'
import { type PostgresBinaries, findBinaries, othersCanEnter } from './binaries.ts'
import {
  addressOf,
  establishRoles,
  newPassword,
  readSuperuser,
  serviceRole,
  superuserRole,
  writeSuperuser
} from './embedded-roles.ts'
import { endLeftovers } from './leftover-server.ts'

const run = promisify(execFile)

/** A running PostgreSQL. */
export interface EmbeddedPostgres {
  url: string
  dataFolder: string
  /**
   * Starts it again, at the same address, when it has ended; others may do so at the same moment.
   */
  revive(signal: AbortSignal): Promise<void>
  /** Stops it unless other services still use it. */
  close(): Promise<void>
}
/** Settings of an embedded PostgreSQL. */
export interface EmbeddedOptions {
  /** Windlass's data folder; the cluster is in its subfolder `postgres`. */
  dataFolder: string
  onNotice?: (message: string) => void
  signal?: AbortSignal
}
/** Notes beside the cluster by which a later process finds it. */
interface Cluster {
  port: number
  password: string
  folder: string
}
interface Account {
  uid: number
  gid: number
}

// A postmaster that died with its process group leaves a lock file that blocks a start for about 2
// s; 10 s covers that on a slow machine.
const startPatience = 10_000

/**
 * Starts the embedded PostgreSQL of a data folder, made on first use (one second), or takes up the
 * one that is running: it lives in a session of its own, so that a service that was killed finds it
 * again. PostgreSQL refuses to run as root: root runs it as `postgres` (made when missing), and
 * when that user cannot enter the data folder the cluster is kept under /var/lib/windlass instead,
 * with a notice.
 */
export async function startEmbedded (options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { signal, onNotice = () => undefined } = options
  const home = resolve(options.dataFolder)
  await mkdir(home, { recursive: true })
  const account = process.getuid?.() === 0 ? await serverAccount(onNotice) : undefined
  const binaries = await findBinaries({ reachableByOthers: account !== undefined })
  const note = join(home, 'postgres.json')
  let cluster = await readNote(note)
  if (!cluster || !await exists(join(cluster.folder, 'PG_VERSION'))) {
    cluster = await initialise({ home, note, account, binaries, onNotice })
  }
  if (!await connects(cluster, home)) {
    cluster = await startServer({ home, cluster, note, account, binaries, ...(signal && { signal }) })
  }
  await establishRoles(home, cluster)
  const { folder } = cluster
  const url = urlOf(cluster)
  const { port } = cluster
  let closing: Promise<void> | undefined
  return {
    url,
    dataFolder: folder,
    async revive (stopping) {
      const known = { ...cluster, port }
      if (closing || await connects(known, home)) return
      onNotice('PostgreSQL has ended: it is started again')
      await endLeftovers(folder, onNotice)
      // Its address is known all over the service, its unit hosts and its peers.
      await startServer({ home, cluster: known, port, note, account, binaries, signal: stopping })
      onNotice('PostgreSQL runs again')
    },
    close: () => (closing ??= stopUnlessUsed(url, folder, binaries, account))
  }
}

/**
 * Looks for an embedded PostgreSQL in a data folder, without starting one: `none` before its first
 * start, `url` while it runs. Rejects when this machine has no usable binaries.
 */
export async function inspectEmbedded (
  dataFolder: string
): Promise<{ state: 'none' | 'stopped' | 'running', folder?: string, url?: string }> {
  const home = resolve(dataFolder)
  await findBinaries({ reachableByOthers: false })
  const cluster = await readNote(join(home, 'postgres.json'))
  if (!cluster || !await exists(join(cluster.folder, 'PG_VERSION'))) return { state: 'none' }
  return await connects(cluster, home)
    ? { state: 'running', folder: cluster.folder, url: urlOf(cluster) }
    : { state: 'stopped', folder: cluster.folder }
}

function urlOf (cluster: Cluster): string {
  return addressOf(cluster.port, serviceRole, cluster.password)
}

async function readNote (note: string): Promise<Cluster | undefined> {
  const text = await readFile(note, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : JSON.parse(text) as Cluster
}

async function writeNote (note: string, cluster: Cluster): Promise<void> {
  await writeFile(`${note}.tmp`, JSON.stringify(cluster), { mode: 0o600 })
  await rename(`${note}.tmp`, note)
}

async function exists (path: string): Promise<boolean> {
  return await access(path).then(() => true, () => false)
}

async function serverAccount (onNotice: (message: string) => void): Promise<Account> {
  const find = async (name: string): Promise<Account | undefined> => {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    } catch (error) {
      // id's own exit code: no such user
      if (typeof (error as { code?: unknown }).code === 'number') return undefined
      throw error
    }
  }
  const existing = await find('postgres')
  if (existing) return existing
  onNotice('making the system user `postgres`: PostgreSQL does not run as root')
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres'
  ]).catch((error: Error) => {
    throw new Error(
      `PostgreSQL does not run as root, and the user \`postgres\` could not be made (${error.message}): ` +
        'run as another user, make that user, or set DATABASE_URL'
    )
  })
  const made = await find('postgres')
  if (!made) {
    throw new Error('the user `postgres` was made but is not found: set DATABASE_URL or run as another user')
  }
  return made
}

interface InitialiseOptions {
  home: string
  note: string
  account: Account | undefined
  binaries: PostgresBinaries
  onNotice: (message: string) => void
}

async function initialise ({ home, note, account, binaries, onNotice }: InitialiseOptions): Promise<Cluster> {
  let folder = join(home, 'postgres')
  if (account && !await othersCanEnter(home)) {
    const base = '/var/lib/windlass'
    await mkdir(base, { recursive: true, mode: 0o755 })
    folder = join(base, createHash('sha256').update(home).digest('hex').slice(0, 16))
    onNotice(`PostgreSQL's user cannot enter ${home}: its data is kept in ${folder}`)
  }
  // Whatever is there without PG_VERSION is an initdb that was cut off.
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const superuser = newPassword()
  const passwordFile = join(tmpdir(), `windlass-${randomBytes(8).toString('hex')}`)
  await writeFile(passwordFile, superuser + '\n', { mode: 0o600 })
  try {
    if (account) {
      await chown(folder, account.uid, account.gid)
      await chown(passwordFile, account.uid, account.gid)
    }
    await run(binaries.initdb, [
      '--pgdata',
      folder,
      '--username',
      superuserRole,
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale',
      'C'
    ], { cwd: '/', env: serverEnvironment(), ...account })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await appendFile(
    join(folder, 'postgresql.conf'),
    [
      '',
      "listen_addresses = '127.0.0.1'",
      "unix_socket_directories = ''",
      // A service takes about 30 connections and each unit host three; 200 leaves room for several
      // services on one machine.
      'max_connections = 200',
      'shared_buffers = 64MB',
      'jit = off',
      ''
    ].join('\n')
  )
  await chmod(folder, 0o700)
  await writeSuperuser(home, superuser)
  const cluster: Cluster = { port: 0, password: newPassword(), folder }
  await writeNote(note, cluster)
  return cluster
}

async function startServer (
  options: {
    home: string
    cluster: Cluster
    /** The port to listen on; a free one unless given. */
    port?: number
    note: string
    account: Account | undefined
    binaries: PostgresBinaries
    signal?: AbortSignal
  }
): Promise<Cluster> {
  const { home, note, account, binaries, signal } = options
  const until = Date.now() + startPatience
  for (;;) {
    signal?.throwIfAborted()
    const cluster = { ...options.cluster, port: options.port ?? await freePort() }
    try {
      await run(binaries.pgCtl, [
        'start',
        '-D',
        cluster.folder,
        '-w',
        '-s',
        '-t',
        '60',
        '-l',
        join(cluster.folder, 'server.log'),
        '-o',
        `-p ${cluster.port}`
      ], { cwd: '/', env: serverEnvironment(), ...account })
      await writeNote(note, cluster)
      return cluster
    } catch (error) {
      // Another service may have started it at the same moment.
      const other = await readNote(note)
      const moved = other?.port !== options.cluster.port || options.port !== undefined
      if (other && moved && await connects(other, home)) return other
      if (Date.now() > until) {
        throw new Error(
          `the embedded PostgreSQL did not start: ${(error as Error).message} (see ` +
            `${join(cluster.folder, 'server.log')})`
        )
      }
      // Long enough not to spin, short against the 2 s that a stale lock file lasts.
      await delay(200, undefined, signal ? { signal } : {})
    }
  }
}

async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

/** The environment of the server's programs: none of the service's secrets. */
function serverEnvironment (): Record<string, string> {
  return { ...childEnvironment('postgres'), LC_ALL: 'C' }
}

/**
 * Says whether it answers: only a real connection proves that what runs on that port is this
 * cluster. A process that died before it made the service's role left the superuser's alone.
 */
async function connects (cluster: Cluster, home: string): Promise<boolean> {
  if (cluster.port === 0) return false
  if (await answers(urlOf(cluster), cluster.folder)) return true
  const superuser = await readSuperuser(home)
  return superuser !== undefined &&
    await answers(addressOf(cluster.port, superuserRole, superuser), cluster.folder)
}

async function answers (url: string, folder: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    return rows[0]?.data_directory === folder
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function stopUnlessUsed (
  url: string,
  folder: string,
  binaries: PostgresBinaries,
  account: Account | undefined
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    application_name: 'windlass-close'
  })
  const others = await client.connect()
    .then(async () =>
      (await client.query<{ n: number }>(
        `SELECT count(*)::int AS n
         FROM pg_stat_activity
         WHERE backend_type = 'client backend'
           AND pid <> pg_backend_pid()`
      )).rows[0]?.n ?? 0
    )
    .catch(() => 0)
    .finally(async () => {
      await client.end().catch(() => undefined)
    })
  if (others > 0) return
  await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast', '-w', '-s', '-t', '30'], {
    cwd: '/',
    env: serverEnvironment(),
    ...account
  }).catch(async (error: Error) => {
    // Gone already (a service that shared it stopped it) is what was wanted.
    if (await exists(join(folder, 'postmaster.pid'))) throw error
  })
}
