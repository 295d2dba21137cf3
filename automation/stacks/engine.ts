import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import createRehearsalCommand from '../../rehearsal/command.ts'
import { type Clouds, createClouds } from '../../rehearsal/clouds/index.ts'
import { classifyProviderError } from '../../rehearsal/clouds/errors.ts'
import { settle } from '../../rehearsal/settle.ts'
import { type CloudStore, type StackStore, type UnitRun } from './contract.ts'
import { packSource } from './policy-pack.ts'
import { project } from './project.ts'
import { type HostSettings } from './protocol.ts'
import { type Redactor } from './redact.ts'
import { watchSecrets } from './secret-watch.ts'

export { type DurationTable } from '../../rehearsal/clouds/durations.ts'

/** What an operation on one unit's stack runs on: a command of PulumiCommand's shape and the environment it needs. */
export interface Engine {
  command: PulumiCommand
  environment: Record<string, string>
  /** Settles what an interrupted attempt had begun; resolves with what cannot be settled (URNs), which is none with simulated clouds. */
  settlePending (signal: AbortSignal): Promise<{ adopted: string[], unsettled: string[] }>
  close (): Promise<void>
}

/** Whether a provider's message says that the same call may succeed later. */
export function retryableMessage (message: string): boolean {
  return classifyProviderError(message).retryable
}

interface Parts { unit: UnitRun, settings: HostSettings, stackStore: StackStore, cloudStore: CloudStore, redactor: Redactor }

/** The engine for one attempt: rehearsal in process, or the real CLI on simulated or live clouds. */
export async function openEngine (parts: Parts): Promise<Engine> {
  const { unit, settings } = parts
  const environment = {
    PULUMI_CONFIG_PASSPHRASE: settings.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // Without it each operation on existing state loses seconds on downloads that can't succeed offline.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: unit.mode === 'live' ? 'false' : 'true'
  }
  if (unit.mode === 'rehearsal' && settings.engine === 'rehearsal') return await rehearsalEngine(parts, environment)
  return await cliEngine(parts, environment)
}

// A cancel does not reach into the clouds: what has begun there goes on, and the host waits for it as long as the grace time lasts.
function simulatedClouds ({ unit, settings, cloudStore }: Parts): Clouds {
  const { timeScale = 0, seed = 1, faults = [] } = unit.rehearsal ?? {}
  return createClouds({ store: cloudStore, durations: settings.durations, timeScale, seed, faults, deployment: unit.deployment, clusters: [...unit.scope.clusters] })
}

async function rehearsalEngine (parts: Parts, environment: Record<string, string>): Promise<Engine> {
  const { unit, stackStore } = parts
  const providers = watchSecrets(simulatedClouds(parts), parts.redactor)
  const command = await createRehearsalCommand({ store: stackStore, providers, analyzers: packSource })
  return {
    // The SDK's type is a class with private members; what it uses of one is command, version and run.
    command: command as unknown as PulumiCommand,
    environment,
    async settlePending (signal) {
      // A look first: settling takes the stack's lock, and there is hardly ever anything to settle.
      const { deployment, journal } = await stackStore.load({ project, stack: unit.stack })
      if (journal.length === 0 && (deployment?.pending_operations ?? []).length === 0) return { adopted: [], unsettled: [] }
      const { adopted } = await settle({ store: stackStore, ref: { project, stack: unit.stack }, providers, env: environment, signal })
      return { adopted, unsettled: [] }
    },
    async close () { /* nothing outlives the operation */ }
  }
}

async function cliEngine (parts: Parts, environment: Record<string, string>): Promise<Engine> {
  const { unit, settings } = parts
  const command = await PulumiCommand.get()
  const place = unit.mode === 'live' ? 'live' : `rehearsal-${unit.rehearsal?.world ?? 'default'}`
  const backend = join(settings.dataFolder, 'backend', place)
  await mkdir(backend, { recursive: true })
  const served = unit.mode === 'rehearsal' ? await (await import('../../rehearsal/clouds/serve.ts')).serveClouds(simulatedClouds(parts)) : undefined
  return {
    command,
    environment: {
      ...environment,
      PULUMI_BACKEND_URL: `file://${backend}`,
      ...(served ? { PULUMI_DEBUG_PROVIDERS: served.debugProviders } : {})
    },
    // States are in the CLI's own backend here: what an interrupted attempt had begun is not looked for.
    async settlePending () { return { adopted: [], unsettled: [] } },
    async close () { await served?.close() }
  }
}
