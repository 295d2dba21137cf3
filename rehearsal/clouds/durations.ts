/** How long operations take: a table that is passed in, in seconds of the real clouds. */

/** Seconds that the operations of one type take. */
export interface OperationSeconds {
  create: number
  update: number
  delete: number
}

/** Defaults by package, and figures by Pulumi type token with where they are from. */
export interface DurationTable {
  defaults: Record<string, OperationSeconds>
  types: Record<string, OperationSeconds & { source: string }>
}

/** What changes something, and takes time. */
export type TimedOperation = keyof OperationSeconds

/**
 * Seconds that an operation takes by the table: the type's own figure, else the package's default,
 * else 0.
 */
export function operationSeconds (
  table: DurationTable,
  pkg: string,
  type: string,
  operation: TimedOperation
): number {
  return (table.types[type] ?? table.defaults[pkg])?.[operation] ?? 0
}
