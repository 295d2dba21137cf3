/** Judges measured files by the list of exceptions. Pure. */
import { type Exception } from './exceptions.ts'
import { type Excess, limits } from './measure.ts'

/**
 * Sentences about what exceeds a limit without an exception, and about exceptions that allow too
 * much.
 */
export function findings (
  measured: ReadonlyMap<string, readonly Excess[]>,
  exceptions: readonly Exception[]
): string[] {
  const allowed = new Map(exceptions.map((exception) => [exception.path, exception]))
  const paths = new Set([...measured.keys(), ...allowed.keys()])
  return [...paths].flatMap((path) => judge(path, measured.get(path) ?? [], allowed.get(path) ?? { path }))
}

function judge (path: string, excesses: readonly Excess[], exception: Exception): string[] {
  const columns = excesses.filter(({ kind }) => kind === 'code' || kind === 'comment')
  const [file] = excesses.filter(({ kind }) => kind === 'file')
  const functions = new Map<string, Excess>()
  for (const excess of excesses) {
    // Of functions with one name, the longest: an exception for a shorter one is none for it.
    const known = functions.get(excess.name)?.size ?? 0
    if (excess.kind === 'function' && excess.size > known) functions.set(excess.name, excess)
  }
  const names = new Set([...functions.keys(), ...Object.keys(exception.functions ?? {})])
  return [
    ...columns.length > (exception.columns ?? 0) ? columns.map((excess) => tooWide(path, excess)) : [],
    ...tooMuch(`${path}: lines of the file`, file?.size, exception.lines, limits.fileLines),
    ...[...names].flatMap((name) =>
      tooMuch(
        `${path}:${functions.get(name)?.line ?? 1}: lines of ${name}`,
        functions.get(name)?.size,
        exception.functions?.[name],
        limits.functionLines
      )
    ),
    ...columns.length < (exception.columns ?? 0)
      ? [
        `${path}: ${columns.length} lines are too wide, and the exception allows ${exception.columns}: ` +
        'lower it'
      ]
      : []
  ]
}

function tooWide (path: string, { kind, line, size }: Excess): string {
  return `${path}:${line}: ${size} columns, and ${kind === 'code' ? 'code' : 'a comment'} has ` +
    `${limits[kind as 'code' | 'comment']} at most`
}

function tooMuch (
  what: string,
  size: number | undefined,
  exception: number | undefined,
  limit: number
): string[] {
  if (size !== undefined && size > (exception ?? limit)) {
    return [`${what}: ${size}, and ${exception ?? limit} is the most`]
  }
  if (exception !== undefined && (size ?? 0) < exception) {
    return [`${what}: ${size ?? `no more than ${limit}`}, and the exception allows ${exception}: lower it`]
  }
  return []
}
