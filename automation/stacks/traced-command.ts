import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { traceparentOf } from '../tracing/context.ts'
import { type UnitSpans } from './unit-spans.ts'

/** The method of its commands that the SDK's type hides. */
type Run = (args: string[], cwd: string, env: Record<string, string>, ...rest: unknown[]) => Promise<unknown>

// Commands of two words.
const families = ['stack', 'config', 'state', 'plugin']

/**
 * The command with a span for each of its runs. The real CLI gets it as TRACEPARENT, by which what
 * it starts may go on with the trace.
 */
export function traced (command: PulumiCommand, spans: UnitSpans): PulumiCommand {
  return new Proxy(command, {
    get (target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name !== 'run') {
        return (...values: unknown[]) => (member as (...given: unknown[]) => unknown).apply(target, values)
      }
      return (...[args, cwd, env, ...rest]: Parameters<Run>) => {
        const [first = '', second = ''] = args
        const verb = families.includes(first) && /^[a-z-]+$/.test(second) && !second.startsWith('-')
          ? `${first} ${second}`
          : first
        return spans.command(
          `engine ${verb}`,
          (context) =>
            (target as unknown as { run: Run }).run(args, cwd, {
              ...env,
              TRACEPARENT: traceparentOf(context)
            }, ...rest)
        )
      }
    }
  })
}
