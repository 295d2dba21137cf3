/** Entries of a stack's history. */
import { type HistoryEntry } from '../../store.ts'
import { type Arguments } from '../arguments.ts'
import { type StepOp } from '../steps/step.ts'
import { type Setting, hasSecrets, isMap, settingJson } from './config-value.ts'
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
    updatePlan: String(args.has('plan') || args.has('save-plan')),
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
  /** Settings of the stack over its project's, secrets encrypted. */
  config: Record<string, Setting>
  succeeded: boolean
  changes: Partial<Record<StepOp, number>>
}

/** The entry of an operation. Secret configuration is encrypted, as in the stack's settings. */
export function historyEntry (finished: Finished): HistoryEntry {
  const { kind, args, env, version, started, config, succeeded, changes } = finished
  return {
    kind,
    startTime: started,
    message: args.value('message') ?? '',
    environment: environment(args, env, version),
    config: Object.fromEntries(
      Object.entries(config).map(([key, setting]) => [key, historyValue(setting)])
    ),
    result: succeeded ? 'succeeded' : 'failed',
    endTime: new Date().toISOString(),
    // Pulumi's file backend does not number updates either.
    version: 0,
    resourceChanges: { ...changes }
  }
}

function historyValue (setting: Setting): HistoryEntry['config'][string] {
  if (typeof setting === 'string') return { value: setting, secret: false }
  const secret = hasSecrets(setting)
  return isMap(setting) && typeof setting['secure'] === 'string' && secret
    ? { value: setting['secure'], secret }
    : { value: settingJson(setting), secret, object: true }
}
