/**
 * Work of the Pulumi SDK that a unit host turns off because nobody reads it: the SDK sends three
 * debug messages a resource to the engine, each a call and an answer, and formats a stack trace for
 * every promise it tracks, several a resource. Together they are a third of what a resource costs.
 * Neither is in any event that is kept.
 */
import log from '@pulumi/pulumi/log/index.js'
import debuggable from '@pulumi/pulumi/runtime/debuggable.js'

/** Not in the SDK's types: what its own modules wrap their promises with. */
interface PromiseTracker {
  debuggablePromise<T>(promise: Promise<T>, context?: string): Promise<T>
}

/** Call it once, before the first program runs. */
export function quietSdk (): void {
  log.debug = async () => undefined
  // Two frames still show where a program threw.
  Error.stackTraceLimit = 2
  const tracker = debuggable as unknown as PromiseTracker
  const { debuggablePromise } = tracker
  tracker.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    try {
      return debuggablePromise(promise, context)
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
  }
}
