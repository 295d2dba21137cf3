/**
 * A step: one change of one resource, planned by the step generator and carried out by the step
 * executor.
 */
import { type DiffResponse, type PropertyDiff } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type Operations } from '../providers/operations.ts'
import { type OutcomeCode } from '../providers/provider-instance.ts'
import { type ProviderRegistry } from '../providers/provider-registry.ts'
import { type ResourceState } from '../state/resource-state.ts'

export type StepOp =
  | 'same'
  | 'create'
  | 'update'
  | 'delete'
  | 'replace'
  | 'create-replacement'
  | 'delete-replaced'
  | 'read'
  | 'read-replacement'
  | 'discard'
  | 'discard-replaced'
  | 'refresh'
  | 'remove-pending-replace'
  | 'import'
  | 'import-replacement'

/** What a registration gets back. */
export interface RegisterResult {
  state: ResourceState
  result: 'success' | 'failed' | 'skipped'
  unknown: boolean
}
/**
 * Whoever waits for the resource: the program's registration, read, or a step that continues
 * planning.
 */
export type Done = (result: RegisterResult) => void

/** What steps need of the run they are part of. */
export interface StepContext {
  readonly preview: boolean
  readonly registry: ProviderRegistry
  /** The provider of a resource: its plugin, or the registry for provider resources. */
  operationsOf(state: ResourceState): Operations
  warn(urn: string, message: string): void
  /**
   * Computes the difference between inputs, by the provider or by the engine where the provider
   * cannot tell.
   */
  diff(
    operations: Operations,
    subject: { urn: string, id: string },
    olds: { inputs: WireObject, outputs: WireObject },
    news: WireObject,
    ignoreChanges: string[]
  ): Promise<DiffResponse>
}

/** `error` with an outcome of PartialFailure: the resource exists and is kept. */
export interface Applied {
  outcome: OutcomeCode
  complete?: (() => void) | undefined
  error?: Error
}

export interface Step {
  readonly op: StepOp
  readonly urn: string
  readonly type: string
  readonly provider: string
  readonly old: ResourceState | undefined
  readonly new: ResourceState | undefined
  /** The state that the step is about: the new one where there is one. */
  readonly res: ResourceState
  /** Counts as a change of the resource, and not as a part of one. */
  readonly logical: boolean
  readonly keys?: readonly string[] | undefined
  readonly diffs?: readonly string[] | undefined
  readonly detailedDiff?: Readonly<Record<string, PropertyDiff>> | undefined
  /** Carries the step out. Throws when nothing came of it. */
  apply(): Promise<Applied>
  /**
   * Tells who waits that the step failed, or was not carried out because one that it depends on
   * failed.
   */
  release(result: 'failed' | 'skipped'): void
}

/** What a diff adds to a step. */
export interface Difference {
  keys: string[]
  diffs: string[]
  detailedDiff: Record<string, PropertyDiff> | undefined
}

export function now (): string {
  return new Date().toISOString()
}
