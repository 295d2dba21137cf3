/** Hooks of a program around the steps of its resources (pulumi `deploy/resource_hooks.go`). */
import { type HookType } from '../state/hook-names.ts'
import { type ResourceState } from '../state/resource-state.ts'

/** The resource that a hook is told about: before and after the step, as far as there is one. */
export interface HookSubject {
  old?: ResourceState | undefined
  new?: ResourceState | undefined
}

export interface StepHooks {
  /** Runs the hooks of one type. Rejects when one fails that must not. */
  run(type: Exclude<HookType, 'OnError'>, subject: HookSubject): Promise<void>
  /**
   * Asks the error hooks if a failed operation is to be tried again.
   * @param errors messages of its failures, the newest first
   */
  retry(
    operation: 'create' | 'update' | 'delete',
    subject: HookSubject,
    errors: readonly string[]
  ): Promise<boolean>
}

/** Tries of one operation, at most; Pulumi's own limit. */
const maxTries = 100

/** The hooks that a run calls, and the warnings about retries. */
interface Retrying {
  readonly hooks: StepHooks
  warn(urn: string, message: string): void
}

/** Failure of an operation, as its result or as an error. */
interface Attempt<T> {
  result?: T
  error?: Error
}

/** Tries an operation as long as the error hooks of its resource ask for it. */
export async function withRetries<T extends { failure?: { error: Error } } | undefined> (
  context: Retrying,
  operation: 'create' | 'update' | 'delete',
  subject: HookSubject,
  attempt: () => Promise<T>
): Promise<T> {
  const state = subject.new ?? subject.old
  const urn = state?.urn ?? ''
  const errors: string[] = []
  for (;;) {
    const tried = await once(attempt)
    const error = tried.error ?? tried.result?.failure?.error
    if (error === undefined || state?.resourceHooks.OnError === undefined) return settled(tried)
    errors.unshift(error.message)
    if (errors.length >= maxTries) {
      context.warn(urn, `maximum number of error hook retries (${maxTries}) reached`)
      throw new Error('maximum number of error hook retries reached')
    }
    if (!await context.hooks.retry(operation, subject, errors)) return settled(tried)
    context.warn(urn, `retrying ${operation} due to on-error hook request (${errors.length}/${maxTries})`)
  }
}

async function once<T> (attempt: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { result: await attempt() }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
function settled<T> ({ result, error }: Attempt<T>): T {
  if (error) throw error
  return result as T
}
