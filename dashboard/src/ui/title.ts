import { useEffect } from 'react'

/** Sets the document's title while a page is shown; the product's name alone when it is empty. */
export function useTitle (title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Windlass' : `${title} · Windlass`
  }, [title])
}
