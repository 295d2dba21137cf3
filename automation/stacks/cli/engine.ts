/** The real CLI as a unit's engine, on simulated or live clouds. */
import { mkdir } from 'node:fs/promises'
import { type StackSettings, ConcurrentUpdateError } from '@pulumi/pulumi/automation/index.js'
import { type Clouds } from '../../../rehearsal/clouds/index.ts'
import { serveClouds } from '../../../rehearsal/clouds/serve.ts'
import { type Redactor } from '../../redaction/redactor.ts'
import { type Engine } from '../engine-contract.ts'
import { liveClusterApi } from '../preflight/live-cluster-api.ts'
import { type HostSettings } from '../protocol.ts'
import { watchSecrets } from '../secret-watch.ts'
import { tracedProviders } from '../traced-providers.ts'
import { type UnitRun } from '../types.ts'
import { type UnitSpans } from '../unit-spans.ts'
import { type Backend, backendOf } from './backend.ts'
import { commandOf } from './find.ts'
import { killedBy } from './killed-by.ts'
import { describeLocks, locksIn, releaseLocks } from './locks.ts'
import { type SettledStack, settleLive, settleSimulated } from './pending.ts'
import { servePack } from './serve-pack.ts'
import { type CliCommand, CliStacks } from './stacks.ts'

interface CliEngineParts {
  readonly unit: UnitRun
  readonly settings: HostSettings
  readonly redactor: Redactor
  readonly spans?: UnitSpans
}

/** Opens the engine for one attempt. `clouds` are the simulated ones; absent in mode live. */
export async function openCliEngine (parts: CliEngineParts, clouds: Clouds | undefined): Promise<Engine> {
  const { unit, settings } = parts
  const { cli } = settings
  if (!cli) throw new Error('a unit needs the Pulumi CLI, and this host was given none')
  const pulumi = commandOf(cli)
  const backend = backendOf(
    { mode: unit.mode, ...(unit.rehearsal && { world: unit.rehearsal.world }) },
    settings
  )
  if (backend.folder !== undefined) await mkdir(backend.folder, { recursive: true })
  const watched = clouds && watchedClouds(clouds, parts)
  const served = watched && await serveClouds(watched)
  const judged = unit.operation === 'up' || unit.operation === 'preview' ? await servePack() : undefined
  const environment = {
    ...backend.environment,
    // What was in a cluster that an up has replaced is gone with it. Not in other operations: a
    // refresh while a cluster cannot be reached must not forget what is in it.
    ...(unit.operation === 'up' && { PULUMI_K8S_DELETE_UNREACHABLE: 'true' }),
    ...(served && { PULUMI_DEBUG_PROVIDERS: served.debugProviders }),
    ...judged?.environment
  }
  const stacks = new CliStacks(pulumi as unknown as CliCommand, backend, environment)
  const releaseLock = lockRelease(unit, stacks)
  const settleOnce = async (signal: AbortSignal): Promise<SettledStack> =>
    watched
      ? await settleSimulated(stacks, unit.stack, { providers: watched, environment, signal })
      : await settleLive(stacks, unit.stack, signal)
  return {
    command: pulumi,
    environment,
    ...(judged !== undefined && { policyPack: judged.path }),
    stackSettings: () => stackSettingsOf(unit.stack, { backend, stacks, salt: settings.salt }),
    ...(backend.secretsProvider !== undefined && { secretsProvider: backend.secretsProvider }),
    async settlePending (signal) {
      try {
        return await settleOnce(signal)
      } catch (error) {
        if (!await releaseLock(error, signal)) throw error
        return await settleOnce(signal)
      }
    },
    releaseLock,
    lockHolders: (error) =>
      error instanceof ConcurrentUpdateError ? describeLocks(locksIn(error.message)) : '',
    lost (error) {
      const signal = killedBy(error)
      return signal && `the Pulumi CLI was ended by ${signal}`
    },
    clusterApi: liveClusterApi({
      learn: (secret) => {
        parts.redactor.learn(secret)
      }
    }),
    async close () {
      judged?.close()
      await served?.close()
    }
  }
}

/**
 * The simulated clouds with their secrets learnt and, where the unit is traced, their calls told.
 */
function watchedClouds (clouds: Clouds, { redactor, spans }: CliEngineParts) {
  const calls = watchSecrets(clouds, redactor)
  return { ...(spans ? tracedProviders(calls, spans) : calls), packages: clouds.packages }
}

function lockRelease (unit: UnitRun, stacks: CliStacks): Engine['releaseLock'] {
  return async (error, signal) => {
    if (!(error instanceof ConcurrentUpdateError)) return false
    return await releaseLocks(locksIn(error.message), {
      interrupted: unit.settle,
      signal,
      cancel: () => stacks.cancel(unit.stack)
    })
  }
}

async function stackSettingsOf (
  stack: string,
  { backend: { secretsProvider }, stacks, salt }: { backend: Backend, stacks: CliStacks, salt: string }
): Promise<StackSettings> {
  if (secretsProvider === undefined) return { encryptionSalt: salt }
  // The data key belongs to the stack and is in its state; a stack that has none yet gets one.
  const known = (await stacks.export(stack))?.deployment.secrets_providers
  const { encryptedkey } = known?.type === 'cloud' ? known.state as { encryptedkey?: string } : {}
  return { secretsProvider, ...(encryptedkey !== undefined && { encryptedKey: encryptedkey }) }
}
