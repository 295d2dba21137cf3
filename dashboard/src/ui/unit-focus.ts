import { useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'

interface UnitFocus<E extends Element> {
  /** The one unit that the Tab key stops at. */
  focused: string | undefined
  /** Attributes of the element around the units. */
  around: {
    ref: RefObject<E | null>
    onFocus: (event: FocusEvent) => void
    onKeyDown: (event: KeyboardEvent) => void
  }
}

const unitOf = (target: EventTarget): string | undefined =>
  (target as Element).closest<HTMLElement | SVGElement>('[data-unit]')?.dataset.unit

/**
 * Moves the focus among many units by arrow keys, so that all of them together are one stop for the
 * Tab key. Each unit is an element with `data-unit`; `next` finds the one that a key leads to.
 */
export function useUnitFocus<E extends Element> (
  ids: readonly string[],
  next: (id: string, key: string) => string | undefined
): UnitFocus<E> {
  const ref = useRef<E>(null)
  const [last, setLast] = useState<string>()
  return {
    focused: last !== undefined && ids.includes(last) ? last : ids[0],
    around: {
      ref,
      onFocus: ({ target }) => {
        setLast(unitOf(target))
      },
      onKeyDown: (event) => {
        const id = unitOf(event.target)
        const to = id === undefined ? undefined : next(id, event.key)
        if (to === undefined) return
        event.preventDefault()
        setLast(to)
        ref.current?.querySelector<HTMLElement | SVGElement>(`[data-unit="${CSS.escape(to)}"]`)?.focus()
      }
    }
  }
}
