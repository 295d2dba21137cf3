/** One search for what a suite cannot try in its time. */
export interface Campaign {
  readonly name: string
  /** Names what would be a finding: it searches for these. */
  readonly searches: string
  /** Cases that are tried when the caller names no number. */
  readonly runs: number
  /**
   * Tries the cases of a seed one after another, and rejects with the first that fails. A seed
   * gives the same cases again. Resolves with the number of cases where that is not the one asked
   * for.
   */
  search(options: SearchOptions): Promise<number | void>
}

export interface SearchOptions {
  seed: number
  runs: number
  /** Kinds of cases to try; all of them when it is empty. */
  only: readonly string[]
  /** Random cases beside those that are listed, for campaigns that have both. */
  random: number
  /** Takes a line about each case that may take long. */
  say: (line: string) => void
}
