/** The connection to the service: one fact for the whole page. */
import { useSyncExternalStore } from 'react'

let away: number | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Notes that the service answered. */
export function reachable (): void {
  if (away === undefined) return
  away = undefined
  tell()
}

/** Notes that nothing answered. */
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

/** The time when the service stopped answering (milliseconds since 1970), or undefined. */
export function useAway (): number | undefined {
  return useSyncExternalStore(subscribe, () => away)
}
