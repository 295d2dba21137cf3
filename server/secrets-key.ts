import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** The key file can't be used: it holds something else than a key. */
export class SecretsKeyError extends Error {
  override readonly name = 'SecretsKeyError'
  readonly code = 'secrets-key-invalid'
}

/**
 * The key that encrypts secrets at rest: 32 bytes, kept in the data folder as hexadecimal digits, readable by its owner only, and made on first use. It is written elsewhere and
 * linked into place, so that of two services that start at once both end with the same key, and a crash leaves no half of one.
 */
export async function storedSecretsKey (dataFolder: string): Promise<Buffer> {
  const file = join(dataFolder, 'secrets.key')
  await mkdir(dataFolder, { recursive: true })
  const existing = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (existing === undefined) {
    const draft = `${file}.${randomBytes(6).toString('hex')}`
    await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
    try {
      await link(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      await unlink(draft)
    }
    return storedSecretsKey(dataFolder)
  }
  if (!/^[0-9a-f]{64}\s*$/.test(existing)) throw new SecretsKeyError(`${file} does not hold a secrets key: expected 64 hexadecimal digits. Restore it from a backup: without it stored secrets can't be read`)
  return Buffer.from(existing.trim(), 'hex')
}
