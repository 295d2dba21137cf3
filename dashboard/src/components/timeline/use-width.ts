import { useEffect, useState } from 'react'

/** Follows the width of an element in pixels; gives the element's ref and the width, 0 at first. */
export function useWidth (): [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth)
    })
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => {
      observer.disconnect()
    }
  }, [element])
  return [setElement, width]
}
