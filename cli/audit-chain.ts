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
const headSchema = Type.Object({
  ...linkSchema.properties,
  time: Type.Optional(Type.String({ format: 'date-time' }))
})
/** A head that was noted outside the log; `time`: of its entry, where that was noted too. */
export type Head = Static<typeof headSchema>
const lineSchema = Type.Object({
  entry: Type.Object({ seq: Type.Integer({ minimum: 1 }) }, { additionalProperties: true }),
  hash: linkSchema.properties.hash,
  previous: linkSchema.properties.hash
})
/**
 * The entry about a removal by retention: the last entry that went, and the days that all are kept.
 */
const removalSchema = Type.Object({
  action: Type.Literal('audit.removed'),
  time: Type.String(),
  after: Type.Object({ through: linkSchema, days: Type.Number() })
})
type Removal = Static<typeof removalSchema>
const endSchema = Type.Object({ first: linkSchema, head: linkSchema })

/** The hash before the first entry. */
const origin = '0'.repeat(64)

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

/** Reads a line of the service's file of heads; undefined when it is none. */
export function headOf (line: string): Head | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return Value.Check(headSchema, value) ? value : undefined
  } catch {
    return undefined
  }
}

const dayMilliseconds = 24 * 3_600_000

/**
 * Says what is wrong with a noted head that the log does not have. Retention may have removed it,
 * but not before its time.
 */
function missing ({ seq, time }: Head, stop: Link, removal: Removal | undefined): string | undefined {
  if (seq > stop.seq) return `entry ${seq}, whose hash was noted, is missing: the log was cut short`
  if (time === undefined || removal === undefined) return undefined
  const { time: removed, after: { days } } = removal
  return Date.parse(time) > Date.parse(removed) - days * dayMilliseconds
    ? `entry ${seq} of ${time}, whose hash was noted, was removed before its ${days} days were over`
    : undefined
}

/** Says what is wrong with both ends of an export whose entries follow one another. */
function endsBroken (
  end: Static<typeof endSchema>,
  { first = end.head, last = end.first, removal, wanted }: {
    first: Link | undefined
    last: Link | undefined
    removal: Removal | undefined
    /** Noted heads that are not among the entries. */
    wanted: ReadonlyMap<number, Head>
  }
): string | undefined {
  if (first.seq !== end.first.seq || first.hash !== end.first.hash) {
    return `entries after ${end.first.seq} are missing`
  }
  if (last.seq !== end.head.seq || last.hash !== end.head.hash) {
    return `the log ends at entry ${last.seq}, its head is entry ${end.head.seq}: entries are missing`
  }
  const said = removal?.after.through ?? { seq: 0, hash: origin }
  if (said.seq !== end.first.seq || said.hash !== end.first.hash) {
    return `entries up to ${end.first.seq} are gone, and retention noted that it removed those up to ` +
      String(said.seq)
  }
  for (const head of wanted.values()) {
    const problem = missing(head, last, removal)
    if (problem !== undefined) return problem
  }
  return undefined
}

/**
 * Follows the chain through the lines of an export. `kept` are heads that were noted elsewhere: the
 * log must still have these entries, with these hashes.
 */
export async function checkExport (
  lines: AsyncIterable<string> | Iterable<string>,
  kept: readonly Head[] = []
): Promise<Checked> {
  const wanted = new Map(kept.map((head) => [head.seq, head]))
  let removal: Removal | undefined
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
    if (Value.Check(removalSchema, entry)) removal = entry
    const known = wanted.get(entry.seq)?.hash
    if (known !== undefined && known !== hash) {
      return broken(`entry ${entry.seq} is not the one whose hash was noted`)
    }
    wanted.delete(entry.seq)
  }
  if (!end) return broken('the export has no end: it was cut off')
  const problem = endsBroken(end, { first, last, removal, wanted })
  if (problem !== undefined) return broken(problem)
  return { entries, first: end.first, head: last ?? end.first }
}
