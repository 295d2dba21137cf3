/**
 * Splits newline-delimited JSON into lines. Node's readline ends a line at U+2028 and U+2029 too,
 * which JSON may hold as they are. The last line need not have an end.
 */
export async function* linesOf (pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
