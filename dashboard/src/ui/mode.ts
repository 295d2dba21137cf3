/** The mode of what the page shows: one fact for the whole page. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Mode } from '../../../contract/words.ts'

let shown: Mode | undefined
const listeners = new Set<() => void>()

function show (mode: Mode | undefined): void {
  shown = mode
  if (mode === undefined) delete document.documentElement.dataset.mode
  else document.documentElement.dataset.mode = mode
  for (const listener of listeners) listener()
}

/** Colours the whole page by a mode while the caller is shown. */
export function useMode (mode: Mode | undefined): void {
  useEffect(() => {
    if (mode === undefined) return
    show(mode)
    return () => {
      show(undefined)
    }
  }, [mode])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The mode of what the page shows now; undefined where it shows both or none. */
export const useShownMode = (): Mode | undefined => useSyncExternalStore(subscribe, () => shown)
