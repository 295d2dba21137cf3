import { useEffect, useSyncExternalStore } from 'react'

type Mode = 'rehearsal' | 'live'

let shown: Mode | undefined
const listeners = new Set<() => void>()

function show (mode: Mode | undefined): void {
  shown = mode
  if (mode === undefined) delete document.documentElement.dataset.mode
  else document.documentElement.dataset.mode = mode
  for (const listener of listeners) listener()
}

/** Colours the whole page by the mode of what it shows. */
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

/** The mode of what the page shows now; undefined where both are. */
export const useShownMode = (): Mode | undefined => useSyncExternalStore(subscribe, () => shown)

/** The document's title while a page is shown. */
export function useTitle (title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Windlass' : `${title} · Windlass`
  }, [title])
}
