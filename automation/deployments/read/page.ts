import { type Page } from '../../../contract/schema.ts'

/**
 * Makes a page of a list that was read with one item more than asked for: the one too many says
 * that there is a next page.
 */
export function pageOf<T> (items: T[], limit: number, key: (item: T) => string): Page<T> {
  const page = items.slice(0, limit)
  const last = page.at(-1)
  return { items: page, ...(last !== undefined && items.length > limit && { next: key(last) }) }
}
