/**
 * The file of a backup: gzipped NDJSON. The first line is the head, then a line `[table, row]` for
 * each row, and at last the end with the number of rows and the SHA-256 of all lines before it. It
 * does not depend on PostgreSQL's version: it is also the way to another major version.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Type, type Static } from 'typebox'
import Value from 'typebox/value'
import { linesOf } from '../../contract/text/lines.ts'
import { BackupError } from './errors.ts'

/** `keyCheck` says with which secrets key its values are sealed, without saying the key. */
export const headSchema = Type.Object({
  windlass: Type.Literal('backup'),
  format: Type.Literal(1),
  time: Type.String(),
  migrations: Type.Array(Type.String()),
  keyCheck: Type.String()
})
/** The first line of a backup. */
export type Head = Static<typeof headSchema>
const rowSchema = Type.Tuple([
  Type.String({ pattern: '^[a-z_]+$' }),
  Type.Record(Type.String(), Type.Unknown())
])
export const endSchema = Type.Object({
  rows: Type.Integer({ minimum: 0 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' })
})

/**
 * Reads a backup from its beginning to its end: `onHead` first, then `onRow` with each row's text.
 * Rejects with `backup-damaged` when a byte of it is not as it was written. Resolves with the
 * number of rows.
 */
export async function readBackup (
  file: string,
  handlers: {
    onHead(head: Head): Promise<void> | void
    onRow(table: string, row: string): Promise<void> | void
  }
): Promise<number> {
  const damaged = (why: string, options?: ErrorOptions) =>
    new BackupError('backup-damaged', { file, why }, options)
  const text = new PassThrough()
  // What goes wrong with the file ends the lines with the same error.
  const reading = pipeline(createReadStream(file), createGunzip(), text)
  reading.catch((error: Error) => {
    text.destroy(error)
  })
  const sum = createHash('sha256')
  let head: Head | undefined
  let ended = false
  let rows = 0
  const parse = (line: string): unknown => {
    try {
      return JSON.parse(line)
    } catch (error) {
      throw damaged('a line is not JSON', { cause: error })
    }
  }
  try {
    for await (const line of linesOf(text.setEncoding('utf8'))) {
      if (ended) throw damaged('something comes after its end')
      const value = parse(line)
      if (Value.Check(endSchema, value)) {
        if (value.rows !== rows || value.sha256 !== sum.digest('hex')) {
          throw damaged('its checksum is another')
        }
        ended = true
        continue
      }
      sum.update(`${line}\n`)
      if (!head) {
        if (!Value.Check(headSchema, value)) throw damaged('it begins with something else')
        head = value
        await handlers.onHead(head)
        continue
      }
      if (!Value.Check(rowSchema, value)) throw damaged(`line ${rows + 2} is no row`)
      rows++
      // The text itself, so that numbers and orders of keys stay as they are.
      await handlers.onRow(value[0], line.slice(line.indexOf(',') + 1, -1))
    }
    await reading
  } catch (error) {
    if (error instanceof BackupError || !(error instanceof Error)) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
      throw new BackupError('backup-file', { file, wrong: 'unreadable', reason: error.message }, {
        cause: error
      })
    }
    if (code?.startsWith('Z') === true || code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw damaged(error.message, { cause: error })
    }
    throw error
  }
  if (!ended) throw damaged('it has no end')
  return rows
}
