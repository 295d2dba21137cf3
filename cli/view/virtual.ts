/** When the units of a rehearsal would have run live, against what their plan predicted. */
import { type Unit } from '../../contract/deployment.ts'

/** Seconds by which a unit may differ from its prediction. */
export const toleranceSeconds = 30
/** Part of its prediction by which it may differ, where that is more. */
export const tolerancePart = 0.1

/** A unit whose duration in the world is not what was predicted. */
export interface Deviation {
  readonly unit: string
  readonly seconds: number
  readonly predicted: number
}

const secondsOf = ({ start, end }: { start: string, end: string | null }): number | undefined =>
  end === null ? undefined : (Date.parse(end) - Date.parse(start)) / 1000

/**
 * Compares the units that succeeded at their first attempt. The others took what no plan predicts.
 */
export function deviations (
  units: readonly Pick<Unit, 'id' | 'status' | 'attempt' | 'virtual' | 'predicted'>[]
): Deviation[] {
  return units.flatMap(({ id, status, attempt, virtual, predicted }): Deviation[] => {
    const seconds = virtual && secondsOf(virtual)
    if (status !== 'succeeded' || attempt !== 1 || seconds === undefined || !predicted) return []
    const allowed = Math.max(toleranceSeconds, predicted.seconds * tolerancePart)
    return Math.abs(seconds - predicted.seconds) > allowed
      ? [{ unit: id, seconds, predicted: predicted.seconds }]
      : []
  })
}
