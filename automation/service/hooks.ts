import { ownersOf } from '../access/accounts.ts'
import { type Account } from '../access/file.ts'
import { AutomationError } from '../errors.ts'
import { type Hook } from '../hooks/file.ts'
import { hookNamed, receive } from '../hooks/receive.ts'
import { checkProof } from '../hooks/signature.ts'
import { type DeploymentLauncher } from '../launcher.ts'
import { type Deployments, type Hooks } from '../ports.ts'
import { listDeliveries } from '../store/messages/hook-deliveries.ts'
import { type Pool } from '../store/postgres/database.ts'

/** Parts that webhooks work with. */
export interface HookParts {
  readonly pool: Pool
  /** Hooks of this service; one list for all who read it, which `replaceHooks` changes. */
  readonly hooks: Hook[]
  /** Accounts of GitHub and GitLab with their persons, until `replaceAccounts` gives others. */
  readonly accounts: readonly Account[]
  readonly launcher: DeploymentLauncher
  readonly deployments: Pick<Deployments, 'deployment'>
}

/** Webhooks of this service. */
export function createHooks ({ pool, hooks, accounts, launcher, deployments }: HookParts): Hooks {
  const parts = {
    hooks,
    owners: ownersOf(accounts),
    pool,
    launcher,
    deployment: deployments.deployment,
    now: Date.now
  }
  return {
    checkHook (name, headers) {
      checkProof(hookNamed(hooks, name), headers)
    },
    receiveHook: (name, request) => receive(parts, name, request),
    replaceHooks (next) {
      hooks.splice(0, hooks.length, ...next)
    },
    replaceAccounts (next) {
      parts.owners = ownersOf(next)
    },
    async hookDeliveries (name, { before, limit }) {
      if (!hooks.some((hook) => hook.name === name)) {
        throw new AutomationError('hook-not-found', { hook: name })
      }
      const found = await listDeliveries(pool, name, {
        limit,
        ...(before !== undefined && { before: Date.parse(before) })
      })
      return found.map(({ delivery, receivedAt, outcome }) => ({ delivery, receivedAt, ...outcome }))
    }
  }
}
