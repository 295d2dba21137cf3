import { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import {
  permits,
  permitsSomewhere,
  rolePermissions,
  visibleFederations,
  type Principal
} from '../../automation/index.ts'
import { roles, type Permission } from '../../contract/words.ts'
import { localPrincipal, nobody, type Access } from '../access/caller.ts'
import { checkLocal } from '../access/local.ts'
import {
  hiddenError,
  knownScopes,
  type KnownScopes,
  type ScopedThings,
  type ScopeOf
} from '../access/scopes.ts'
import { HttpError, type AnyHttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller; `nobody` without credentials, on a route that needs no permission. */
    principal: Principal
    /** The caller may not do this, whatever the answer says. */
    denied?: boolean
    /** Limits lists to what the caller may see. */
    visible: { federations?: string[] }
  }
  interface FastifyInstance {
    /** Tells whether a request that is being answered would still be admitted: for streams. */
    stillPermitted(request: FastifyRequest): Promise<boolean>
    /** Each route with the permission that it needs, in the order of registration. */
    guardedRoutes: { method: string, url: string, permission: Permission | OpenRoute }[]
  }
  interface FastifyContextConfig {
    /**
     * The permission that callers need. `open`: none, and callers are not identified, so that it
     * works when that is not possible; `anyone`: none, but the answer depends on the caller. A
     * route without it keeps the service from starting.
     */
    permission?: Permission | OpenRoute
    /**
     * Reads what the permission must hold for. Without it the permission may hold for anything, and
     * the answer shows what the caller may see.
     */
    scope?: ScopeOf
  }
}
type OpenRoute = 'open' | 'anyone'

/** A scope that only unlimited grants cover: no federation has this name. */
const everything = { federation: '*' }

const isOpen = (permission: Permission | OpenRoute | undefined): permission is OpenRoute | undefined =>
  permission === undefined || permission === 'open' || permission === 'anyone'

/** The refusal, which names the missing permission and the roles that have it. */
function forbidden (
  { principal, method, routeOptions: { url = '' } }: FastifyRequest,
  permission: Permission
): AnyHttpError {
  const able = roles.filter((role) => rolePermissions[role].includes(permission))
  return new HttpError('http-forbidden', {
    wrong:
      `${principal.actor.name} may not do this: ${method} ${url} needs ${permission} here, which the roles ` +
      `${able.join(', ')} have for the federations, phases, modes and operations that they are granted for`,
    permission,
    roles: able,
    subject: principal.actor.subject
  })
}

/** Has every route state its permission before the application starts. */
function requirePermissions (app: FastifyInstance): void {
  const registered: { method: string, url: string, route: RouteOptions }[] = []
  app.decorate('guardedRoutes', [])
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) registered.push({ method, url: route.url, route })
  })
  // Not in onRoute: a plugin from elsewhere gets its permission after it has registered its routes.
  app.addHook('onReady', async () => {
    const without = registered.filter(({ route }) => route.config?.permission === undefined)
    if (without.length > 0) {
      const names = without.map(({ method, url }) => `${method} ${url}`).join(', ')
      throw new Error(`routes without a permission: ${names}: name it in config.permission`)
    }
    app.guardedRoutes.push(
      ...registered.map(({ method, url, route }) => ({
        method,
        url,
        permission: route.config?.permission ?? 'open'
      }))
    )
  })
}

/** Finds the caller of a request; `nobody` on a route that needs no permission. */
async function identify (request: FastifyRequest, access: Access): Promise<Principal> {
  const { permission } = request.routeOptions.config
  if (access.kind === 'local') {
    checkLocal(request, access.hosts)
    return localPrincipal
  }
  if (permission === 'open' || permission === undefined) return nobody
  try {
    return await request.attempt(() => access.identify(request)) ?? nobody
  } catch (error) {
    // Bad credentials keep nobody from where none are needed, above all not from signing in.
    if (
      permission === 'anyone' && error instanceof HttpError &&
      (error.code === 'http-unauthenticated' || error.code === 'http-too-many-requests')
    ) return nobody
    throw error
  }
}

/** Refuses callers who show no credentials, or who have the route's permission nowhere. */
function checkSomewhere (request: FastifyRequest): void {
  const { principal, routeOptions: { config: { permission } } } = request
  if (isOpen(permission)) return
  if (principal === nobody) {
    throw new HttpError('http-unauthenticated', {})
  }
  if (!permitsSomewhere(principal.grants, permission)) throw forbidden(request, permission)
}

/** Refuses callers who do not have the permission for what the request is about. */
async function checkScope (request: FastifyRequest, scopes: KnownScopes): Promise<void> {
  const { permission, scope: scopeOf } = request.routeOptions.config
  if (isOpen(permission) || !scopeOf) return
  const { grants } = request.principal
  // A grant without any limit covers everything: no need to look up what the request is about.
  if (permits(grants, permission, everything)) return
  const asked = [await scopeOf(request, scopes)].flat()
  if (asked.every((scope) => permits(grants, permission, scope))) return
  request.denied = true
  throw asked.some((scope) => permits(grants, 'federations.read', scope))
    ? forbidden(request, permission)
    : hiddenError(request)
}

/** Tells whether a request that is being answered would still be admitted. */
async function stillPermitted (
  request: FastifyRequest,
  access: Access,
  scopes: KnownScopes
): Promise<boolean> {
  if (access.kind === 'local') return true
  try {
    const principal = await access.identify(request)
    if (principal === undefined) return false
    const { permission, scope: scopeOf } = request.routeOptions.config
    if (isOpen(permission)) return true
    const asked = scopeOf ? [await scopeOf(request, scopes)].flat() : [{}]
    return asked.every((scope) => permits(principal.grants, permission, scope))
  } catch (error) {
    // Only credentials that are known to be bad end it: a database or an issuer that cannot be
    // reached for a moment does not.
    return !(error instanceof HttpError && error.status === 401)
  }
}

/**
 * Decides who makes a request and whether they may. One place for all routes: each names its
 * permission in its configuration.
 */
export const accessPlugin = fastifyPlugin<{ automation: ScopedThings, access: Access }>(
  async (app, { automation, access }) => {
    const scopes = knownScopes(automation)
    app.decorateRequest('principal')
    app.decorateRequest('visible')
    requirePermissions(app)

    // Before the body is read: callers who may do this nowhere may not do it here.
    app.addHook('onRequest', async (request) => {
      request.principal = await identify(request, access)
      const { principal } = request
      app.countRequest(request, principal)
      const federations = visibleFederations(principal.grants)
      request.visible = federations === undefined ? {} : { federations }
      checkSomewhere(request)
    })
    app.addHook('preHandler', (request) => checkScope(request, scopes))
    app.decorate('stillPermitted', (request: FastifyRequest) => stillPermitted(request, access, scopes))
  },
  { name: 'access', dependencies: ['limits'] }
)
