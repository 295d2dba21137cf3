/** Milliseconds for an issuer to answer, because a caller waits for it. */
const patience = 5_000
/** Bytes of an answer: key sets and discovery documents have a few thousand. */
const maxBytes = 512 * 1024

/**
 * Fetches a small document from an issuer, with limits of time and size. Redirects are not
 * followed: the operator of the service chose the address.
 */
export async function boundedFetch (url: string, options: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(patience)
  const response = await fetch(url, {
    ...options,
    redirect: 'error',
    signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit
  })
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += (piece as Uint8Array).length
    if (bytes > maxBytes) {
      throw new Error(`the answer of ${new URL(url).host} has more than ${maxBytes} bytes`)
    }
    pieces.push(piece as Uint8Array)
  }
  const bodyless = response.status === 204 || response.status === 304
  return new Response(bodyless ? null : Buffer.concat(pieces), {
    status: response.status,
    headers: response.headers
  })
}
