/**
 * Checks an export of the audit log without the service that wrote it: nothing here is shared with
 * what it checks. docs/operations.md describes the form.
 */
import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import Value from 'typebox/value'

const linkSchema = Type.Object({
  seq: Type.Integer({ minimum: 0 }),
  hash: Type.String({ pattern: '^[0-9a-f]{64}$' })
})
export type Link = Static<typeof linkSchema>
const lineSchema = Type.Object({
  entry: Type.Object({ seq: Type.Integer({ minimum: 1 }) }, { additionalProperties: true }),
  hash: linkSchema.properties.hash,
  previous: linkSchema.properties.hash
})
const endSchema = Type.Object({ first: linkSchema, head: linkSchema })

/** The result of a check. */
export interface Checked {
  entries: number
  /** The entry before the oldest: the last one that retention removed. */
  first?: Link
  head?: Link
  /** Absent when the log is whole. */
  problem?: string
}

/** JSON with sorted keys and without blanks, from which the hashes are made. */
function canonical (value: unknown): string {
  return JSON.stringify(
    value,
    (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0))
        : part
  )
}

/**
 * Follows the chain through the lines of an export. `kept` are heads that were noted elsewhere: the
 * log must still have these entries, with these hashes.
 */
export async function checkExport (
  lines: AsyncIterable<string> | Iterable<string>,
  kept: readonly Link[] = []
): Promise<Checked> {
  const wanted = new Map(kept.map(({ seq, hash }) => [seq, hash]))
  let last: Link | undefined
  let first: Link | undefined
  let end: Static<typeof endSchema> | undefined
  let entries = 0
  let number = 0
  const broken = (problem: string): Checked => ({
    entries,
    ...(last !== undefined && { head: last }),
    problem
  })
  for await (const line of lines) {
    number++
    if (line === '') continue
    if (end) return broken(`line ${number} comes after the end`)
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return broken(`line ${number} is not JSON`)
    }
    if (Value.Check(endSchema, value)) {
      end = value
      continue
    }
    if (!Value.Check(lineSchema, value)) {
      return broken(`line ${number} is not an entry of an audit log: expected entry, hash and previous`)
    }
    const { entry, hash, previous } = value
    first ??= { seq: entry.seq - 1, hash: previous }
    if (last && entry.seq !== last.seq + 1) {
      return broken(
        `line ${number} is entry ${entry.seq} after entry ${last.seq}: entries are missing or in another ` +
          'order'
      )
    }
    if (last && previous !== last.hash) {
      return broken(`entry ${entry.seq} does not follow the entry before it`)
    }
    if (createHash('sha256').update(`${previous}\n${canonical(entry)}`).digest('hex') !== hash) {
      return broken(`entry ${entry.seq} was changed`)
    }
    last = { seq: entry.seq, hash }
    entries++
    const known = wanted.get(entry.seq)
    if (known !== undefined && known !== hash) {
      return broken(`entry ${entry.seq} is not the one whose hash was noted`)
    }
    wanted.delete(entry.seq)
  }
  if (!end) return broken('the export has no end: it was cut off')
  const start = first ?? end.head
  if (start.seq !== end.first.seq || start.hash !== end.first.hash) {
    return broken(`entries after ${end.first.seq} are missing`)
  }
  const stop = last ?? end.first
  if (stop.seq !== end.head.seq || stop.hash !== end.head.hash) {
    return broken(`the log ends at entry ${stop.seq}, its head is entry ${end.head.seq}: entries are missing`)
  }
  for (const seq of wanted.keys()) {
    if (seq > stop.seq) {
      return broken(`entry ${seq}, whose hash was noted, is missing: the log was cut short`)
    }
  }
  return { entries, first: end.first, head: stop }
}
