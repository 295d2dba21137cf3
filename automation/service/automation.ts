import { type Account } from '../access/file.ts'
import { createAccessStore } from '../access/store.ts'
import { createAuditLog } from '../audit/log.ts'
import { createAgings } from '../deployments/agings.ts'
import { createDecisions } from '../deployments/decide/decisions.ts'
import { createLauncher } from '../deployments/launch/launcher.ts'
import { type LiveSettings } from '../deployments/launch/live.ts'
import { createOutages } from '../deployments/outages.ts'
import { createDeploymentReads } from '../deployments/read/deployments.ts'
import { createEventReads } from '../deployments/read/events.ts'
import { type Feeds } from '../deployments/read/feed.ts'
import { createFindingReads } from '../deployments/read/findings.ts'
import { createStackReads } from '../deployments/read/stacks.ts'
import { createUnitReads } from '../deployments/read/units.ts'
import { type Service } from '../deployments/service.ts'
import { createWorlds } from '../deployments/worlds.ts'
import { type Hook } from '../hooks/file.ts'
import { type Automation, type Health } from '../ports.ts'
import { type FoundCli } from '../stacks/cli/find.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { createFederations } from './federations.ts'
import { createHooks } from './hooks.ts'
import { createNotifications } from './notifications.ts'

/** Parts that work behind the door. */
export interface AutomationParts {
  readonly service: Service
  readonly feeds: Feeds
  readonly live: LiveSettings
  readonly pulumi?: FoundCli
  /** Webhooks; one list for all who read it, which may be replaced while the service runs. */
  readonly hooks: Hook[]
  /** Accounts of GitHub and GitLab with their persons. */
  readonly accounts: readonly Account[]
  /** Stacks that are in the CLI's own backend. */
  readonly cliStacks: CliPlaces
  readonly health: Health
  close(): Promise<void>
}

/** The door's object: each port over the parts that work behind it. */
export function createAutomation (parts: AutomationParts): Automation {
  const { service, feeds, live, hooks, accounts, pulumi, cliStacks, health, close } = parts
  const { pool, topology } = service
  const deployments = createDeploymentReads(pool)
  const launcher = createLauncher(service, live, pulumi)
  return {
    access: createAccessStore(pool),
    audit: createAuditLog(pool, service),
    ...launcher,
    ...deployments,
    ...createUnitReads(service, deployments),
    ...createFindingReads(pool, deployments),
    ...createEventReads(pool, feeds),
    ...createDecisions(service, deployments),
    ...createFederations(service),
    scenarios: () => service.scenarios.list(),
    ...createStackReads(service, topology, cliStacks),
    ...createWorlds(pool, cliStacks),
    ...createOutages(pool),
    ...createAgings(service, topology, cliStacks),
    ...createHooks({ pool, hooks, accounts, launcher, deployments }),
    ...createNotifications(service, deployments),
    ...health,
    close
  }
}
