/** A gate of the product, and how to take it out. */
export interface Gate {
  /** Names what it keeps out or holds to. */
  readonly name: string
  /** The file that holds it, from the repository on. */
  readonly file: string
  /** Text that stands there once, and the text without the gate. */
  readonly edit: readonly [from: string, to: string]
  /** Test files that have to find it. */
  readonly tests: readonly string[]
}

/** Gives a file's text without a gate. Throws where the table does not fit the file any more. */
export function withoutGate (text: string, { name, file, edit: [from, to] }: Gate): string {
  const times = text.split(from).length - 1
  if (times !== 1) {
    throw new Error(
      `the table of gates is stale: ${file} holds ${times} times, expected once, what "${name}" takes out: ` +
        from
    )
  }
  // A function: no `$` of the edit stands for anything.
  return text.replace(from, () => to)
}
