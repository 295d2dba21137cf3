import { type FastifyRequest } from 'fastify'
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
import { hiddenError, knownScopes, type ScopedThings, type ScopeOf } from '../access/scopes.ts'
import { HttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Who makes it; `nobody` on a route that asks for no permission when nothing says who it is.
     */
    principal: Principal
    /** The caller may not do this, whatever the answer says. */
    denied?: boolean
    /** Limits lists to what the principal may see. */
    visible: { federations?: string[] }
  }
  interface FastifyInstance {
    /** Whether a request that is being answered would be let in now: for answers that last. */
    stillPermitted(request: FastifyRequest): Promise<boolean>
    /** Each route with the permission that it asks for, in the order of registration. */
    guardedRoutes: { method: string, url: string, permission: Permission | OpenRoute }[]
  }
  interface FastifyContextConfig {
    /**
     * What the caller must be permitted. `open`: nothing, and who it is is not looked at, so that
     * it works when nobody can be known; `anyone`: nothing, but the answer depends on who asks. A
     * route without it keeps the service from starting.
     */
    permission?: Permission | OpenRoute
    /**
     * What the permission must hold for; without it: for anything at all, and the answer shows what
     * the caller may see.
     */
    scope?: ScopeOf
  }
}
type OpenRoute = 'open' | 'anyone'

/** A scope that only grants without any limit cover: no federation has this name. */
const everything = { federation: '*' }

const isOpen = (permission: Permission | OpenRoute | undefined): permission is OpenRoute | undefined =>
  permission === undefined || permission === 'open' || permission === 'anyone'

/** The refusal, which names what is missing and which roles have it. */
function forbidden (
  { principal, method, routeOptions: { url = '' } }: FastifyRequest,
  permission: Permission
): HttpError {
  const able = roles.filter((role) => rolePermissions[role].includes(permission))
  return new HttpError(
    'http-forbidden',
    `${principal.actor.name} may not do this: ${method} ${url} needs ${permission} here, which the roles ` +
      `${able.join(', ')} have for the federations, phases, modes and operations that they are granted for`,
    {
      details: { permission, roles: able, subject: principal.actor.subject }
    }
  )
}

/**
 * Decides who makes a request and whether they may. One place for all routes: each names its
 * permission in its configuration.
 */
export const accessPlugin = fastifyPlugin<{ automation: ScopedThings, access: Access }>(
  async (app, { automation, access }) => {
    const scopes = knownScopes(automation)
    const registered: {
      method: string
      url: string
      route: { config?: { permission?: Permission | OpenRoute } }
    }[] = []
    app.decorate('guardedRoutes', [])
    app.decorateRequest('principal')
    app.decorateRequest('visible')

    app.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) registered.push({ method, url: route.url, route })
    })
    // Not in onRoute: a plugin from elsewhere gets its permission after it has registered its
    // routes.
    app.addHook('onReady', async () => {
      const open = registered.filter(({ route }) => route.config?.permission === undefined)
      if (open.length > 0) {
        throw new Error(
          `routes without a permission: ${
            open.map(({ method, url }) => `${method} ${url}`).join(', ')
          }: name it in config.permission`
        )
      }
      app.guardedRoutes.push(
        ...registered.map(({ method, url, route }) => ({
          method,
          url,
          permission: route.config?.permission ?? 'open'
        }))
      )
    })

    /** Who makes a request, whom it counts against, and whether credentials are tried at all. */
    async function identify (
      request: FastifyRequest,
      permission: Permission | OpenRoute | undefined
    ): Promise<Principal> {
      if (access.kind === 'local') return localPrincipal
      if (permission === 'open' || permission === undefined) return nobody
      try {
        return await request.attempt(() => access.identify(request)) ?? nobody
      } catch (error) {
        // Bad credentials don't keep anybody from where none are needed, above all not from signing
        // in.
        if (permission === 'anyone' && error instanceof HttpError && error.status === 401) return nobody
        throw error
      }
    }

    app.addHook('onRequest', async (request) => {
      const { permission } = request.routeOptions.config
      if (access.kind === 'local') checkLocal(request, access.hosts)
      request.principal = await identify(request, permission)
      await app.countRequest(
        request,
        request.principal === nobody ? `address ${request.ip}` : request.principal.actor.subject
      )
      const federations = visibleFederations(request.principal.grants)
      request.visible = federations === undefined ? {} : { federations }
      if (isOpen(permission)) return
      if (request.principal === nobody) {
        throw new HttpError(
          'http-unauthenticated',
          'nothing says who makes this request: expected an Authorization header with a bearer token ' +
            '(windlass token create makes one), or a session of the dashboard',
          { headers: { 'www-authenticate': 'Bearer realm="windlass"' } }
        )
      }
      // Before the body is read: whoever may do this nowhere may not do it here.
      if (!permitsSomewhere(request.principal.grants, permission)) throw forbidden(request, permission)
    })

    app.addHook('preHandler', async (request) => {
      const { permission, scope: scopeOf } = request.routeOptions.config
      if (isOpen(permission) || !scopeOf) return
      const { grants } = request.principal
      // A grant without any limit covers whatever there is: no need to ask what it is about.
      if (permits(grants, permission, everything)) return
      const scope = await scopeOf(request, scopes)
      if (permits(grants, permission, scope)) return
      request.denied = true
      throw permits(grants, 'federations.read', scope) ? forbidden(request, permission) : hiddenError(request)
    })

    app.decorate('stillPermitted', async (request: FastifyRequest) => {
      if (access.kind === 'local') return true
      try {
        const principal = await access.identify(request)
        const { permission, scope: scopeOf } = request.routeOptions.config
        return principal !== undefined &&
          (isOpen(permission) ||
            permits(principal.grants, permission, scopeOf ? await scopeOf(request, scopes) : {}))
      } catch (error) {
        // Only what is known to be no good ends it: a database or an issuer that is away for a
        // moment does not.
        return !(error instanceof HttpError && error.status === 401)
      }
    })
  },
  { name: 'access', dependencies: ['limits'] }
)
