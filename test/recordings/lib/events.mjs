/** Kind of an engine event: the name of its body. */
export const kindOf = (event) => Object.keys(event).find((key) => /Event$/.test(key)) ?? 'unknown'

/** URN that an engine event is about; empty for none. */
export function eventUrn (event) {
  const body = event[kindOf(event)]
  return body?.metadata?.urn ?? body?.urn ?? body?.resourceUrn ?? ''
}
