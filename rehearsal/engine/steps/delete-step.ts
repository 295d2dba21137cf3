/** Deletes a resource: one that is gone from the program, or one that was replaced. */
import { Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { withRetries } from './hooks.ts'
import { type Applied, type Step, type StepContext, runAfter } from './step.ts'

/** The resource is protected. Deletions of unprotected resources that are under way go on. */
export class DeleteProtected extends Error {
  override readonly name = 'DeleteProtected'
  constructor (urn: string) {
    super(
      `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either ` +
        `remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or ` +
        `use the command:\n\`pulumi state unprotect ${shellQuote(urn)}\``
    )
  }
}
/** A URN quoted for a shell. */
export function shellQuote (urn: string): string {
  return `'${urn.replaceAll("'", "'\\''")}'`
}

export interface DeleteOptions {
  /** URNs that this run deletes. A resource that is `deletedWith` one of them needs no call. */
  deletions: ReadonlySet<string>
  /** The resource was replaced, and is deleted before or after its replacement is made. */
  replaced?: 'before' | 'after'
}

export class DeleteStep implements Step {
  readonly old: ResourceState
  readonly new = undefined
  readonly #options: DeleteOptions
  readonly #context: StepContext

  constructor (context: StepContext, old: ResourceState, options: DeleteOptions) {
    this.#context = context
    this.old = old
    this.#options = options
  }

  get op (): 'delete' | 'delete-replaced' | 'discard' | 'discard-replaced' {
    if (this.old.external) return this.#options.replaced ? 'discard-replaced' : 'discard'
    return this.#options.replaced ? 'delete-replaced' : 'delete'
  }

  get logical (): boolean {
    return this.#options.replaced === undefined
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

  /** Tells if the provider is called. */
  get callsProvider (): boolean {
    const { old } = this
    return !this.#context.preview && old.custom && !old.external && !old.retainOnDelete &&
      !(old.deletedWith !== '' && this.#options.deletions.has(old.deletedWith))
  }

  async apply (): Promise<Applied> {
    const { old } = this
    await this.#context.hooks.run('BeforeDelete', { old })
    if (old.protect && this.#options.replaced === undefined) throw new DeleteProtected(old.urn)
    if (this.callsProvider) {
      const olds = { inputs: old.inputs, outputs: old.outputs ?? {} }
      await withRetries<undefined>(this.#context, 'delete', { old }, async () => {
        const subject = { ...subjectOf(old.urn), id: old.id }
        await this.#context.operationsOf(old).delete(subject, olds, old.customTimeouts.delete ?? 0)
        return undefined
      })
    }
    if (this.#options.replaced === 'before') old.pendingReplacement = true
    await runAfter(this.#context, 'AfterDelete', { old })
    return { outcome: Outcome.Ok }
  }

  release (): void {/* Nobody waits for a deletion. */}
}
