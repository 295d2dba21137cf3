/** Makes resources of calls of the API: one document, or all pages of a list. */
import { answer, failureOf, type Answered, type Page } from './client.ts'
import type { Resource } from './resource.ts'

// A type, not an interface: the client takes objects with any further field.
type CallOptions = { signal: AbortSignal, headers?: Record<string, string> }

/** Sends the tag of what is known, so that an unchanged answer is empty. */
const conditional = (etag: string | undefined) =>
  etag === undefined ? {} : { headers: { 'if-none-match': etag } }

/** One document, read again with its tag. */
export function one<T> (key: string, call: (options: CallOptions) => Promise<Answered<T>>): Resource<T> {
  return {
    key,
    async load ({ signal, etag }) {
      const { data, error, response } = await call({ signal, ...conditional(etag) })
      if (response.status === 304) return undefined
      if (!response.ok || data === undefined) throw failureOf(error, response)
      return { data, etag: response.headers.get('etag') }
    }
  }
}

/**
 * All pages of a list. The tag is the first page's, and is kept only when there is no other page.
 */
export function whole<T> (
  key: string,
  call: (options: CallOptions, after: string | undefined) => Promise<Answered<Page<T>>>
): Resource<T[]> {
  const { load } = one(key, (options) => call(options, undefined))
  return {
    key,
    async load (options) {
      const first = await load(options)
      if (!first) return undefined
      const items = [...first.data.items]
      for (let { next } = first.data; next !== undefined;) {
        const page = await answer(call({ signal: options.signal }, next))
        items.push(...page.items)
        next = page.next
      }
      return { data: items, ...(first.data.next === undefined && { etag: first.etag ?? null }) }
    }
  }
}

/** Parameters of a page: as large as the API allows, after the last item of the page before. */
export const pageAfter = (next: string | undefined) => ({
  limit: 1000,
  ...(next !== undefined && { after: next })
})

/** The same for lists whose items have numbers. */
export const pageAfterNumber = (next: string | undefined) => ({
  limit: 1000,
  ...(next !== undefined && { after: Number(next) })
})
