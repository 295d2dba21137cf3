/** Problem documents for errors on a connection that has no complete request yet. */
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { type Socket } from 'node:net'
import { type FastifyBaseLogger } from 'fastify'
import { problemType, type Problem } from '../contract/problem.ts'
import { HttpError, type AnyHttpError } from './errors.ts'

/** The error for a code of Node, which accepts 16 KiB of headers, address included. */
function httpErrorOf (code: string | undefined): AnyHttpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new HttpError('http-request-timeout', {})
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new HttpError('http-headers-too-large', {})
  }
  return new HttpError('http-body-malformed', { wrong: 'not-http' })
}

/** Answers on the bare connection and closes it. */
export function answerClientError (
  error: Error & { code?: string },
  socket: Socket,
  log: FastifyBaseLogger
): void {
  // The client has gone already.
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, code, message: detail, retryable } = httpErrorOf(error.code)
  const requestId = randomUUID()
  log.info({ status, code, requestId }, 'a connection sent no valid request')
  const problem: Problem = {
    type: `urn:windlass:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    instance: '',
    retryable,
    requestId
  }
  const body = JSON.stringify(problem)
  if (socket.writable) {
    const headers = [
      `HTTP/1.1 ${status} ${problem.title}`,
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'connection: close'
    ]
    socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`, () => {
      socket.destroy()
    })
  } else socket.destroy()
}
