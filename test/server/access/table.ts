/**
 * Who may do what, written down a second time, by hand, as the tests expect it: permission by role,
 * and permission by route.
 */
import { type Permission, type Role } from '../../../contract/words.ts'

export const mayByRole: Record<Permission, Role[]> = {
  'federations.read': ['viewer', 'operator', 'approver', 'admin'],
  'deployments.read': ['viewer', 'operator', 'approver', 'admin'],
  'stacks.read': ['viewer', 'operator', 'approver', 'admin'],
  'metrics.read': ['viewer', 'operator', 'approver', 'admin'],
  'tokens.use': ['viewer', 'operator', 'approver', 'admin'],
  'state.read': ['operator', 'admin'],
  'deployments.launch': ['operator', 'admin'],
  'deployments.steer': ['operator', 'admin'],
  'deployments.approve': ['approver', 'admin'],
  'audit.read': ['admin']
}

/**
 * What a route is asked about: everything (all federations at once), nothing, a federation (as the
 * path says), a deployment of phases 2 to 3, its gate of phase 2, a launch of phases 2 to 3, or a
 * stack of phase 2.
 */
type About = 'everything' | 'nothing' | 'federation' | 'deployment' | 'gate' | 'launch' | 'stack'
export interface GuardedRoute {
  route: string
  permission: Permission
  about: About
}

const guarded = (permission: Permission, about: About, ...routes: string[]): GuardedRoute[] =>
  routes.map((route) => ({ route, permission, about }))

export const guardedRoutes: GuardedRoute[] = [
  ...guarded('federations.read', 'nothing', 'GET /v1/federations'),
  ...guarded(
    'federations.read',
    'federation',
    'GET /v1/federations/:name',
    'GET /v1/federations/:name/plan',
    'GET /v1/federations/:name/schedules',
    'GET /v1/federations/:name/windows'
  ),
  ...guarded(
    'stacks.read',
    'federation',
    'GET /v1/federations/:name/outputs',
    'GET /v1/federations/:name/stacks'
  ),
  ...guarded('state.read', 'stack', 'GET /v1/federations/:name/stacks/:stack/state'),
  ...guarded(
    'deployments.read',
    'nothing',
    'GET /v1/deployments',
    'GET /v1/notifications',
    'GET /v1/approvals'
  ),
  ...guarded(
    'deployments.read',
    'deployment',
    'GET /v1/deployments/:id',
    'GET /v1/deployments/:id/gates',
    'GET /v1/deployments/:id/units',
    'GET /v1/deployments/:id/units/:unit',
    'GET /v1/deployments/:id/validation',
    'GET /v1/deployments/:id/policy-findings',
    'GET /v1/deployments/:id/drift',
    'GET /v1/deployments/:id/changes',
    'GET /v1/deployments/:id/events'
  ),
  ...guarded('deployments.launch', 'launch', 'POST /v1/deployments'),
  ...guarded(
    'deployments.steer',
    'deployment',
    'POST /v1/deployments/:id/cancel',
    'POST /v1/deployments/:id/resume',
    'POST /v1/notifications/:notification/resend'
  ),
  ...guarded(
    'deployments.approve',
    'gate',
    'POST /v1/deployments/:id/approve',
    'POST /v1/deployments/:id/reject'
  ),
  ...guarded('deployments.approve', 'deployment', 'POST /v1/deployments/:id/override-window'),
  ...guarded('tokens.use', 'nothing', 'POST /v1/tokens', 'GET /v1/tokens', 'DELETE /v1/tokens/:token'),
  ...guarded('metrics.read', 'nothing', 'GET /metrics'),
  ...guarded('audit.read', 'nothing', 'GET /v1/audit'),
  ...guarded(
    'audit.read',
    'everything',
    'GET /v1/hooks/:name/deliveries',
    'GET /v1/audit/export',
    'GET /v1/audit/verification'
  )
]

/**
 * Routes that ask for no permission: webhooks, which are signed, signing in, health, the API's
 * description, and the page with its files, which hold no data.
 */
export const openRoutes = [
  /^GET \/v1\/session(\/login|\/callback)?$/,
  /^(POST|DELETE) \/v1\/session$/,
  /^POST \/v1\/hooks\/:name$/,
  /^GET \/(healthz|readyz|openapi\.json)$/,
  /^GET \/docs(\/|$)/,
  /^GET \/assets\//,
  /^GET \/(sign-in|federations|deployments|launch|waiting|notifications|audit|tokens)?(\/\*)?$/
]
