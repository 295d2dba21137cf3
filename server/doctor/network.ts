/** The port to listen on, and the receiver of traces. */
import { createServer } from 'node:net'
import { type Config } from '../config.ts'
import { type Check, type Found, fail, ok, reasonOf, warn } from './finding.ts'

async function healthy (address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const body: unknown = await (await fetch(`${address}/healthz`, { signal })).json()
    return (body as { status?: unknown }).status === 'ok'
  } catch {
    // Something else than Windlass listens there.
    return false
  }
}

async function port ({ host, port }: Config, signal: AbortSignal): Promise<Found> {
  const taken = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined)
      })
    })
  })
  const place = `port ${port} of ${host}`
  if (!taken) return ok(port === 0 ? 'a free port is picked at each start' : `${place} is free`)
  if (taken.code === 'EADDRINUSE') {
    const own = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
    if (await healthy(`http://${own}:${port}`, signal)) return ok(`a Windlass service listens on ${place}`)
    return fail(`${place} is taken by another process`, 'stop it, or set WINDLASS_PORT')
  }
  if (taken.code === 'EACCES') {
    return fail(`this user may not listen on ${place}`, 'set WINDLASS_PORT to a port from 1024')
  }
  return fail(
    `${host} is not an address of this machine (${taken.code ?? taken.message})`,
    'set WINDLASS_HOST to 127.0.0.1, or to 0.0.0.0 for all'
  )
}

/**
 * Checks that the receiver of traces answers. The configured headers are not sent, because they
 * hold credentials and any answer is enough.
 */
async function receiver (address: string, signal: AbortSignal): Promise<Found> {
  const { origin } = new URL(address)
  try {
    const { status } = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
      signal
    })
    if (status === 404) {
      return warn(
        `${origin} answers, but does not accept traces there (404)`,
        'OTEL_EXPORTER_OTLP_ENDPOINT is the base address, to which /v1/traces is added; ' +
          'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is used as it is'
      )
    }
    return ok(`traces are sent to ${origin}, which answers`)
  } catch (error) {
    return warn(
      `traces are sent to ${origin}, which does not answer ` +
        `(${reasonOf(error instanceof Error && error.cause !== undefined ? error.cause : error)})`,
      'start the receiver, or correct OTEL_EXPORTER_OTLP_ENDPOINT (its port for HTTP, 4318 as a rule); ' +
        'the service runs without it'
    )
  }
}

export function networkChecks (
  config: Config,
  environment: Readonly<Record<string, string | undefined>>
): Check[] {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: base } = environment
  const address = own || (base && `${base.replace(/\/+$/, '')}/v1/traces`)
  return [
    { name: 'port', look: (signal) => port(config, signal) },
    ...config.traces && address
      ? [{ name: 'traces', look: (signal: AbortSignal) => receiver(address, signal) }]
      : []
  ]
}
