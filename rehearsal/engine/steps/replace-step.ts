/**
 * Steps that call no provider: a replacement as a whole, and the end of one whose resource is no
 * longer wanted.
 */
import { Outcome } from '../providers/call-result.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type Applied, type Difference, type Step } from './step.ts'

export class ReplaceStep implements Step {
  readonly op = 'replace'
  readonly logical = true
  readonly old: ResourceState
  readonly new: ResourceState
  readonly keys: string[] | undefined
  readonly diffs: string[] | undefined
  readonly detailedDiff: Difference['detailedDiff']

  constructor (old: ResourceState, state: ResourceState, difference?: Difference) {
    this.old = old
    this.new = state
    this.keys = difference?.keys
    this.diffs = difference?.diffs
    this.detailedDiff = difference?.detailedDiff
  }

  get urn (): string {
    return this.new.urn
  }
  get type (): string {
    return this.new.type
  }
  get provider (): string {
    return this.new.provider
  }
  get res (): ResourceState {
    return this.new
  }

  async apply (): Promise<Applied> {
    return { outcome: Outcome.Ok }
  }
  release (): void {/* The creation of the replacement answers. */}
}

export class RemovePendingReplaceStep implements Step {
  readonly op = 'remove-pending-replace'
  readonly logical = false
  readonly old: ResourceState
  readonly new = undefined

  constructor (old: ResourceState) {
    this.old = old
  }

  get urn (): string {
    return this.old.urn
  }
  get type (): string {
    return this.old.type
  }
  get provider (): string {
    return this.old.provider
  }
  get res (): ResourceState {
    return this.old
  }

  async apply (): Promise<Applied> {
    return { outcome: Outcome.Ok }
  }
  release (): void {/* Nobody waits for it. */}
}
