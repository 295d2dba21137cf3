import { type IncomingMessage, type ServerResponse } from 'node:http'
import underPressure from '@fastify/under-pressure'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import helmet from 'helmet'
import { type AccessSettings, type Principal } from '../../automation/index.ts'
import { HttpError } from '../errors.ts'
import { AddressCounts, CallerCounts } from '../minute-counts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Counts a request of a caller who has shown good credentials; throws `http-too-many-requests`
     * when there were too many in the last minute.
     */
    countRequest(request: FastifyRequest, caller: Principal): void
  }
  interface FastifyRequest {
    /**
     * Tries credentials. Good ones always pass, whatever else came from their address. Guesses
     * count against the address; after too many a further one is answered with
     * `http-too-many-requests`.
     */
    attempt<T>(work: () => Promise<T>): Promise<T>
  }
  interface FastifyContextConfig {
    /**
     * Works under any load and beyond any rate: health, and what stops, decides or signs out. Each
     * is one row's change at most, and only those who hold good credentials get so far.
     */
    vital?: boolean
  }
}

/** The settings of a service that authenticates. */
interface LimitsParts {
  readonly settings: AccessSettings
}

/** Guesses a minute from one address: far more than a person mistypes or a job retries. */
const failuresPerMinute = 30
/** Callers whose requests are counted: all people and jobs of the largest installation. */
const keptCallers = 10_000
/**
 * Places in the table of guesses: so many that two addresses rarely share one, in 200 KB. Whoever
 * shares one loses nothing, since good credentials are not counted.
 */
const addressPlaces = 16_384

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

/**
 * Counts the requests of each caller; not those of a service that authenticates nobody. Strangers
 * are not counted: what they get (a refusal, the way to sign in) costs no more than to refuse it,
 * and a count of their address would be one of everybody behind the same proxy.
 */
function countRequests (app: FastifyInstance, parts: LimitsParts | undefined): void {
  const callers = new CallerCounts(keptCallers)
  app.decorate('countRequest', (request: FastifyRequest, { actor: { subject }, grants }: Principal) => {
    // Who may do nothing is refused right away. Anybody has such tokens of an issuer that serves
    // all the world, so they must not push out the counts of callers.
    if (!parts || request.routeOptions.config.vital || grants.length === 0) return
    const most = parts.settings.limits.requestsPerMinute
    const { count, seconds } = callers.add(subject)
    if (count > most) {
      throw new HttpError('http-too-many-requests', { of: 'requests', most, retryAfterSeconds: seconds })
    }
  })
}

/** Tells whether an error says that somebody guesses: the credentials were never good. */
function isGuess (error: unknown): boolean {
  return error instanceof HttpError && error.code === 'http-unauthenticated' && error.details.stale !== true
}

/**
 * Counts guesses by the address that they come from. Credentials are judged first: to look one up
 * costs no more than to refuse it, and an address is shared by all behind a proxy.
 */
function countFailures (app: FastifyInstance): void {
  const failures = new AddressCounts(addressPlaces)
  app.decorateRequest(
    'attempt',
    async function attempt<T> (this: FastifyRequest, work: () => Promise<T>): Promise<T> {
      try {
        return await work()
      } catch (error) {
        if (!isGuess(error) || this.routeOptions.config.vital) throw error
        const { count, seconds } = failures.add(this.ip)
        if (count <= failuresPerMinute) throw error
        throw new HttpError('http-too-many-requests', { of: 'failures', retryAfterSeconds: seconds })
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
    countRequests(app, parts)
    countFailures(app)
  },
  { name: 'limits' }
)
