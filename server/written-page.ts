/** Long lists as JSON, without holding up what else the process does. */

/**
 * Rows and characters that are written before others get a turn: a few milliseconds of work. The
 * largest rows, units with long outputs, have tens of kilobytes.
 */
export const sliceRows = 100
const sliceCharacters = 256 * 1024

/** A page of a list as a route answers it. */
export interface LongPage {
  readonly items: readonly unknown[]
}

/** Tells whether an answer is a page of so many rows that it is written in slices. */
export function isLongPage (answer: unknown): answer is LongPage {
  const { items } = (answer ?? {}) as { items?: unknown }
  return Array.isArray(items) && items.length > sliceRows
}

/** Writes a page slice by slice, and lets others go on after each. */
export async function writtenPage ({ items, ...rest }: LongPage): Promise<string> {
  const pieces: string[] = []
  let rows = 0
  let characters = 0
  for (const item of items) {
    if (rows >= sliceRows || characters >= sliceCharacters) {
      await new Promise(setImmediate)
      rows = 0
      characters = 0
    }
    const text = JSON.stringify(item)
    pieces.push(text)
    rows++
    characters += text.length
  }
  const others = JSON.stringify(rest).slice(1, -1)
  return `{"items":[${pieces.join(',')}]${others === '' ? '' : `,${others}`}}`
}
