/** Scopes of requests: the things that their permission must hold for. */
import { type FastifyRequest } from 'fastify'
import {
  AutomationError,
  type Deployments,
  type Notifications,
  type Scope,
  type Worlds
} from '../../automation/index.ts'
import { type LaunchRequest } from '../../contract/launch.ts'
import { lastPhase, phaseNames, type Mode } from '../../contract/words.ts'

/** The thing that a request is about, or several: then the permission must hold for each. */
export type Scopes = Scope | readonly Scope[]
/** Reads scopes from a validated request. */
export type ScopeOf = (request: FastifyRequest, known: KnownScopes) => Scopes | Promise<Scopes>
/** Scopes of deployments by their ids. Rejects with `deployment-not-found`. */
export interface KnownScopes {
  deployment(id: string): Promise<Scope>
  notification(id: string): Promise<Scope>
  /** Rejects with `world-not-found`. */
  world(name: string): Promise<readonly Scope[]>
}

/** The federation that the path names. */
export const federationScope: ScopeOf = ({ params }) => ({ federation: (params as { name: string }).name })

/** The deployment that the path names. */
export const deploymentScope: ScopeOf = ({ params }, known) => known.deployment((params as { id: string }).id)

/** The deployment that a notification is about. */
export const notificationScope: ScopeOf = ({ params }, known) =>
  known.notification((params as { notification: string }).notification)

/** All that is in the world that the path names. */
export const worldScope: ScopeOf = ({ params }, known) => known.world((params as { world: string }).world)

/** The gate that the body decides on: one phase of the deployment. */
export const gateScope: ScopeOf = async ({ params, body }, known) => {
  const { phase } = body as { phase: number }
  return { ...await known.deployment((params as { id: string }).id), phases: { from: phase, to: phase } }
}

/** The launch that the body asks for. */
export const launchScope: ScopeOf = ({ body }) => {
  const { federation, operation, mode = 'rehearsal', phases } = body as LaunchRequest
  return { federation, operation, mode, phases: { from: phases?.from ?? 1, to: phases?.to ?? lastPhase } }
}

/**
 * The stack that the path names: `{federation}.{phase name}.{scope}`. Its state belongs to no
 * operation, so only a grant for every operation covers it.
 */
export const stackScope: ScopeOf = ({ params, query }) => {
  const { name, stack } = params as { name: string, stack: string }
  const { mode = 'rehearsal' } = query as { mode?: Mode }
  const phase = phaseNames.findIndex((phaseName) => stack.startsWith(`${name}.${phaseName}.`)) + 1
  return { federation: name, mode, ...(phase > 0 && { phases: { from: phase, to: phase } }) }
}

// A scope is about 200 bytes.
const keptScopes = 10_000

/** Things whose scopes are looked up. */
export type ScopedThings =
  & Pick<Deployments, 'deploymentScope'>
  & Pick<Notifications, 'notificationScope'>
  & Pick<Worlds, 'worldScopes'>

/** Remembers the scopes of deployments, which never change; the oldest are forgotten first. */
export function knownScopes (automation: ScopedThings): KnownScopes {
  const known = new Map<string, Scope>()
  return {
    notification: (id) => automation.notificationScope(id),
    world: (name) => automation.worldScopes(name),
    async deployment (id) {
      const kept = known.get(id)
      if (kept) return kept
      const scope = await automation.deploymentScope(id)
      const oldest = known.keys().next()
      if (known.size >= keptScopes && !oldest.done) known.delete(oldest.value)
      known.set(id, scope)
      return scope
    }
  }
}

/**
 * The error about a thing that the caller may not see: the same as about one that does not exist.
 */
export function hiddenError (request: FastifyRequest): AutomationError {
  const { id, name, notification, world } = request.params as Partial<
    Record<'id' | 'name' | 'notification' | 'world', string>
  >
  if (world !== undefined) return new AutomationError('world-not-found', { world })
  if (notification !== undefined) {
    return new AutomationError('notification-not-found', { notification })
  }
  if (id !== undefined) {
    return new AutomationError('deployment-not-found', { deployment: id })
  }
  const federation = name ?? (request.body as { federation?: string } | undefined)?.federation ?? ''
  return new AutomationError('federation-not-found', { federation })
}
