/**
 * Reads what the API shows and follows it by polling with ETag. Everything that shows the same
 * resource shares one poll, and what was read stays while the service is away.
 */
import { useCallback, useSyncExternalStore } from 'react'
import { ApiError, ConnectionError } from './client.ts'

export interface Loaded<T> {
  data: T
  etag?: string | null
}
/** Something to read. */
export interface Resource<T> {
  /** Two resources with one key are the same. */
  key: string
  /** Resolves with undefined when nothing has changed since `etag`. */
  load: (options: { signal: AbortSignal, etag?: string }) => Promise<Loaded<T> | undefined>
}
/** Knowledge of a resource. */
export interface Known<T> {
  /** Of the last read that succeeded. */
  data?: T
  /** Of the last read, when it failed. */
  error?: Error
}

interface Entry {
  known: Known<unknown>
  etag?: string
  resource: Resource<unknown>
  /** Components that show it, with the milliseconds after which each wants to read it again. */
  listeners: Map<symbol, { tell: () => void, every: number | undefined }>
  /** Until the next read. */
  timer?: number
  /** Of the read under way. */
  running?: AbortController
  /** True when the resource is to be read again right after the read under way. */
  again: boolean
}

/**
 * Milliseconds until a read without an answer is tried again: a restart takes about two seconds.
 */
const retryWait = 1_500

/**
 * Entries that are kept though no component shows them, for going back: a page reads at most ten.
 */
const keptEntries = 60

const entries = new Map<string, Entry>()

function entryOf<T> (resource: Resource<T>): Entry {
  const known = entries.get(resource.key)
  if (known) return known
  const entry: Entry = { known: {}, resource, listeners: new Map(), again: false }
  entries.set(resource.key, entry)
  for (const [key, { listeners }] of entries) {
    if (entries.size <= keptEntries) break
    if (listeners.size === 0 && key !== resource.key) entries.delete(key)
  }
  return entry
}

function publish (entry: Entry, known: Known<unknown>): void {
  entry.known = known
  for (const { tell } of entry.listeners.values()) tell()
}

function schedule (entry: Entry, wait?: number): void {
  window.clearTimeout(entry.timer)
  if (entry.listeners.size === 0 || document.hidden) return
  const wanted = wait ?? Math.min(...[...entry.listeners.values()].map(({ every }) => every ?? Infinity))
  if (Number.isFinite(wanted)) {
    entry.timer = window.setTimeout(() => {
      void read(entry)
    }, wanted)
  }
}

async function read (entry: Entry): Promise<void> {
  if (entry.running) {
    entry.again = true
    return
  }
  window.clearTimeout(entry.timer)
  const running = new AbortController()
  entry.running = running
  let wait: number | undefined
  try {
    const loaded = await entry.resource.load({
      signal: running.signal,
      ...(entry.etag !== undefined && { etag: entry.etag })
    })
    if (loaded) {
      delete entry.etag
      if (loaded.etag) entry.etag = loaded.etag
      publish(entry, { data: loaded.data })
    } else if (entry.known.error) publish(entry, { data: entry.known.data })
  } catch (error) {
    if (running.signal.aborted) return
    if (error instanceof ConnectionError) wait = retryWait
    // The session has ended: reading it shows the sign-in.
    if (error instanceof ApiError && error.problem.status === 401 && entry.resource.key !== 'session') {
      refresh('session')
    }
    publish(entry, { ...entry.known, error: error as Error })
  } finally {
    if (entry.running === running) delete entry.running
  }
  if (entry.again) {
    entry.again = false
    await read(entry)
  } else schedule(entry, wait)
}

document.addEventListener('visibilitychange', () => {
  for (const entry of entries.values()) {
    if (document.hidden) window.clearTimeout(entry.timer)
    else if (entry.listeners.size > 0) void read(entry)
  }
})

/**
 * Reads again everything whose key starts with `prefix`: at once what is shown, the rest when it is
 * shown next.
 */
export function refresh (prefix = ''): void {
  for (const [key, entry] of entries) {
    if (!key.startsWith(prefix)) continue
    if (entry.listeners.size > 0) void read(entry)
    else entries.delete(key)
  }
}

/** Replaces the data of a resource by what a request answered. */
export function put<T> (key: string, data: T): void {
  const entry = entries.get(key)
  if (!entry) return
  delete entry.etag
  publish(entry, { data })
}

const nothing: Known<never> = {}

/**
 * Reads a resource at once and then every so many milliseconds, once when `every` is undefined, and
 * gives what is known of it.
 */
export function useResource<T> (resource: Resource<T> | undefined, every?: number): Known<T> {
  const key = resource?.key
  // A resource is what its key says: another object with the same key needs no new subscription.
  const subscribe = useCallback((tell: () => void) => {
    if (!resource) return () => undefined
    const entry = entryOf(resource)
    const id = Symbol(resource.key)
    entry.listeners.set(id, { tell, every })
    if (entry.listeners.size === 1) void read(entry)
    else if (!entry.running) schedule(entry)
    return () => {
      entry.listeners.delete(id)
      if (entry.listeners.size > 0) return
      window.clearTimeout(entry.timer)
      entry.running?.abort()
      delete entry.running
    }
  }, [key, every])
  return useSyncExternalStore(subscribe, () => resource ? entryOf(resource).known : nothing) as Known<T>
}
