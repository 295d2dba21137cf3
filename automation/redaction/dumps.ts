/** Reads dumps of bytes, as xxd, hexdump and od print them. Pure. */
import { type View, ViewBuilder, type Worth } from './view.ts'

/** An offset, and the digits of a row in groups; between two there are blanks. */
const row =
  /(?<![0-9a-z])[0-9a-f]{4,16}:?[ \t+]{1,3}((?:(?:[0-9a-f]{2}){1,8}(?:[ \t+]{1,2}|(?=[\r\n|]|$))){1,32})/gi

/** Where a row ends, and its digits. */
interface Row {
  readonly digits: string
  readonly end: number
}

/** Takes the digits apart from the characters behind them, which may look like digits. */
function rowAt (text: string, begin: number, found: string, groups: string): Row {
  const after = begin + found.length
  const piped = /^[ \t+]{0,60}\|/.exec(text.slice(after, after + 61))
  // hexdump has two blanks in the middle too; xxd and od only before the characters.
  const before = ((piped ? groups : groups.split(/[ \t+]{2}/)[0]) ?? '').replace(/[ \t+]{1,2}$/, '')
  const digits = before.replaceAll(/[ \t+]/g, '')
  const digitsEnd = after - groups.length + before.length
  const blanks = /^[ \t+]{0,60}/.exec(text.slice(digitsEnd, digitsEnd + 60))?.[0].length ?? 0
  if (!piped && blanks < 2) return { digits, end: digitsEnd }
  const shownEnd = digitsEnd + blanks + digits.length / 2 + (piped ? 2 : 0)
  // Looked for in the row alone: a text may be one long line.
  const line = text.slice(digitsEnd, shownEnd).indexOf('\n')
  return { digits, end: line < 0 ? Math.min(text.length, shownEnd) : digitsEnd + line }
}

/** Bytes that the rows of the view's dumps stand for. Each byte stands for its whole row. */
export function dumpViews ({ bytes, from, to }: View, worth: Worth): View[] {
  const text = Buffer.from(bytes).toString('latin1')
  const builder = new ViewBuilder(0)
  row.lastIndex = 0
  for (let match = row.exec(text); match; match = row.exec(text)) {
    const { 0: found, 1: groups = '', index } = match
    const { digits, end } = rowAt(text, index, found, groups)
    for (const byte of Buffer.from(digits, 'hex')) {
      if (byte !== 0) builder.push(byte, from[index] ?? 0, to[end - 1] ?? 0)
    }
    // The characters of a row may be those of another dump.
    row.lastIndex = Math.max(end, index + 1)
  }
  const view = builder.view()
  return view.length > 0 && worth(view.bytes) !== 'nothing' ? [view] : []
}
