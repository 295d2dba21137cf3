/** Time that operations take in the real clouds. The table is passed in. */

/** Seconds that the operations of one type take. */
export interface OperationSeconds {
  create: number
  update: number
  delete: number
}

/** Figures for all packages. */
export interface DurationTable {
  /**
   * Figures by package, for types without one of their own. One with a source holds for each of
   * them; without, nothing known says how long theirs take.
   */
  defaults: Record<string, OperationSeconds & { source?: string }>
  /** Figures by Pulumi type token, with their source. */
  types: Record<string, OperationSeconds & { source: string }>
}

/** Operations that take time: those that change something. */
export type TimedOperation = keyof OperationSeconds

/**
 * Seconds that an operation takes: the type's own figure, or the package's default, or 0. `atOnce`:
 * it is one call, though others of its type have to become ready.
 */
export function operationSeconds (
  table: DurationTable,
  { pkg, type, atOnce }: { pkg: string, type: string, atOnce: boolean },
  operation: TimedOperation
): number {
  const own = atOnce ? undefined : table.types[type]
  return (own ?? table.defaults[pkg])?.[operation] ?? 0
}

/** Tells if an operation takes its package's default: nothing known says how long it takes. */
export function isDurationUnknown (
  table: DurationTable,
  { pkg, type, atOnce }: { pkg: string, type: string, atOnce: boolean }
): boolean {
  const shared = table.defaults[pkg]
  return !atOnce && !table.types[type] && shared !== undefined && shared.source === undefined
}
