/** The database, and the key of the secrets in it. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  fittingKey,
  inspectDatabase,
  inspectEmbedded,
  rolePermissions,
  type DatabaseState
} from '../../automation/index.ts'
import { roles } from '../../contract/words.ts'
import { type Config } from '../config.ts'
import { isSecretsKey, nextKeyFile, secretsKeyFile } from '../secrets-key.ts'
import { type Check, type Found, fail, ok, reasonOf, warn } from './finding.ts'

/** The oldest major version of PostgreSQL that is still maintained, November 2026. */
const oldestPostgres = 14
/** Seconds between two clocks after which times of events and expiries of tokens confuse people. */
const mostSkewSeconds = 5
/** Roles whose tokens people may take for a voice at gates. */
const approving = roles.filter((role) => rolePermissions[role].includes('deployments.approve'))

/** Warns of tokens that may approve, and whose approvals do not count. */
function voicelessFinding ({ names, count }: DatabaseState['voiceless']): Found {
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return {
    ...warn(
      `approvals by these tokens do not count, because they act for nobody: ${names.join(', ')}${more}`,
      'whoever is to approve signs in, or makes a token of their own; revoke those that nobody needs ' +
        '(docs/access.md)'
    ),
    check: 'tokens'
  }
}

/** Checks the state of a database that answered. */
export function checkDatabase (state: DatabaseState, where: string): Found[] {
  const { version, pending, unknown, applied, skewSeconds, mayCreate, powers, voiceless } = state
  const known = `PostgreSQL ${version} ${where}`
  const findings: Found[] = []
  if (unknown.length > 0) {
    findings.push(
      fail(
        `${known} was migrated by a later version of Windlass (${unknown.join(', ')})`,
        'run that version or a later one; to go back, restore an earlier backup (docs/operations.md)'
      )
    )
  } else if (applied > 0 && pending.length > 0) {
    findings.push(
      ok(`${known}; ${pending.length} migrations are applied at the next start (${pending.join(', ')})`)
    )
  } else {findings.push(ok(
      applied === 0
        ? `${known}; it is empty: the first start creates its tables`
        : `${known}; its tables are up to date`
    ))}
  if (Number.parseInt(version) < oldestPostgres) {
    findings.push(
      fail(
        `PostgreSQL ${version} is older than ${oldestPostgres}`,
        `use PostgreSQL ${oldestPostgres} or later`
      )
    )
  }
  if (applied === 0 && !mayCreate) {
    findings.push(
      fail(
        'this user may not create schemas in the database',
        'GRANT CREATE ON DATABASE to the user of DATABASE_URL'
      )
    )
  }
  if (powers.length > 0) {
    findings.push(
      warn(
        `the database's user ${powers.join(', ')}: whoever gets SQL past the service gets the server`,
        'connect as a user that owns its database and no more (docs/configuration.md)'
      )
    )
  }
  if (voiceless.count > 0) findings.push(voicelessFinding(voiceless))
  if (Math.abs(skewSeconds) > mostSkewSeconds) {
    findings.push({
      ...warn(
        `the database's clock is ${Math.abs(skewSeconds).toFixed(0)} s ` +
          `${skewSeconds > 0 ? 'ahead of' : 'behind'} this machine's`,
        'synchronize both clocks with NTP'
      ),
      check: 'clock'
    })
  }
  return findings
}

async function database ({ databaseUrl, dataFolder }: Config): Promise<Found | Found[]> {
  if (databaseUrl !== undefined) {
    try {
      return checkDatabase(await inspectDatabase(databaseUrl, approving), 'at DATABASE_URL')
    } catch (error) {
      return fail(
        `the database at DATABASE_URL: ${reasonOf(error)}`,
        'start it, or correct DATABASE_URL (address, user, password, name); without the variable the ' +
          'embedded PostgreSQL is used'
      )
    }
  }
  try {
    const { state, url, folder } = await inspectEmbedded(dataFolder)
    if (state === 'none') {
      return ok('the embedded PostgreSQL is here; its cluster is created at the first start')
    }
    if (url === undefined) {
      return ok(
        `the embedded PostgreSQL is here, its cluster in ${folder ?? dataFolder} is stopped: it starts ` +
          'with the service'
      )
    }
    return checkDatabase(await inspectDatabase(url, approving), `(embedded, in ${folder ?? dataFolder})`)
  } catch (error) {
    return fail(
      `the embedded PostgreSQL: ${reasonOf(error)}`,
      "run npm ci in Windlass' folder, or set DATABASE_URL to a PostgreSQL of your own"
    )
  }
}

/**
 * Fails when the database is sealed with another key than these; undefined when it is not, or when
 * it cannot be asked, which is a finding of its own.
 */
async function otherKey (
  { databaseUrl, dataFolder }: Config,
  keys: readonly Buffer[]
): Promise<Found | undefined> {
  const fits = await (async () => {
    const url = databaseUrl ?? (await inspectEmbedded(dataFolder)).url
    return url === undefined || await fittingKey(url, keys) !== undefined
  })().catch(() => true)
  return fits
    ? undefined
    : fail(
      'the database is sealed with another secrets key',
      'restore the right one from where it was kept; after a rotation it is the new one, and a restored ' +
        'backup needs the one of its time'
    )
}

async function secretsKey (config: Config): Promise<Found> {
  const { secretsKey: given, secretsKeyNext: next, dataFolder } = config
  if (given) {
    return await otherKey(config, [given, ...next ? [next] : []]) ?? ok('given by WINDLASS_SECRETS_KEY')
  }
  const file = secretsKeyFile(dataFolder)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (text === undefined) {
    const used = await stat(join(dataFolder, 'postgres.json')).then(() => true, () => false)
    return used
      ? fail(
        `${file} is missing, and the database was used with one`,
        'restore it from a backup: secrets in the database cannot be read without it'
      )
      : ok(`${file} is created at the first start`)
  }
  if (!isSecretsKey(text)) {
    return fail(
      `${file} does not hold a key of 64 hexadecimal digits`,
      'restore it from a backup: secrets in the database cannot be read without it'
    )
  }
  // It exists during a rotation; the next start completes one that was interrupted.
  const rotating = await readFile(nextKeyFile(dataFolder), 'utf8').catch(() => '')
  const other = await otherKey(
    config,
    [text, rotating].filter(isSecretsKey).map((hex) => Buffer.from(hex.trim(), 'hex'))
  )
  if (other) return other
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return fail(
      `others than its owner may read ${file} (mode ${(mode & 0o777).toString(8)})`,
      `chmod 600 ${file}`
    )
  }
  return ok(`in ${file}, readable by its owner only; keep a copy elsewhere`)
}

export function storageChecks (config: Config): Check[] {
  return [{ name: 'database', look: () => database(config) }, {
    name: 'secrets key',
    look: () => secretsKey(config)
  }]
}
