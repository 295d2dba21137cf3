import { useEffect, useState } from 'react'
import type { Filter } from '../../../live/event-store.ts'
import { kinds, type Kind } from '../../../live/event-text.ts'
import { navigate, useAddress, withQuery } from '../../../router.tsx'

/** Milliseconds after the last key until a search begins. */
const typingPause = 120

function filterOf (query: URLSearchParams): Filter {
  const hidden = query.get('hide')?.split(',') ?? []
  const level = query.get('level')
  const about = query.get('about')
  return {
    kinds: kinds.filter((kind) => !hidden.includes(kind)),
    level: level === 'warning' || level === 'error' ? level : 'all',
    text: query.get('q') ?? '',
    ...(about && { unit: about })
  }
}

interface EventFilter {
  filter: Filter
  /** The search as it is typed, shortly before it is in the filter. */
  text: string
  setText: (text: string) => void
  /** Shows or hides a kind. */
  toggle: (kind: Kind) => void
}

/** Holds the filter of the events, which is in the address. */
export function useEventFilter (): EventFilter {
  const { query } = useAddress()
  const filter = filterOf(query)
  const [text, setText] = useState(filter.text)
  useEffect(() => {
    if (text === filter.text) return
    const timer = window.setTimeout(() => {
      navigate(withQuery({ q: text }), { replace: true })
    }, typingPause)
    return () => {
      window.clearTimeout(timer)
    }
  }, [text])
  const toggle = (kind: Kind) => {
    const hidden = kinds.filter((one) => filter.kinds.includes(one) === (one === kind))
    navigate(withQuery({ hide: hidden.join(',') }), { replace: true })
  }
  return { filter, text, setText, toggle }
}
