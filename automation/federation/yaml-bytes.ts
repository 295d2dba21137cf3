/** Bytes of a file as YAML text: UTF-8, with the characters that YAML allows. */
import { readUtf8 } from '../../contract/text/utf8.ts'

/** What keeps bytes from being YAML text, and where (both from 1). */
export interface NotYaml {
  /** Completes "the file". */
  readonly wrong: string
  readonly line: number
  readonly column: number
}

/**
 * What readers of YAML need not accept (YAML 1.2.2, 5.1): all but tab, line ends and printables.
 */
const notPrintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The text of a file without the byte order mark that it may begin with, or why it has none. */
export function yamlText (bytes: Uint8Array): { text: string } | NotYaml {
  const read = readUtf8(bytes)
  if (!('text' in read)) return read
  const found = notPrintable.exec(read.text)
  if (!found) return read
  const lines = read.text.slice(0, found.index).split(/\r\n|\r|\n/)
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return {
    wrong: `has the character U+${code} here, which YAML does not allow`,
    line: lines.length,
    column: [...lines.at(-1) ?? ''].length + 1
  }
}
