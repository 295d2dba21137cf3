import { type IncomingMessage, type ServerResponse } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import { type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import helmet from 'helmet'
import { type AccessSettings } from '../../automation/index.ts'
import { HttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Counts a request of a caller; throws `http-too-many-requests` when there were too many in the
     * last minute.
     */
    countRequest(request: FastifyRequest, caller: string): Promise<void>
  }
  interface FastifyRequest {
    /**
     * Tries credentials: failures count against the address they come from, and too many are not
     * tried any more.
     */
    attempt<T>(work: () => Promise<T>): Promise<T>
  }
  interface FastifyContextConfig {
    /** Works whatever else is too much: health, and what stops or decides. */
    vital?: boolean
  }
}

/** Failed attempts a minute from one address: far more than a person mistypes or a job retries. */
const failuresPerMinute = 30
const minute = 60_000
/** Callers and addresses whose counts are kept: the least recently seen are forgotten first. */
const keptCounts = 10_000

/**
 * When requests that can wait are refused: the event loop was late by so much, on average over a
 * second, at so many looks in a row, one a second.
 */
export interface Pressure {
  latestLoopMilliseconds: number
  looks: number
}
/**
 * A rehearsal of the largest federation on two cores stays under a tenth of this, and a machine
 * that starves the process for a moment, or a start, is over after a look or two; clients that wait
 * longer than this for each answer would only add to it by trying again.
 */
const usualPressure: Pressure = { latestLoopMilliseconds: 2_000, looks: 5 }
const lookInterval = 1_000
const retryAfterSeconds = 5

/**
 * What each answer tells browsers, as Helmet says it. It is the same for all, so Helmet is asked
 * once: asked for each request it took longer than all else that a poll of a deployment costs.
 */
function securityHeaders (https: boolean): Record<string, string> {
  const headers: Record<string, string> = {}
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value
    },
    removeHeader: () => undefined
  } as unknown as ServerResponse
  helmet({
    // The answers of the API are data: nothing in them is run or framed. Pages (the dashboard,
    // /docs) say for themselves what they load.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"]
      }
    },
    frameguard: { action: 'deny' },
    // Half a year; only where browsers come over https.
    strictTransportSecurity: https ? { maxAge: 15_768_000, includeSubDomains: false } : false
  })({} as IncomingMessage, answer, (error) => {
    if (error instanceof Error) throw error
  })
  return headers
}

/**
 * What keeps one caller, or all together, from being too much. `parts`: of a service that
 * authenticates; without them nobody but this machine calls, and callers are not counted.
 */
export const limitsPlugin = fastifyPlugin<
  { parts?: { readonly settings: AccessSettings }, pressure?: Pressure }
>(async (app, { parts, pressure = usualPressure }) => {
  const headers = securityHeaders(parts?.settings.url?.startsWith('https://') === true)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })

  let late = 0
  await app.register(underPressure, {
    maxEventLoopDelay: pressure.latestLoopMilliseconds,
    sampleInterval: lookInterval,
    pressureHandler: (request: FastifyRequest) => {
      if (late < pressure.looks || request.routeOptions.config.vital) return
      throw new HttpError(
        'http-overloaded',
        'the service has more to do than it can: try again in a moment',
        { headers: { 'retry-after': String(retryAfterSeconds) } }
      )
    }
  })

  const look = setInterval(() => {
    late = app.isUnderPressure() ? late + 1 : 0
  }, lookInterval).unref()
  app.addHook('onClose', async () => {
    clearInterval(look)
  })

  await app.register(rateLimit, { global: false, cache: keptCounts })
  const requests = app.createRateLimit({
    max: () => parts?.settings.limits.requestsPerMinute ?? 1,
    timeWindow: minute,
    keyGenerator: (request) => request.counted
  })
  const failures = app.createRateLimit({
    max: failuresPerMinute,
    timeWindow: minute,
    keyGenerator: (request) => `failed ${request.ip}`
  })
  app.decorateRequest('counted', '')

  function tooMany (what: string, seconds: number): HttpError {
    return new HttpError('http-too-many-requests', `${what}: try again in ${seconds} s`, {
      headers: { 'retry-after': String(seconds) }
    })
  }

  app.decorate('countRequest', async (request: FastifyRequest, caller: string) => {
    if (!parts || request.routeOptions.config.vital) return
    request.counted = caller
    const counted = await requests(request)
    if (!counted.isAllowed && counted.isExceeded) {
      throw tooMany(`more than ${counted.max} requests in a minute`, counted.ttlInSeconds)
    }
  })

  app.decorateRequest(
    'attempt',
    async function attempt<T> (this: FastifyRequest, work: () => Promise<T>): Promise<T> {
      const before = await failures(this, { increment: false })
      if (!before.isAllowed && before.isExceeded) {
        throw tooMany('too many attempts with bad credentials from this address', before.ttlInSeconds)
      }
      try {
        return await work()
      } catch (error) {
        if (error instanceof HttpError && error.status === 401) {
          await failures(this)
        }
        throw error
      }
    }
  )
}, { name: 'limits' })

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller as whom it is counted. */
    counted: string
  }
}
