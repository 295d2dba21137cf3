/** Addresses of the page: reading them, going to them, and links. */
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react'

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
window.addEventListener('popstate', tell)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export interface Address {
  path: string
  parts: string[]
  query: URLSearchParams
}

function parse (href: string): Address {
  const { pathname, searchParams } = new URL(href, window.location.origin)
  return { path: pathname, parts: pathname.split('/').filter(Boolean).map(decode), query: searchParams }
}

/** A part as written where it is no valid encoding: it is then the name of nothing. */
function decode (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

let current = { href: window.location.href, address: parse(window.location.href) }

/** Where the page is. */
export function useAddress (): Address {
  return useSyncExternalStore(subscribe, () => {
    if (current.href !== window.location.href) {
      current = { href: window.location.href, address: parse(window.location.href) }
    }
    return current.address
  })
}

/** Goes to another address of this page. `replace` leaves no step to go back to. */
export function navigate (to: string, options: { replace?: boolean } = {}): void {
  window.history[options.replace ? 'replaceState' : 'pushState'](null, '', to)
  tell()
}

/** This address with some parameters changed; undefined removes one. */
export function withQuery (changes: Record<string, string | undefined>): string {
  const url = new URL(window.location.href)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url.pathname + url.search
}

const plain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/** A link inside the page; with a modifier key the browser's own. */
export function Link (
  { to, replace = false, onClick, ...rest }:
    & { to: string, replace?: boolean }
    & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>
) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || !plain(event)) return
        event.preventDefault()
        navigate(to, { replace })
      }}
    />
  )
}

/** A path of parts, each encoded. */
export const pathOf = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`
