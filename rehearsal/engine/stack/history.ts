/** Entries of a stack's history. */
import { type HistoryEntry } from '../../store.ts'
import { type Arguments } from '../arguments.ts'
import { type StepOp } from '../steps/step.ts'
import { type ConfigValue } from './stack-config.ts'
import { type Environment } from './stack-secrets.ts'

/** Go's names of architectures by those of Node.js, where they differ. */
const architectures: Record<string, string> = { x64: 'amd64', ia32: '386' }

/** The call of the operation: names of flags and variables, never their values. */
function environment (args: Arguments, env: Environment, version: string): Record<string, string> {
  const flags = args.flags.map((
    flag
  ) => [`pulumi.flag.${flag}`, args.value(flag) === 'true' ? 'true' : 'set'])
  const variables = Object.keys(env).filter((name) => name.startsWith('PULUMI_') && env[name]).map((
    name
  ) => [`pulumi.env.${name}`, 'set'])
  return {
    'exec.kind': args.value('exec-kind') ?? 'cli',
    'pulumi.arch': architectures[process.arch] ?? process.arch,
    'pulumi.os': process.platform,
    'pulumi.version': `v${version}`,
    'stack.environments': '[]',
    updatePlan: 'false',
    ...Object.fromEntries([...flags, ...variables].sort())
  }
}

/** An operation that has ended. */
export interface Finished {
  kind: string
  args: Arguments
  env: Environment
  version: string
  /** ISO 8601. */
  started: string
  config: Record<string, ConfigValue>
  encrypt: (text: string) => string
  succeeded: boolean
  changes: Partial<Record<StepOp, number>>
}

/** The entry of an operation. Secret configuration is encrypted, as in the stack's settings. */
export function historyEntry (finished: Finished): HistoryEntry {
  const { kind, args, env, version, started, config, encrypt, succeeded, changes } = finished
  return {
    kind,
    startTime: started,
    message: args.value('message') ?? '',
    environment: environment(args, env, version),
    config: Object.fromEntries(
      Object.entries(config).map((
        [key, { value, secret }]
      ) => [key, { value: secret ? encrypt(value) : value, secret }])
    ),
    result: succeeded ? 'succeeded' : 'failed',
    endTime: new Date().toISOString(),
    // Pulumi's file backend does not number updates either.
    version: 0,
    resourceChanges: { ...changes }
  }
}
