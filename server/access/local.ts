/**
 * Refusals of a service that authenticates nobody: a web page in the user's own browser reaches the
 * loopback address as well as the user does.
 */
import { isIP } from 'node:net'
import { type FastifyRequest } from 'fastify'
import { cutText } from '../../contract/text/cut.ts'
import { HttpError } from '../errors.ts'

/**
 * The host name of a Host or Origin header, lower case, without brackets and port; undefined when
 * it is not of that form.
 */
function hostOf (authority: string | undefined): string | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(authority ?? '')
  return (found?.[1] ?? found?.[2])?.toLowerCase()
}

const isLoopbackAddress = (host: string) => host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/**
 * Refuses what a page of another site could have sent. A foreign name that points at 127.0.0.1 (DNS
 * rebinding) shows in the Host header, so only names that nobody else can own pass. Requests that
 * change something must not come from another origin: browsers send Sec-Fetch-Site or, older ones,
 * Origin; programs send neither.
 */
export function checkLocal (request: FastifyRequest, hosts: readonly string[]): void {
  const host = hostOf(request.headers.host)
  if (host === undefined || !(host === 'localhost' || isLoopbackAddress(host) || hosts.includes(host))) {
    throw new HttpError('http-host-refused', { host: cutText(request.headers.host ?? '', 100) })
  }
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  checkSameOrigin(request, `${request.protocol}://${request.headers.host ?? ''}`)
}

/**
 * Refuses what a browser asks for as a part of a page (an image, a frame, a script): any page of
 * the web can have all its visitors ask for it.
 */
export function checkWholePage ({ headers }: FastifyRequest): void {
  const part = headers['sec-fetch-dest']
  if (part !== undefined && part !== 'document') throw new HttpError('http-cross-site', { by: 'part' })
}

/** Refuses a request of a browser that comes from a page of another origin than `own`. */
export function checkSameOrigin (request: FastifyRequest, own: string): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  if (
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || origin.toLowerCase() === own.toLowerCase())
  ) return
  throw new HttpError('http-cross-site', { by: 'page' })
}
