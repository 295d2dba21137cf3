/** Whether the service answers: one fact for the whole page. */
import { useSyncExternalStore } from 'react'

let away: number | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** The service answered. */
export function reachable (): void {
  if (away === undefined) return
  away = undefined
  tell()
}

/** Nothing answered. */
export function unreachable (): void {
  if (away !== undefined) return
  away = Date.now()
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/**
 * Since when nothing answers (milliseconds since 1970), or undefined while the service is there.
 */
export function useAway (): number | undefined {
  return useSyncExternalStore(subscribe, () => away)
}
