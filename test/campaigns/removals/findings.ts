/** Removals that have to be missed, since they put a fault of live runs back. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { matchesName } from '../../../contract/text/names.ts'
import type { Tried } from './summary.ts'

/** A fault that was found, and the removals that put it back. */
export interface Finding {
  /** Statement that holds while nothing is removed. */
  readonly finding: string
  /** As `nameOf` gives them; `*` stands for any characters. */
  readonly removals: readonly string[]
}

/** Reads the findings. */
export async function findings (): Promise<Finding[]> {
  return parse(await readFile(new URL('findings.yaml', import.meta.url), 'utf8')) as Finding[]
}

/**
 * Findings that a run of all removals does not hold: a pattern that no removal has, one whose
 * removal nobody missed or that may go.
 */
export function lost (all: readonly Finding[], tried: readonly Tried[]): string[] {
  return all.flatMap(({ finding, removals }) =>
    removals.flatMap((pattern) => {
      const own = tried.filter(({ name }) => matchesName(pattern, name))
      const passed = own.filter(({ check }) => check === undefined)
      if (own.length > 0 && passed.length === 0) return []
      const what = own.length === 0 ? `no removal is ${pattern}` : passed.map(({ name }) => name).join(', ')
      return [`${finding}: ${what}`]
    })
  )
}
