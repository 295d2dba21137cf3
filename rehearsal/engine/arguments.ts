/** The command lines that the Automation API sends, by one table of flags. */
import { EngineError } from './errors.ts'

/** `value` flags take one value, `list` flags may be repeated, `switch` flags take none. */
type FlagKind = 'value' | 'list' | 'switch'

const valueFlags = [
  'stack',
  'message',
  'parallel',
  'client',
  'exec-kind',
  'exec-agent',
  'event-log',
  'color',
  'verbose',
  'tracing',
  'cwd',
  'profiling',
  'page-size',
  'page',
  'file',
  'secrets-provider',
  'copy-config-from',
  'config-file',
  'plan',
  'save-plan',
  'import-file',
  'parent',
  'provider',
  'properties',
  'out',
  'from',
  'type',
  'dest',
  'source',
  'tag',
  'organization',
  'project',
  'description',
  'version'
]
const listFlags = [
  'target',
  'exclude',
  'replace',
  'target-replace',
  'policy-pack',
  'policy-pack-config',
  'config',
  'override-env'
]
const switchFlags = [
  'yes',
  'skip-preview',
  'preview-only',
  'refresh',
  'run-program',
  'diff',
  'expect-no-changes',
  'target-dependents',
  'exclude-dependents',
  'exclude-protected',
  'continue-on-error',
  'clear-pending-creates',
  'skip-pending-creates',
  'non-interactive',
  'interactive',
  'json',
  'show-secrets',
  'show-config',
  'show-sames',
  'show-reads',
  'show-replacement-steps',
  'show-full-output',
  'plaintext',
  'secret',
  'path',
  'raw',
  'open',
  'force',
  'preserve-config',
  'remove-backups',
  'no-select',
  'create',
  'debug',
  'logflow',
  'logtostderr',
  'suppress-outputs',
  'suppress-progress',
  'suppress-permalink',
  'suppress-stream-logs',
  'attach-debugger',
  'all',
  'protect',
  'generate-code',
  'remove',
  'strict',
  'skip-config-validation',
  'config-path',
  'disable-integrity-checking',
  'include-parents',
  'shell',
  'help',
  'show-urns',
  'show-ids',
  'show-name',
  'show-secret-outputs',
  'emoji',
  'full-dates',
  'remote',
  'default',
  'ignore-dependency-edges',
  'ignore-parent-edges',
  'short-node-name',
  'project-only',
  'install-dependencies'
]

const knownFlags: ReadonlyMap<string, FlagKind> = new Map<string, FlagKind>([
  ...valueFlags.map((flag) => [flag, 'value'] as const),
  ...listFlags.map((flag) => [flag, 'list'] as const),
  ...switchFlags.map((flag) => [flag, 'switch'] as const)
])
const short: Record<string, string> = {
  s: 'stack',
  p: 'parallel',
  y: 'yes',
  j: 'json',
  m: 'message',
  t: 'target',
  f: 'force',
  r: 'refresh',
  i: 'show-ids',
  u: 'show-urns',
  h: 'help',
  C: 'cwd',
  v: 'verbose',
  d: 'debug',
  e: 'emoji'
}
/** Commands in which a flag is of another kind, or a letter stands for another flag. */
const exceptions: Record<string, Record<string, FlagKind>> = {
  'config set-all': { plaintext: 'list', secret: 'list', json: 'value' }
}
const shortExceptions: Record<string, Record<string, string>> = {
  import: { f: 'file', o: 'out' },
  'config copy': { d: 'dest' },
  'config set-all': { j: 'json' },
  'config refresh': { f: 'force' }
}
/** Other names of commands. */
const aliases: Record<string, string> = {
  update: 'up',
  pre: 'preview',
  down: 'destroy',
  dn: 'destroy',
  'stack list': 'stack ls',
  'stack remove': 'stack rm',
  'stack delete': 'stack rm',
  'stack new': 'stack init',
  'stack create': 'stack init',
  'config remove': 'config rm',
  'config delete': 'config rm',
  'config remove-all': 'config rm-all',
  'config delete-all': 'config rm-all',
  'config cp': 'config copy',
  'config env ls': 'config env list',
  'config env rm': 'config env remove',
  'config env delete': 'config env remove',
  'config env create': 'config env init'
}
/** Commands of more than one word; the rest are one word. */
const groups = new Set([
  'stack',
  'config',
  'state',
  'plugin',
  'org',
  'config env',
  'stack tag',
  'policy',
  'stack history'
])
/** Groups that are commands themselves, when no command of theirs follows. */
const groupCommands: Record<string, ReadonlySet<string>> = {
  stack: new Set([
    'select',
    'unselect',
    'init',
    'new',
    'create',
    'rm',
    'remove',
    'delete',
    'ls',
    'list',
    'rename',
    'output',
    'export',
    'import',
    'history',
    'graph',
    'tag',
    'change-secrets-provider',
    'get'
  ]),
  config: new Set([
    'set-all',
    'set',
    'get',
    'rm-all',
    'remove-all',
    'delete-all',
    'rm',
    'remove',
    'delete',
    'cp',
    'copy',
    'refresh',
    'env'
  ]),
  'stack history': new Set(['events'])
}
/** Flags that the engine refuses: the result would be another one than the caller asked for. */
const unsupported = ['attach-debugger', 'remote', 'override-env', 'import-file']

/** The words of the command that a line starts with, and their number. */
function commandOf (args: readonly string[]): { command: string, length: number } {
  const words = args.filter((arg) => !arg.startsWith('-'))
  let command = words[0] ?? ''
  let length = 1
  while (groups.has(command) && length < words.length) {
    const word = words[length] ?? ''
    const known = groupCommands[command]
    if (known && !known.has(word)) break
    command = `${command} ${word}`
    length++
  }
  return { command: aliases[command] ?? command, length }
}

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
    return this.#flags.has(flag) && this.#flags.get(flag)?.at(-1) !== 'false'
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
  const { command, length } = commandOf(args)
  let skip = length
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
    const given = match[1] ?? ''
    const name = shortExceptions[command]?.[given] ?? short[given] ?? given
    const kind = kindOf(command, name)
    if (kind === undefined) {
      throw new EngineError('RHE_ARGUMENT', { argument: arg, problem: `unknown flag of 'pulumi ${command}'` })
    }
    if (unsupported.includes(name) && match[2] !== 'false') {
      throw new EngineError('RHE_UNSUPPORTED', { what: `--${name}` })
    }
    const value = kind === 'switch' ? match[2] ?? 'true' : match[2] ?? args[++n]
    if (value === undefined) {
      throw new EngineError('RHE_ARGUMENT', { argument: arg, problem: 'needs a value' })
    }
    // A switch that is off by default and given as off says nothing.
    if (kind === 'switch' && value === 'false' && !onByDefault.has(name)) continue
    flags.set(name, [...flags.get(name) ?? [], value])
  }
  return new Arguments(command, positional, flags)
}

/** Switches whose default the CLI has on, so that `=false` means something. */
const onByDefault = new Set(['protect', 'generate-code', 'open', 'skip-preview', 'refresh', 'run-program'])

function kindOf (command: string, name: string): FlagKind | undefined {
  // Flags of remote operations are refused as such, not as unknown.
  if (name.startsWith('remote-')) {
    throw new EngineError('RHE_UNSUPPORTED', { what: `--${name} (remote operations)` })
  }
  return exceptions[command]?.[name] ?? knownFlags.get(name)
}
