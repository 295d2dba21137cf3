/**
 * The secrets key: from WINDLASS_SECRETS_KEY or a file in the data folder, with the next key beside
 * it during a rotation.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fittingKey, keyCheckOf } from '../automation/index.ts'
import { type Config } from './config.ts'
import { SecretsKeyError } from './start-errors.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** The file of a data folder's key. */
export function secretsKeyFile (dataFolder: string): string {
  return join(dataFolder, 'secrets.key')
}

/** Tells whether the text of a key file is a key. */
export function isSecretsKey (text: string): boolean {
  return /^[0-9a-f]{64}\s*$/.test(text)
}

/**
 * The file of the next key. It exists from before a rotation begins until its end is noted here, so
 * that the key that the database is sealed with is always there.
 */
export function nextKeyFile (dataFolder: string): string {
  return `${secretsKeyFile(dataFolder)}.next`
}

/** The methods of pino's logger that this file calls. */
interface KeyLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** Reads the key of a file; undefined when there is no such file. */
async function readKey (file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  if (!isSecretsKey(text)) {
    throw new SecretsKeyError('secrets-key-invalid', { file, wrong: 'malformed' })
  }
  return Buffer.from(text.trim(), 'hex')
}

/**
 * Reads the key of a file, and creates it on first use, readable by its owner only. It is written
 * elsewhere and linked into place: two processes that start at once get the same key, and a crash
 * leaves no half of one.
 */
async function createdKey (file: string): Promise<Buffer> {
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
  return createdKey(file)
}

/** Reads the key of a data folder, which encrypts secrets at rest: 32 bytes. */
export async function storedSecretsKey (dataFolder: string): Promise<Buffer> {
  await mkdir(dataFolder, { recursive: true })
  return await createdKey(secretsKeyFile(dataFolder))
}

/**
 * Reads the keys of a rotation: the current one, which must exist, and the next, which is created
 * unless it exists.
 */
export async function rotationKeys (dataFolder: string): Promise<{ from: Buffer, to: Buffer }> {
  const from = await readKey(secretsKeyFile(dataFolder))
  if (!from) {
    throw new SecretsKeyError('secrets-key-invalid', {
      file: secretsKeyFile(dataFolder),
      wrong: 'missing',
      variables: ['WINDLASS_SECRETS_KEY', 'WINDLASS_SECRETS_KEY_NEXT']
    })
  }
  return { from, to: await createdKey(nextKeyFile(dataFolder)) }
}

/**
 * Replaces the current key with the next, `to`, once the database is sealed with it. The old key is
 * kept in a file named by its check, because backups need it. Resolves with that file; undefined
 * when another process did it.
 */
export async function finishRotation (dataFolder: string, to: Buffer): Promise<string | undefined> {
  const file = secretsKeyFile(dataFolder)
  const from = await readKey(file)
  if (!from) throw new SecretsKeyError('secrets-key-invalid', { file, wrong: 'gone' })
  if (from.equals(to)) return undefined
  const kept = `${file}.${keyCheckOf(from)}`
  await link(file, kept).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  // Another process that started at the same time did it.
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
 * Finds the key that a database is sealed with. After a rotation that was interrupted between its
 * transaction and its files that is the next key: its file is put in place, or the log asks to set
 * the variable. Rejects with `secrets-key-other` when it is neither.
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
      'the database is already sealed with WINDLASS_SECRETS_KEY_NEXT: set WINDLASS_SECRETS_KEY to it, ' +
        'and remove WINDLASS_SECRETS_KEY_NEXT'
    )
    return fitting
  }
  if (fitting) {
    logger.info(
      { kept: await finishRotation(dataFolder, fitting) },
      'a rotation of the secrets key was interrupted: the file of the new key is in place now'
    )
    return fitting
  }
  throw new SecretsKeyError('secrets-key-other', {
    keyCheck: keyCheckOf(current),
    ...!secretsKey && { file: secretsKeyFile(dataFolder) }
  })
}
