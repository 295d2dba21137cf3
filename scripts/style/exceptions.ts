/**
 * Files that exceed a limit of layout, and by how much at most. The list only shrinks: a check
 * fails when an entry is exceeded, and when it allows more than it has to.
 */
export interface Exception {
  /** Path of the file. */
  readonly path: string
  /** Lines of the file when it is longer than the limit. */
  readonly lines?: number
  /** Lines of its functions that are longer than the limit, by name. */
  readonly functions?: Readonly<Record<string, number>>
  /** Number of lines that have too many columns. */
  readonly columns?: number
}

/** Sorted by path. */
export const exceptions: readonly Exception[] = []
