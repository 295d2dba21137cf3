import { useEffect } from 'react'

/** Colours the whole page by the mode of what it shows. */
export function useMode (mode: 'rehearsal' | 'live' | undefined): void {
  useEffect(() => {
    if (mode === undefined) return
    document.documentElement.dataset.mode = mode
    return () => { delete document.documentElement.dataset.mode }
  }, [mode])
}

/** The document's title while a page is shown. */
export function useTitle (title: string): void {
  useEffect(() => { document.title = title === '' ? 'Windlass' : `${title} · Windlass` }, [title])
}
