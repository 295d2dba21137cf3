/** `Pulumi.<stack>.yaml`: the stack's configuration and the salt of its secrets. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { type PropertyPath, parseStrictPath } from '../values/property-path.ts'
import {
  type ConfigValue,
  type Setting,
  coerced,
  hasSecrets,
  isMap,
  settingAt,
  shownSetting,
  topLevel,
  withSetting,
  withoutSetting
} from './config-value.ts'
import { ExitCode, Failure } from './failure.ts'

interface File {
  encryptionsalt?: string
  config?: Record<string, Setting>
  [key: string]: unknown
}

/** The file as parsed: whole numbers that are safe as numbers, the others as they are. */
function narrowed (value: Setting): Setting {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(narrowed)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, narrowed(member)]))
}

export class StackConfig {
  readonly #path: string
  readonly #project: string
  readonly #file: File

  constructor (path: string, project: string, file: File) {
    this.#path = path
    this.#project = project
    this.#file = file
    const config = Object.entries(file.config ?? {})
    if (config.length > 0) {
      file.config = Object.fromEntries(config.map(([key, value]) => [this.key(key), topLevel(value)]))
    }
  }

  static path (cwd: string, stack: string): string {
    return join(cwd, `Pulumi.${stack}.yaml`)
  }

  /** Reads the file of a stack, or another one in its place (`--config-file`). */
  static async read (cwd: string, project: string, stack: string, file?: string): Promise<StackConfig> {
    const path = file ?? StackConfig.path(cwd, stack)
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    const parsed = parse(text, { intAsBigInt: true }) as File | null
    return new StackConfig(path, project, narrowed((parsed ?? {}) as Setting) as File)
  }

  static async move (cwd: string, from: string, to: string): Promise<void> {
    await rename(StackConfig.path(cwd, from), StackConfig.path(cwd, to)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      }
    )
  }

  static async remove (cwd: string, stack: string): Promise<void> {
    await rm(StackConfig.path(cwd, stack), { force: true })
  }

  get path (): string {
    return this.#path
  }
  get salt (): string | undefined {
    return this.#file.encryptionsalt
  }
  set salt (salt: string | undefined) {
    if (salt !== undefined) this.#file.encryptionsalt = salt
  }

  async write (): Promise<void> {
    await writeFile(this.#path, stringify(this.#file))
  }

  get hasSecrets (): boolean {
    return Object.values(this.#file.config ?? {}).some(hasSecrets)
  }

  /** The stored settings by their full keys, secrets encrypted. */
  get settings (): Record<string, Setting> {
    return { ...this.#file.config }
  }
  set settings (settings: Record<string, Setting>) {
    this.#file.config = settings
  }

  /** Every setting by its full key, `namespace:name`, sorted. */
  values (decrypt: (text: string) => string): Record<string, ConfigValue> {
    return Object.fromEntries(
      sortedKeys(this.settings).map((key) => [key, shownSetting(this.#file.config?.[key] ?? '', decrypt)])
    )
  }

  /** A key without a namespace is the project's; `pkg:config:name` is an old form of `pkg:name`. */
  key (key: string): string {
    const parts = key.split(':')
    if (parts.length === 1) return `${this.#project}:${key}`
    if (parts.length === 2) return key
    if (parts.length === 3 && parts[1] === 'config') return `${parts[0]}:${parts[2]}`
    throw new Failure(
      ExitCode.Failed,
      `error: invalid configuration key: could not parse ${key} as a configuration key (configuration keys ` +
        'should be of the form `<namespace>:<name>`)'
    )
  }

  /**
   * Sets a value. With `path` the key is a path into the setting, and a text there becomes what it
   * says unless it is `typed` already.
   */
  set (key: string, value: Setting, options: { path: boolean, typed?: boolean }): void {
    const { name, inner } = this.place(key, options.path)
    const config = this.#file.config ??= {}
    if (inner.length === 0) {
      config[name] = value
      return
    }
    const setting = typeof value === 'string' && !options.typed ? coerced(value) : value
    config[name] = withSetting(config[name], inner, setting, [name.slice(name.indexOf(':') + 1)])
  }

  remove (key: string, path: boolean): void {
    const { name, inner } = this.place(key, path)
    const config = this.#file.config ?? {}
    const setting = config[name]
    if (inner.length === 0) delete config[name]
    else if (setting !== undefined) config[name] = withoutSetting(setting, inner)
  }

  /** The setting that a key names, and the path inside it. */
  place (key: string, path: boolean): { name: string, inner: PropertyPath } {
    // Only the name of the setting has a namespace; names inside may have colons of their own.
    const end = path ? key.search(/[[.]/) : -1
    const full = end > 0 ? this.key(key.slice(0, end)) + key.slice(end) : this.key(key)
    return configPlace(full, path)
  }
}

/** Splits a key into the setting that it names and the path inside. */
export function configPlace (full: string, path: boolean): { name: string, inner: PropertyPath } {
  if (!path) return { name: full, inner: [] }
  const colon = full.indexOf(':')
  const parts = parseStrictPath(full.slice(colon + 1))
  const problem = 'problem' in parts
    ? `invalid config key path: ${parts.problem}`
    : typeof parts.path[0] !== 'string'
    ? 'first path segement of config key must be a string'
    : parts.path[0] === ''
    ? 'config key is empty'
    : undefined
  if ('problem' in parts || problem !== undefined) {
    throw new Failure(ExitCode.Failed, `error: invalid configuration key: ${problem}`)
  }
  const [first, ...inner] = parts.path
  return { name: `${full.slice(0, colon)}:${first ?? ''}`, inner }
}

/** The value at a key, or at a path inside one. */
export function settingOf (
  settings: Record<string, Setting>,
  place: { name: string, inner: PropertyPath }
): Setting | undefined {
  return settingAt(settings[place.name], place.inner)
}

/** Keys in the order of their namespaces, then names. */
export function sortedKeys (settings: Record<string, unknown>): string[] {
  const split = (key: string): [string, string] => [
    key.slice(0, key.indexOf(':')),
    key.slice(key.indexOf(':') + 1)
  ]
  const less = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0
  return Object.keys(settings).sort((a, b) => {
    const [left, right] = [split(a), split(b)]
    return less(left[0], right[0]) || less(left[1], right[1])
  })
}
