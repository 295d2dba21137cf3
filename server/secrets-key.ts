/**
 * Where the secrets key is: WINDLASS_SECRETS_KEY, or a file of the data folder; and the next one
 * beside it while it is changed.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fittingKey, keyCheckOf } from '../automation/index.ts'
import { type Config } from './config.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Where a data folder keeps its key. */
export function secretsKeyFile (dataFolder: string): string {
  return join(dataFolder, 'secrets.key')
}

/** Whether a key file's text is a key. */
export function isSecretsKey (text: string): boolean {
  return /^[0-9a-f]{64}\s*$/.test(text)
}

/**
 * Present from before a rotation begins until its end was noted here: whichever of the two the
 * database is sealed with is there.
 */
export function nextKeyFile (dataFolder: string): string {
  return `${secretsKeyFile(dataFolder)}.next`
}

/**
 * The secrets key can't be used: its file holds something else than a key, or the database is
 * sealed with another.
 */
export class SecretsKeyError extends Error {
  override readonly name = 'SecretsKeyError'
  readonly code: 'secrets-key-invalid' | 'secrets-key-other'
  constructor (code: SecretsKeyError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** What of pino is called here. */
interface KeyLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** The key of a file; undefined when there is no such file. */
async function readKey (file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  if (!isSecretsKey(text)) {
    throw new SecretsKeyError(
      'secrets-key-invalid',
      `${file} does not hold a secrets key: expected 64 hexadecimal digits. Restore it from a backup: ` +
        `without it stored secrets can't be read`
    )
  }
  return Buffer.from(text.trim(), 'hex')
}

/**
 * The key of a file, readable by its owner only, made on first use. It is written elsewhere and
 * linked into place, so that of two that start at once both end with the same key, and a crash
 * leaves no half of one.
 */
async function madeKey (file: string): Promise<Buffer> {
  const existing = await readKey(file)
  if (existing) return existing
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  return madeKey(file)
}

/** The key that encrypts secrets at rest, of a data folder: 32 bytes. */
export async function storedSecretsKey (dataFolder: string): Promise<Buffer> {
  await mkdir(dataFolder, { recursive: true })
  return await madeKey(secretsKeyFile(dataFolder))
}

/**
 * The keys of a rotation: the present one, which must be there, and the next, which is made unless
 * one was before.
 */
export async function rotationKeys (dataFolder: string): Promise<{ from: Buffer, to: Buffer }> {
  const from = await readKey(secretsKeyFile(dataFolder))
  if (!from) {
    throw new SecretsKeyError(
      'secrets-key-invalid',
      `there is no ${secretsKeyFile(dataFolder)}: run this where the service runs, with its ` +
        'WINDLASS_DATA, or with WINDLASS_SECRETS_KEY and WINDLASS_SECRETS_KEY_NEXT'
    )
  }
  return { from, to: await madeKey(nextKeyFile(dataFolder)) }
}

/**
 * Puts the next key in the place of the present one, which is kept under its check: backups made
 * with it need it. To be called once the database is sealed with the next, `to`. Resolves with the
 * old key's file; undefined when another process did it.
 */
export async function finishRotation (dataFolder: string, to: Buffer): Promise<string | undefined> {
  const file = secretsKeyFile(dataFolder)
  const from = await readKey(file)
  if (!from) throw new SecretsKeyError('secrets-key-invalid', `${file} is gone`)
  if (from.equals(to)) return undefined
  const kept = `${file}.${keyCheckOf(from)}`
  await link(file, kept).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  // Of two that start at once the other did it.
  await rename(nextKeyFile(dataFolder), file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
  const folder = await open(dataFolder)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return kept
}

/**
 * The key that a database is sealed with. After a rotation that was cut off between its transaction
 * and its files it is the next one: its file is put in place then, and a variable is asked for.
 * Rejects with `secrets-key-other` when it is neither.
 */
export async function settledSecretsKey (
  { secretsKey, secretsKeyNext, dataFolder }: Pick<Config, 'secretsKey' | 'secretsKeyNext' | 'dataFolder'>,
  databaseUrl: string,
  logger: KeyLogger
): Promise<Buffer> {
  const current = secretsKey ?? await storedSecretsKey(dataFolder)
  const next = secretsKey ? secretsKeyNext : await readKey(nextKeyFile(dataFolder))
  const fitting = await fittingKey(databaseUrl, [current, ...next ? [next] : []])
  if (fitting?.equals(current) === true) return current
  if (fitting && secretsKey) {
    logger.warn(
      {},
      'the database is sealed with WINDLASS_SECRETS_KEY_NEXT already: set WINDLASS_SECRETS_KEY to it, ' +
        'and remove WINDLASS_SECRETS_KEY_NEXT'
    )
    return fitting
  }
  if (fitting) {
    logger.info(
      { kept: await finishRotation(dataFolder, fitting) },
      'the secrets key was being changed: its new file is in place now'
    )
    return fitting
  }
  const where = secretsKey ? 'WINDLASS_SECRETS_KEY holds' : `${secretsKeyFile(dataFolder)} is`
  throw new SecretsKeyError(
    'secrets-key-other',
    `the database is sealed with another secrets key than the one that ${where} (its check is ` +
      `${keyCheckOf(current)}): restore the right one from where it was kept; after a rotation it is the ` +
      'new one, and a restored backup needs the one of its time'
  )
}
