/**
 * What a unit host turns off in the Pulumi SDK because nobody reads it: the SDK sends three debug messages a resource to the engine, each a call and an answer, and formats a
 * stack trace for every promise it tracks, several a resource. Together they are a third of what a resource costs. Neither is in any event that is kept.
 */
import log from '@pulumi/pulumi/log/index.js'

/** Call it once, before the first program runs. */
export function quietSdk (): void {
  log.debug = async () => undefined
  // Two frames still show where a program threw.
  Error.stackTraceLimit = 2
}
