/**
 * Errors with which pulumi-kubernetes ends a wait (provider/pkg/await: error.go, awaiters.go,
 * internal/awaiter.go; provider/pkg/watcher; provider.go, `Create` and `Update`). Pure.
 */
import { type Draft } from '../draft.ts'
import { type Unready } from '../resource-model.ts'

/**
 * How a wait ended: by time in an awaiter of the kind's own, with a failure, by time in one that
 * watches a condition, or by time in one that polls.
 */
export type WaitEnd = 'timeout' | 'failed' | 'condition' | 'polling'

const words: Readonly<Record<WaitEnd, (name: string) => string>> = {
  timeout: (name) => `'${name}' timed out waiting to be Ready`,
  failed: (name) => `Resource '${name}' was created but failed to initialize`,
  condition: () => 'timed out waiting for the condition',
  polling: (name) => `Timeout occurred polling for '${name}'`
}

/** The provider's error for an object that exists and is not ready. */
export function waitError (draft: Draft, end: WaitEnd, reasons: readonly string[]): Unready {
  const began = draft.previous === undefined
    ? `resource "${draft.urn}" was successfully created, but the Kubernetes API server reported that it ` +
      'failed'
    : `the Kubernetes API server reported that "${draft.id}" failed`
  const message = `${began} to fully initialize or become live: ${words[end](draft.name)}`
  return { message, reasons: [message, ...reasons] }
}
