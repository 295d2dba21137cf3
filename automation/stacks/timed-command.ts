import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js'

/** One command that the engine executed. */
export interface CommandTime {
  command: string
  seconds: number
}

/** The verbs that the Automation API uses; whatever else it asks for counts as one. */
const verbs = [
  'up',
  'preview',
  'refresh',
  'destroy',
  'cancel',
  'stack',
  'config',
  'state',
  'import',
  'plugin',
  'whoami'
]

/** The method of its commands that the SDK's type hides. */
interface Runs {
  run(args: string[], ...rest: unknown[]): Promise<unknown>
}

/** The command with the time of each of its runs noted, also of those that fail. */
export function timed (command: PulumiCommand, note: (time: CommandTime) => void): PulumiCommand {
  return new Proxy(command, {
    get (target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name !== 'run') {
        return (...values: unknown[]) => (member as (...given: unknown[]) => unknown).apply(target, values)
      }
      return async (...values: Parameters<Runs['run']>) => {
        const started = performance.now()
        try {
          return await (target as unknown as Runs).run(...values)
        } finally {
          const verb = values[0][0] ?? ''
          note({
            command: verbs.includes(verb) ? verb : 'other',
            seconds: (performance.now() - started) / 1000
          })
        }
      }
    }
  })
}
