/**
 * A step: one change of one resource, planned by the step generator and carried out by the step
 * executor.
 */
import { type DiffResponse, type PropertyDiff } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type OutcomeCode } from '../providers/call-result.ts'
import { type Operations } from '../providers/operations.ts'
import { type ProviderRegistry } from '../providers/provider-registry.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type HookSubject, type StepHooks } from './hooks.ts'

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

/** The answer to a registration. */
export interface RegisterResult {
  state: ResourceState
  result: 'success' | 'failed' | 'skipped'
  /** The resource was left out by the targets: its outputs are unknown. */
  unknown: boolean
}

/**
 * Answers whoever waits for the resource: a registration or read of the program, or planning that
 * goes on.
 */
export type Done = (result: RegisterResult) => void

/** The run, as its steps need it. */
export interface StepContext {
  readonly preview: boolean
  readonly registry: ProviderRegistry
  /** The provider of a resource: its plugin, or the registry for provider resources. */
  operationsOf(state: ResourceState): Operations
  /** Hooks of the program around steps. */
  readonly hooks: StepHooks
  /** Reports a failure after a step whose result counts: the run fails, the resource is kept. */
  failAfter(urn: string, error: unknown): void
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

/** Result of a step that had an effect. */
export interface Applied {
  /** PartialFailure comes with an error: the resource exists and is kept. */
  outcome: OutcomeCode
  /** Answers whoever waits, after the result was recorded. */
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
  /** State that the step is about: the new one, or the old one where there is no new one. */
  readonly res: ResourceState
  /** The step counts as a change of its own, not as a part of one. */
  readonly logical: boolean
  readonly keys?: readonly string[] | undefined
  readonly diffs?: readonly string[] | undefined
  readonly detailedDiff?: Readonly<Record<string, PropertyDiff>> | undefined
  /** Carries the step out. Throws when it had no effect. */
  apply(): Promise<Applied>
  /**
   * Answers whoever waits that the step failed, or was skipped because one that it depends on
   * failed.
   */
  release(result: 'failed' | 'skipped'): void
}

/** Runs the hooks after a step; their failure fails the run, not the step. */
export async function runAfter (
  context: StepContext,
  type: 'AfterCreate' | 'AfterUpdate' | 'AfterDelete',
  subject: HookSubject
): Promise<void> {
  try {
    await context.hooks.run(type, subject)
  } catch (error) {
    context.failAfter((subject.new ?? subject.old)?.urn ?? '', error)
  }
}

/** The changes that a step makes. */
export interface Difference {
  keys: string[]
  diffs: string[]
  detailedDiff: Record<string, PropertyDiff> | undefined
}

export function now (): string {
  return new Date().toISOString()
}
