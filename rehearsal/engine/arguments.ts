/** The command lines that the Automation API sends, by one table of flags. */
import { EngineError } from './errors.ts'

/** `value` flags take one value, `list` flags may be repeated, `switch` flags take none. */
type FlagKind = 'value' | 'list' | 'switch'

const knownFlags: Record<string, FlagKind> = {
  stack: 'value',
  parallel: 'value',
  message: 'value',
  client: 'value',
  'exec-kind': 'value',
  'exec-agent': 'value',
  'event-log': 'value',
  color: 'value',
  verbose: 'value',
  tracing: 'value',
  'page-size': 'value',
  page: 'value',
  file: 'value',
  'secrets-provider': 'value',
  'config-file': 'value',
  plan: 'value',
  'save-plan': 'value',
  'import-file': 'value',
  'run-program': 'value',
  target: 'list',
  exclude: 'list',
  replace: 'list',
  'policy-pack': 'list',
  'policy-pack-config': 'list',
  yes: 'switch',
  'skip-preview': 'switch',
  'preview-only': 'switch',
  refresh: 'switch',
  diff: 'switch',
  'expect-no-changes': 'switch',
  'target-dependents': 'switch',
  'exclude-dependents': 'switch',
  'exclude-protected': 'switch',
  'continue-on-error': 'switch',
  'clear-pending-creates': 'switch',
  'non-interactive': 'switch',
  json: 'switch',
  'show-secrets': 'switch',
  plaintext: 'switch',
  secret: 'switch',
  path: 'switch',
  force: 'switch',
  'preserve-config': 'switch',
  'no-select': 'switch',
  debug: 'switch',
  logflow: 'switch',
  logtostderr: 'switch',
  'suppress-outputs': 'switch',
  'suppress-progress': 'switch',
  'attach-debugger': 'switch',
  all: 'switch'
}
const short: Record<string, string> = {
  s: 'stack',
  p: 'parallel',
  y: 'yes',
  j: 'json',
  m: 'message',
  t: 'target',
  f: 'force'
}
/** Commands in which a flag is of another kind. */
const exceptions: Record<string, Record<string, FlagKind>> = {
  'config set-all': { plaintext: 'list', secret: 'list', json: 'value' }
}
/** Commands of more than one word; the rest are one word. */
const commands = [
  'stack select',
  'stack init',
  'stack rm',
  'stack ls',
  'stack rename',
  'stack output',
  'stack export',
  'stack import',
  'stack history',
  'config set-all',
  'config set',
  'config get',
  'config rm-all',
  'config rm'
]
/** Flags that the engine refuses: the result would be another one than the caller asked for. */
const unsupported = ['plan', 'save-plan', 'import-file', 'attach-debugger', 'config-file']

export class Arguments {
  /** Words of the command, such as `stack init`. */
  readonly command: string
  readonly positional: readonly string[]
  readonly #flags: ReadonlyMap<string, readonly string[]>
  constructor (
    command: string,
    positional: readonly string[],
    flags: ReadonlyMap<string, readonly string[]>
  ) {
    this.command = command
    this.positional = positional
    this.#flags = flags
  }

  has (flag: string): boolean {
    return this.#flags.has(flag)
  }
  value (flag: string): string | undefined {
    return this.#flags.get(flag)?.at(-1)
  }
  list (flag: string): readonly string[] {
    return this.#flags.get(flag) ?? []
  }
  number (flag: string): number | undefined {
    const text = this.value(flag)
    if (text === undefined) return undefined
    const number = Number(text)
    if (!Number.isInteger(number) || number < 0) {
      throw new EngineError('RHE_ARGUMENT', {
        argument: `--${flag} ${text}`,
        problem: 'expected a whole number, 0 or more'
      })
    }
    return number
  }

  get flags (): string[] {
    return [...this.#flags.keys()]
  }
}

export function parseArguments (args: readonly string[]): Arguments {
  const words = args.filter((arg) => !arg.startsWith('-'))
  const two = words.slice(0, 2).join(' ')
  const command = commands.includes(two) ? two : words[0] ?? ''
  let skip = command.split(' ').length
  const positional: string[] = []
  const flags = new Map<string, string[]>()
  for (let n = 0; n < args.length; n++) {
    const arg = args[n] ?? ''
    if (arg === '--') {
      positional.push(...args.slice(n + 1))
      break
    }
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? /^-(\w)(?:=(.*))?$/s.exec(arg)
    if (match === null) {
      if (skip > 0) skip--
      else positional.push(arg)
      continue
    }
    const name = short[match[1] ?? ''] ?? match[1] ?? ''
    const kind = exceptions[command]?.[name] ?? knownFlags[name]
    if (kind === undefined) {
      throw new EngineError('RHE_ARGUMENT', { argument: arg, problem: `unknown flag of 'pulumi ${command}'` })
    }
    if (unsupported.includes(name) || (name === 'run-program' && match[2] === 'true')) {
      throw new EngineError('RHE_UNSUPPORTED', { what: `--${name}` })
    }
    const value = kind === 'switch' ? match[2] ?? 'true' : match[2] ?? args[++n]
    if (value === undefined) {
      throw new EngineError('RHE_ARGUMENT', { argument: arg, problem: 'needs a value' })
    }
    if (kind === 'switch' && value === 'false') continue
    flags.set(name, [...flags.get(name) ?? [], value])
  }
  return new Arguments(command, positional, flags)
}
