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
import { connectionsPlugin } from './plugins/connections.ts'
import { errorsPlugin, sendProblem } from './plugins/errors.ts'
import { etagPlugin } from './plugins/etag.ts'
import { limitsPlugin, type Pressure } from './plugins/limits.ts'
import { metricsPlugin } from './plugins/metrics.ts'
import { openapiPlugin } from './plugins/openapi.ts'
import { requestIdOf, requestIdsPlugin } from './plugins/request-ids.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { requestsPlugin } from './plugins/requests.ts'
import { schemasPlugin } from './plugins/schemas.ts'
import { streamsPlugin } from './plugins/streams.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { auditRoutes } from './routes/audit.ts'
import { changeRoutes } from './routes/changes.ts'
import { dashboardRoutes } from './routes/dashboard.ts'
import { deploymentRoutes } from './routes/deployments.ts'
import { driftRoutes } from './routes/drift.ts'
import { eventRoutes } from './routes/events.ts'
import { federationRoutes } from './routes/federations.ts'
import { healthRoutes } from './routes/health.ts'
import { hookDeliveryRoutes } from './routes/hook-deliveries.ts'
import { hookRoutes } from './routes/hooks.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { policyFindingRoutes } from './routes/policy-findings.ts'
import { scheduleRoutes } from './routes/schedules.ts'
import { sessionRoutes } from './routes/session.ts'
import { stackRoutes } from './routes/stacks.ts'
import { steeringRoutes } from './routes/steering.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { unitRoutes } from './routes/units.ts'
import { windowRoutes } from './routes/windows.ts'

/** The largest launch (1,000 cluster names, 200 faults with messages) is about 250 KB. */
const bodyLimit = 256 * 1024

/** A stack's name has at most 100 characters, a unit's id fewer; percent-encoding triples them. */
const maxParamLength = 512

export interface AppOptions {
  automation: Automation
  logger: FastifyBaseLogger
  /** The service's version, for the API document. */
  version: string
  /** How callers are known. */
  access: Access
  /** Where traces go; requests make no spans without. */
  tracing?: Tracing
  /** Metrics of the automation room's work; none unless given. */
  work?: Registry
  /** Silence after which streams send a heartbeat; 15 s unless given. */
  heartbeatMilliseconds?: number
  /** Time between looks whether whoever reads a stream still may; 30 s unless given. */
  recheckMilliseconds?: number
  /**
   * When requests that can wait are refused; when the event loop was late by 2 s for 5 s unless
   * given.
   */
  pressure?: Pressure
  /** What one connection, and all together, may take; the usual limits unless given. */
  limits?: Partial<ConnectionLimits>
  /** Where the built dashboard is; dashboard/dist unless given. */
  dashboardFolder?: string
}

/**
 * The HTTP application over an automation room. It does not listen, and closing it does not close
 * the automation.
 */
export async function buildApp (options: AppOptions): Promise<FastifyInstance> {
  const {
    automation,
    version,
    access,
    heartbeatMilliseconds,
    recheckMilliseconds,
    pressure,
    dashboardFolder
  } = options
  const limits = { ...usualConnectionLimits, ...options.limits }
  const parts = access.kind === 'authenticated' ? access.parts : undefined
  const settings = parts?.settings
  const app = fastify({
    loggerInstance: options.logger,
    // plugins/request-log.ts writes one line for each request.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit,
    requestTimeout: limits.request,
    connectionTimeout: limits.silence,
    keepAliveTimeout: limits.idle,
    http: { headersTimeout: limits.headers, connectionsCheckingInterval: limits.look },
    ...(settings && settings.proxies.length > 0 && { trustProxy: settings.proxies }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength },
    // Requests on open connections are still answered while the service drains.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply).catch((failure: unknown) => {
        request.log.error({ err: failure }, 'answer failed')
      })
    },
    // Unknown fields are errors, nothing is turned into another type, and all mistakes are told at
    // once, with the schema that they break.
    clientErrorHandler: (error, socket) => {
      answerClientError(error, socket, options.logger)
    },
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

  // Answers have the shapes of their schemas by type; a schema-driven serializer would silently
  // drop what the schema does not name.
  app.setSerializerCompiler(() => JSON.stringify)

  if (!settings || settings.proxies.length === 0) {
    await app.register(connectionsPlugin, { most: limits.perAddress })
  }
  await app.register(schemasPlugin)
  await app.register(requestIdsPlugin)
  // Loaded only where it is of use: it brings OpenTelemetry's names along.
  if (options.tracing) {
    await app.register((await import('./plugins/traces.ts')).tracesPlugin, { tracing: options.tracing })
  }
  await app.register(requestLogPlugin)
  await app.register(errorsPlugin)
  await app.register(requestsPlugin)
  await app.register(cookie)
  await app.register(limitsPlugin, { ...(parts && { parts }), ...(pressure && { pressure }) })
  await app.register(accessPlugin, { automation, access })
  await app.register(auditPlugin, { automation })
  await app.register(etagPlugin)
  await app.register(streamsPlugin, { ...(parts && { parts }) })
  await app.register(openapiPlugin, { version })
  await app.register(metricsPlugin, { automation, ...(options.work && { work: options.work }) })
  await app.register(healthRoutes, { automation })
  await app.register(sessionRoutes, { ...(parts && { parts }) })
  await app.register(tokenRoutes, { automation })
  await app.register(deploymentRoutes, { automation })
  await app.register(unitRoutes, { automation })
  await app.register(eventRoutes, {
    automation,
    ...(heartbeatMilliseconds && { heartbeatMilliseconds }),
    ...(recheckMilliseconds && { recheckMilliseconds })
  })
  await app.register(policyFindingRoutes, { automation })
  await app.register(driftRoutes, { automation })
  await app.register(changeRoutes, { automation })
  await app.register(approvalRoutes, { automation })
  await app.register(windowRoutes, { automation })
  await app.register(steeringRoutes, { automation })
  await app.register(hookRoutes, { automation })
  await app.register(hookDeliveryRoutes, { automation })
  await app.register(notificationRoutes, { automation })
  await app.register(scheduleRoutes, { automation })
  await app.register(federationRoutes, { automation })
  await app.register(stackRoutes, { automation })
  await app.register(auditRoutes, { automation })
  await app.register(dashboardRoutes, { ...(dashboardFolder !== undefined && { folder: dashboardFolder }) })
  return app
}
