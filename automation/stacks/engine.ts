import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { deployersOf, namedApplications, serviceIdentities } from '../../programs/types/deployers.ts'
import { type Clouds, createClouds } from '../../rehearsal/clouds/index.ts'
import createRehearsalCommand from '../../rehearsal/command.ts'
import { settle } from '../../rehearsal/settle.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { openCliEngine } from './cli/engine.ts'
import { type Engine } from './engine-contract.ts'
import { packSource } from './policy-pack.ts'
import { project } from './project.ts'
import { type HostSettings } from './protocol.ts'
import { watchSecrets } from './secret-watch.ts'
import { tracedProviders } from './traced-providers.ts'
import { type CloudStore, type StackStore, type UnitRun } from './types.ts'
import { type UnitSpans } from './unit-spans.ts'
import { type VirtualTimes } from './virtual-times.ts'

interface Parts {
  unit: UnitRun
  settings: HostSettings
  stackStore: StackStore
  cloudStore: CloudStore
  redactor: Redactor
  /** The attempt's times in its world. */
  times?: VirtualTimes | undefined
  /** Notes the calls of simulated clouds, when somebody keeps the unit's trace. */
  spans?: UnitSpans
}

/**
 * The engine for one attempt: rehearsal in process, or the real CLI on simulated or live clouds.
 */
export async function openEngine (parts: Parts): Promise<Engine> {
  const { unit, settings } = parts
  if (unit.mode === 'live') return await openCliEngine(parts, undefined)
  if (settings.engine !== 'pulumi') return await rehearsalEngine(parts)
  const clouds = simulatedClouds(parts)
  return { ...await openCliEngine(parts, clouds), clusterApi: clouds, judged: () => clouds.judged() }
}

// A cancel does not reach into the clouds: what has begun there goes on, and the host waits for it
// as long as the grace time lasts.
function simulatedClouds ({ unit, settings, cloudStore, times }: Parts): Clouds {
  const { timeScale = 0, seed = 1, faults = [] } = unit.rehearsal ?? {}
  return createClouds({
    deleteUnreachable: unit.operation === 'up',
    store: cloudStore,
    durations: settings.durations,
    timeScale,
    seed,
    faults,
    deployment: unit.deployment,
    unit: unit.unit,
    // The first phase makes the identities that deploy the others: an administrator deploys it.
    actingAs: unit.phase === 'prerequisites' ? {} : serviceIdentities(unit.federation),
    made: Object.values(deployersOf(unit.federation)),
    applications: namedApplications(unit.federation),
    // A world begins as accounts that nobody prepared.
    fresh: true,
    ...(times && { timeline: times.timeline }),
    clusters: [...unit.scope.clusters],
    operators: unit.federation.operators ?? []
  })
}

async function rehearsalEngine (parts: Parts): Promise<Engine> {
  const { unit, stackStore, settings } = parts
  const environment = { PULUMI_CONFIG_PASSPHRASE: settings.passphrase }
  const clouds = simulatedClouds(parts)
  const watched = watchSecrets(clouds, parts.redactor)
  const providers = parts.spans ? tracedProviders(watched, parts.spans) : watched
  const command = await createRehearsalCommand({ store: stackStore, providers, analyzers: packSource })
  return {
    // The SDK's type is a class with private members; what it uses of one is command, version and
    // run.
    command: command as unknown as PulumiCommand,
    environment,
    stackSettings: () => Promise.resolve({ encryptionSalt: settings.salt }),
    async settlePending (signal) {
      // A look first: settling takes the stack's lock, and there is hardly ever anything to settle.
      const { deployment, journal } = await stackStore.load({ project, stack: unit.stack })
      if (journal.length === 0 && (deployment?.pending_operations ?? []).length === 0) {
        return { adopted: [], unsettled: [] }
      }
      const { adopted } = await settle({
        store: stackStore,
        ref: { project, stack: unit.stack },
        providers,
        env: environment,
        signal
      })
      return { adopted, unsettled: [] }
    },
    // The store's locks go over with the unit's lease: one that refuses an operation is somebody's.
    releaseLock: () => Promise.resolve(false),
    lockHolders: () => '',
    // It ends with its process only.
    lost: () => undefined,
    clusterApi: clouds,
    judged: () => clouds.judged(),
    async close () {/* nothing outlives the operation */}
  }
}
