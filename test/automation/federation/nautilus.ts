/** The federation that comes with the repository, and ways to break its text. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Problem } from '../../../automation/federation/errors.ts'
import { parseFederation, type LoadResult } from '../../../automation/federation/load.ts'
import { type Federation } from '../../../programs/types.ts'

export const nautilusPath = fileURLToPath(new URL('../../../federations/nautilus.yaml', import.meta.url))
export const nautilusText = await readFile(nautilusPath, 'utf8')

/** The same with site-to-site VPNs between its clouds. */
export const overVpnText = nautilusText.replaceAll(
  'kind: mesh, bandwidthGbps: 5',
  'kind: vpn, bandwidthGbps: 2.5'
)

/** The federation of a result. Throws with the problems when there is none. */
export function loaded (result: LoadResult): Federation {
  if ('errors' in result) {
    throw new Error(
      result.errors.map((problem) => `${problem.file}:${problem.line}:${problem.column} ${problem.message}`)
        .join('\n')
    )
  }
  return result.federation
}

export function problemsOf (text: string): readonly Problem[] {
  const result = parseFederation(text, 'broken.yaml')
  return 'errors' in result ? result.errors : []
}

/** Marks, in a replacement, the character that a problem must point at. */
export const here = '⟦here⟧'

/**
 * One text with parts replaced, and the positions, line and column from 1, of all marks in it, in
 * order.
 */
export function edit (
  text: string,
  ...replacements: readonly (readonly [string, string])[]
): { text: string, marks: { line: number, column: number }[] } {
  let edited = text
  for (const [from, to] of replacements) {
    if (!edited.includes(from)) throw new Error(`the text has no ${from}`)
    edited = edited.replace(from, () => to)
  }
  const marks: { line: number, column: number }[] = []
  for (let at = edited.indexOf(here); at !== -1; at = edited.indexOf(here)) {
    const before = edited.slice(0, at).split('\n')
    marks.push({ line: before.length, column: (before.at(-1) ?? '').length + 1 })
    edited = edited.replace(here, '')
  }
  return { text: edited, marks }
}
