import { type IncomingMessage, type ServerResponse } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
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
     * Tries credentials. Failures count against the address that they come from; after too many it
     * refuses further attempts.
     */
    attempt<T>(work: () => Promise<T>): Promise<T>
    /** The caller that the request is counted for. */
    counted: string
  }
  interface FastifyContextConfig {
    /** Works under any load and beyond any rate: health, and what stops or decides. */
    vital?: boolean
  }
}

/** The settings of a service that authenticates. */
interface LimitsParts {
  readonly settings: AccessSettings
}

/** Failed attempts a minute from one address: far more than a person mistypes or a job retries. */
const failuresPerMinute = 30
const minute = 60_000
/** Callers and addresses whose counts are kept: the least recently seen are forgotten first. */
const keptCounts = 10_000

/** The load from which on requests that can wait are refused. */
export interface Pressure {
  /** Delay of the event loop that counts as late, on average over a second. */
  latestLoopMilliseconds: number
  /** Checks in a row, one a second, at which the loop has to be late. */
  looks: number
}
/**
 * A rehearsal of the largest federation on two cores stays under a tenth of this. A start, or a
 * machine that starves the process for a moment, is over after a check or two. Clients that wait
 * longer than this for each answer would only add to the load by trying again.
 */
const usualPressure: Pressure = { latestLoopMilliseconds: 2_000, looks: 5 }
const lookInterval = 1_000

/**
 * The headers for browsers that Helmet sets. They are the same for all answers, so Helmet is asked
 * once: asked for each request, it took longer than everything else that a poll of a deployment
 * costs.
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
    // /docs) set their own policies.
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

/** Refuses requests that can wait while the event loop is late. */
async function refuseUnderPressure (app: FastifyInstance, pressure: Pressure): Promise<void> {
  let late = 0
  await app.register(underPressure, {
    maxEventLoopDelay: pressure.latestLoopMilliseconds,
    sampleInterval: lookInterval,
    pressureHandler: (request: FastifyRequest) => {
      if (late < pressure.looks || request.routeOptions.config.vital) return
      throw new HttpError('http-overloaded', {})
    }
  })
  const look = setInterval(() => {
    late = app.isUnderPressure() ? late + 1 : 0
  }, lookInterval).unref()
  app.addHook('onClose', async () => {
    clearInterval(look)
  })
}

function tooMany (what: string, seconds: number) {
  return new HttpError('http-too-many-requests', {
    what,
    remedy: `try again in ${seconds} s`,
    retryAfterSeconds: seconds
  })
}

/** Counts the requests of each caller; not those of a service that authenticates nobody. */
function countRequests (app: FastifyInstance, parts: LimitsParts | undefined): void {
  const requests = app.createRateLimit({
    max: () => parts?.settings.limits.requestsPerMinute ?? 1,
    timeWindow: minute,
    keyGenerator: (request) => request.counted
  })
  app.decorateRequest('counted', '')
  app.decorate('countRequest', async (request: FastifyRequest, caller: string) => {
    if (!parts || request.routeOptions.config.vital) return
    request.counted = caller
    const counted = await requests(request)
    if (!counted.isAllowed && counted.isExceeded) {
      throw tooMany(`more than ${counted.max} requests in a minute`, counted.ttlInSeconds)
    }
  })
}

/** Counts failed attempts with credentials, by the address that they come from. */
function countFailures (app: FastifyInstance): void {
  const failures = app.createRateLimit({
    max: failuresPerMinute,
    timeWindow: minute,
    keyGenerator: (request) => `failed ${request.ip}`
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
        if (error instanceof HttpError && error.status === 401) await failures(this)
        throw error
      }
    }
  )
}

/**
 * Keeps one caller, or all together, from being too much for the service. `parts`: of a service
 * that authenticates; without them only this machine calls, and callers are not counted.
 */
export const limitsPlugin = fastifyPlugin<{ parts?: LimitsParts, pressure?: Pressure }>(
  async (app, { parts, pressure = usualPressure }) => {
    const headers = securityHeaders(parts?.settings.url?.startsWith('https://') === true)
    app.addHook('onRequest', (_request, reply, done) => {
      reply.headers(headers)
      done()
    })
    await refuseUnderPressure(app, pressure)
    await app.register(rateLimit, { global: false, cache: keptCounts })
    countRequests(app, parts)
    countFailures(app)
  },
  { name: 'limits' }
)
