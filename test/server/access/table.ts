/**
 * Expected permissions, written a second time by hand: the roles that have each, and the routes
 * that need each.
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
 * The thing that a route is asked about: everything (all federations at once), nothing, a
 * federation (as the path says), a deployment of phases 2 to 3, its gate of phase 2, a launch of
 * phases 2 to 3, a stack of phase 2, or a world with a federation in it.
 */
export type About =
  | 'everything'
  | 'nothing'
  | 'federation'
  | 'deployment'
  | 'gate'
  | 'launch'
  | 'stack'
  | 'world'

/** The permission that routes need. A pattern that ends in `*` stands for all that begin so. */
export interface Expectation {
  pattern: string
  permission: Permission
  about: About
}

const needs = (permission: Permission, about: About, ...patterns: string[]): Expectation[] =>
  patterns.map((pattern) => ({ pattern, permission, about }))

/**
 * The first row that fits a route counts. A new route below a federation or a deployment needs what
 * the last row for it says; any other needs a row of its own, and so does one that needs more.
 */
export const expectations: Expectation[] = [
  ...needs('federations.read', 'nothing', 'GET /v1/federations', 'GET /v1/scenarios'),
  ...needs('state.read', 'stack', 'GET /v1/federations/:name/stacks/:stack/state'),
  ...needs(
    'stacks.read',
    'federation',
    'GET /v1/federations/:name/outputs',
    'GET /v1/federations/:name/stacks'
  ),
  ...needs('federations.read', 'federation', 'GET /v1/federations/:name', 'GET /v1/federations/:name/*'),
  ...needs(
    'deployments.read',
    'nothing',
    'GET /v1/deployments',
    'GET /v1/notifications',
    'GET /v1/approvals'
  ),
  ...needs('deployments.read', 'deployment', 'GET /v1/deployments/:id', 'GET /v1/deployments/:id/*'),
  ...needs('deployments.launch', 'launch', 'POST /v1/deployments'),
  ...needs(
    'deployments.approve',
    'gate',
    'POST /v1/deployments/:id/approve',
    'POST /v1/deployments/:id/reject'
  ),
  ...needs('deployments.approve', 'deployment', 'POST /v1/deployments/:id/override-window'),
  ...needs(
    'deployments.steer',
    'deployment',
    'POST /v1/deployments/:id/*',
    'POST /v1/notifications/:notification/resend'
  ),
  ...needs('tokens.use', 'nothing', 'POST /v1/tokens', 'GET /v1/tokens', 'DELETE /v1/tokens/:token'),
  ...needs('stacks.read', 'nothing', 'GET /v1/worlds'),
  ...needs(
    'deployments.launch',
    'world',
    'DELETE /v1/worlds/:world',
    'GET /v1/worlds/:world/outages',
    'POST /v1/worlds/:world/outages',
    'DELETE /v1/worlds/:world/outages',
    'GET /v1/worlds/:world/agings',
    'POST /v1/worlds/:world/agings'
  ),
  ...needs('metrics.read', 'nothing', 'GET /metrics'),
  ...needs('audit.read', 'nothing', 'GET /v1/audit'),
  ...needs(
    'audit.read',
    'everything',
    'GET /v1/hooks/:name/deliveries',
    'GET /v1/audit/export',
    'GET /v1/audit/verification'
  )
]

/** The row that counts for a route such as `GET /v1/deployments/:id`. */
export function expectationOf (route: string): Expectation | undefined {
  return expectations.find(({ pattern }) =>
    pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern
  )
}

/**
 * Routes that need no permission: webhooks, which are signed, signing in, health, the API document,
 * and the dashboard's page and files, which hold no data.
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
