import cookie from '@fastify/cookie'
import { type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { type Registry } from 'prom-client'
import { type Automation, type Tracing } from '../automation/index.ts'
import { type Access } from './access/caller.ts'
import { answerClientError } from './client-errors.ts'
import { type ConnectionLimits, usualConnectionLimits } from './connection-limits.ts'
import { accessPlugin } from './plugins/access.ts'
import { auditPlugin } from './plugins/audit.ts'
import { bodiesPlugin } from './plugins/bodies.ts'
import { connectionsPlugin } from './plugins/connections.ts'
import { dashboardPlugin } from './plugins/dashboard.ts'
import { errorsPlugin, sendProblem } from './plugins/errors.ts'
import { etagPlugin } from './plugins/etag.ts'
import { limitsPlugin, type Pressure } from './plugins/limits.ts'
import { longListsPlugin } from './plugins/long-lists.ts'
import { metricsPlugin } from './plugins/metrics.ts'
import { openapiPlugin } from './plugins/openapi.ts'
import { proxiesPlugin } from './plugins/proxies.ts'
import { requestIdOf, requestIdsPlugin } from './plugins/request-ids.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { requestsPlugin } from './plugins/requests.ts'
import { routesPlugin } from './plugins/routes.ts'
import { streamsPlugin } from './plugins/streams.ts'
import { typedTextPlugin } from './plugins/typed-text.ts'
import { type StreamTimes } from './routes/route.ts'
import { routes } from './routes.ts'

/** The largest launch (1,000 cluster names, 200 faults with messages) is about 250 KB. */
const bodyLimit = 256 * 1024

/** A stack's name has at most 100 characters, a unit's id fewer; percent-encoding triples them. */
const maxParamLength = 512

export interface AppOptions {
  automation: Automation
  logger: FastifyBaseLogger
  /** The service's version, for the API document. */
  version: string
  /** The way in which callers are identified. */
  access: Access
  /** Receiver of traces; requests make no spans without. */
  tracing?: Tracing
  /** Metrics of the automation room's work; none unless given. */
  work?: Registry
  /** Times of event streams; the usual ones unless given. */
  streams?: StreamTimes
  /**
   * When requests that can wait are refused; when the event loop was late by 2 s for 5 s unless
   * given.
   */
  pressure?: Pressure
  /** Limits of one connection, and of all together; the usual ones unless given. */
  limits?: Partial<ConnectionLimits>
  /** Folder of the built dashboard; dashboard/dist unless given. */
  dashboardFolder?: string
}

/** Creates the bare application: how requests are read, and what a connection may take. */
function createApp ({ logger }: AppOptions, limits: ConnectionLimits, proxies: readonly string[]) {
  const app = fastify({
    loggerInstance: logger,
    // plugins/request-log.ts writes one line for each request.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit,
    requestTimeout: limits.request,
    connectionTimeout: limits.silence,
    keepAliveTimeout: limits.idle,
    http: { headersTimeout: limits.headers, connectionsCheckingInterval: limits.look },
    ...(proxies.length > 0 && { trustProxy: [...proxies] }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength },
    // Requests on open connections are still answered while the service drains.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply).catch((failure: unknown) => {
        request.log.error({ err: failure }, 'the answer failed')
      })
    },
    clientErrorHandler: (error, socket) => {
      answerClientError(error, socket, logger)
    },
    // Unknown fields are errors, no value is turned into another type, and all mistakes are
    // reported at once, with the schema that they break.
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: true,
        allErrors: true,
        verbose: true
      }
    }
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.server.maxConnections = limits.connections
  // Answers have the shapes of their schemas by type; a serializer made from a schema would
  // silently drop what the schema does not name.
  app.setSerializerCompiler(() => JSON.stringify)
  return app
}

/**
 * Builds the HTTP application over an automation room. It does not listen, and closing it does not
 * close the automation room.
 */
export async function buildApp (options: AppOptions): Promise<FastifyInstance> {
  const { automation, version, access, tracing, work, streams, pressure, dashboardFolder } = options
  const sessions = access.kind === 'authenticated' ? access.parts : undefined
  const proxies = sessions?.settings.proxies ?? []
  const limits = { ...usualConnectionLimits, ...options.limits }
  const app = createApp(options, limits, proxies)

  if (proxies.length === 0) await app.register(connectionsPlugin, { most: limits.perAddress })
  await app.register(requestIdsPlugin)
  // Loaded only where it is of use: it brings OpenTelemetry's names along.
  if (tracing) await app.register((await import('./plugins/traces.ts')).tracesPlugin, { tracing })
  await app.register(requestLogPlugin)
  if (sessions) await app.register(proxiesPlugin)
  await app.register(errorsPlugin)
  await app.register(requestsPlugin)
  await app.register(cookie)
  await app.register(limitsPlugin, {
    ...(sessions !== undefined && { parts: sessions }),
    ...(pressure !== undefined && { pressure })
  })
  await app.register(accessPlugin, { automation, access })
  await app.register(auditPlugin, { automation })
  await app.register(bodiesPlugin, { limits })
  await app.register(typedTextPlugin)
  await app.register(etagPlugin)
  await app.register(longListsPlugin)
  await app.register(streamsPlugin, { ...(sessions !== undefined && { parts: sessions }) })
  await app.register(openapiPlugin, { version, routes })
  await app.register(metricsPlugin, { automation, ...(work !== undefined && { work }) })
  await app.register(routesPlugin, {
    routes,
    parts: {
      automation,
      ...(sessions !== undefined && { sessions }),
      ...(streams !== undefined && { streams })
    }
  })
  await app.register(dashboardPlugin, { ...(dashboardFolder !== undefined && { folder: dashboardFolder }) })
  return app
}
