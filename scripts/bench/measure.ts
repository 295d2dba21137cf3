/** Measures of the benchmark: medians, memory, tables. */
import { readFile, readdir } from 'node:fs/promises'

/** The value below which the given part (0 to 1) of the values lies: nearest rank. NaN of none. */
export function quantile (values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/**
 * Memory of a process in MiB that would be free without it (proportional set size: pages that
 * processes share count by their share). Undefined where the kernel does not tell (it is Linux's
 * smaps_rollup).
 */
export async function memoryOf (pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => undefined)
  const kibibytes = text === undefined ? undefined : /^Pss:\s+(\d+) kB$/m.exec(text)?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
}

/** All processes below a process, with their command lines. Empty where there is no /proc. */
export async function descendantsOf (root: number): Promise<{ pid: number, command: string }[]> {
  const entries = await readdir('/proc').catch(() => [])
  const parents = new Map<number, { parent: number, command: string }>()
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue
    const [stat, command] = await Promise.all([
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    ])
    const parent = /\) \S (\d+) /.exec(stat)?.[1]
    if (parent !== undefined) {
      parents.set(Number(entry), { parent: Number(parent), command: command.replaceAll('\0', ' ') })
    }
  }
  const below = (pid: number): { pid: number, command: string }[] =>
    [...parents].filter(([, { parent }]) => parent === pid).flatMap((
      [child, { command }]
    ) => [{ pid: child, command }, ...below(child)])
  return below(root)
}

/** Memory of a PostgreSQL by its data folder's postmaster. */
export async function postgresMemory (dataFolder: string): Promise<number | undefined> {
  const note = JSON.parse(await readFile(`${dataFolder}/postgres.json`, 'utf8')) as { folder: string }
  const postmaster = Number((await readFile(`${note.folder}/postmaster.pid`, 'utf8')).split('\n')[0])
  const all = [postmaster, ...(await descendantsOf(postmaster)).map(({ pid }) => pid)]
  const sizes = await Promise.all(all.map(memoryOf))
  return sizes.some((size) => size !== undefined)
    ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
    : undefined
}

/**
 * A table row: what, its figure, the figure of the same run that it is measured against, the ratio,
 * and what is aimed at.
 */
export interface Row {
  what: string
  figure: string
  baseline?: string
  ratio?: number
  aim?: string
  met?: boolean
}

export function printTable (rows: readonly Row[]): void {
  const cells = [
    ['what', 'figure', 'baseline of this run', 'ratio', 'aim'],
    ...rows.map((
      { what, figure, baseline, ratio, aim, met }
    ) => [
      what,
      figure,
      baseline ?? '',
      ratio === undefined ? '' : ratio.toFixed(2),
      aim === undefined ? '' : `${aim}${met === undefined ? '' : met ? ' (met)' : ' (missed)'}`
    ])
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of cells) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  }
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`
export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`
export const mebibytes = (value: number | undefined): string =>
  value === undefined ? 'unknown' : `${Math.round(value)} MiB`
