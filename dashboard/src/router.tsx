/** Addresses of the page: reads them, goes to them, links to them. */
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
  /** The path's parts, decoded. */
  parts: string[]
  query: URLSearchParams
}

function parse (href: string): Address {
  const { pathname, searchParams } = new URL(href, window.location.origin)
  return { path: pathname, parts: pathname.split('/').filter(Boolean).map(decode), query: searchParams }
}

/** Decodes a part of a path. What is no valid encoding stays as written: it names nothing. */
function decode (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

let current = { href: window.location.href, address: parse(window.location.href) }

/** The address that the page shows. */
export function useAddress (): Address {
  return useSyncExternalStore(subscribe, () => {
    if (current.href !== window.location.href) {
      current = { href: window.location.href, address: parse(window.location.href) }
    }
    return current.address
  })
}

/** Goes to another address of this page; with `replace`, Back does not return to this one. */
export function navigate (to: string, options: { replace?: boolean } = {}): void {
  window.history[options.replace ? 'replaceState' : 'pushState'](null, '', to)
  tell()
}

/** This address with some parameters changed; undefined or an empty text removes one. */
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

/** A link inside the page. With a modifier key it is the browser's own: a new tab or window. */
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

/** Makes a path of parts, and encodes each. */
export const pathOf = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`
