/** The engine under an operation on one unit's stack. */
import { type PulumiCommand, type StackSettings } from '@pulumi/pulumi/automation/index.js'
import { type JudgedCalls } from '../../contract/deployment.ts'
import { type ClusterApi } from './preflight/cluster-api.ts'

/**
 * A command of PulumiCommand's shape, the environment it needs, and what puts a stack in order
 * after a crash.
 */
export interface Engine {
  command: PulumiCommand
  environment: Record<string, string>
  /** The settings that the stack is opened with: how its secrets are encrypted. */
  stackSettings(): Promise<StackSettings>
  /** The policy pack as this engine takes it, when that is not the pack's folder. */
  policyPack?: string
  /** For stacks that are made, when it is not the passphrase. */
  secretsProvider?: string
  /**
   * Settles what an interrupted attempt had begun; resolves with what cannot be settled (URNs),
   * which is none with simulated clouds.
   */
  settlePending(signal: AbortSignal): Promise<{ adopted: string[], unsettled: string[] }>
  /**
   * Takes a lock that an operation was refused for away when nobody can be at work behind it;
   * resolves whether it did, and the operation is worth another try.
   */
  releaseLock(error: unknown, signal: AbortSignal): Promise<boolean>
  /** Names who holds the stack, for people; empty when it is not known. */
  lockHolders(error: unknown): string
  /**
   * Says how the engine itself was ended from outside while it worked, when that is why an
   * operation rejected; what it had begun is unknown. Undefined: it ended by itself.
   */
  lost(error: unknown): string | undefined
  /** The API servers of clusters in the clouds that the engine works with. */
  readonly clusterApi: ClusterApi
  /** Counts the calls that simulated clouds judged; absent with live clouds. */
  judged?(): JudgedCalls
  close(): Promise<void>
}

/**
 * The engine was ended from outside: the attempt is over, nobody knows how far it came, and another
 * one settles it.
 */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError'
}
