/**
 * Removes the service's own variables from an environment that was read: libraries start child
 * processes with all of it, and most of these are secrets or name them.
 */
export function forgetConfig (environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('WINDLASS_') || name === 'DATABASE_URL') delete environment[name]
  }
}
