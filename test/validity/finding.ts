/** Findings of the checkers of registered resources. */

/**
 * `where`: which resource or file; `path`: where in it, empty for all of it; `what`: what is wrong.
 */
export interface Finding {
  readonly where: string
  readonly path: string
  readonly what: string
}

/** Findings as lines, for a test to compare with none. */
export function told (findings: readonly Finding[]): string[] {
  return findings.map(({ where, path, what }) => `${where} ${path}: ${what}`)
}
