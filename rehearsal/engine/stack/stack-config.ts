/** `Pulumi.<stack>.yaml`: the stack's configuration and the salt of its secrets. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type PropertyPath, parsePath } from '../values/property-path.ts'
import { isObject } from '../values/wire-values.ts'

/**
 * A setting as the file has it: a plain value, or `{ secure: ciphertext }`, also inside objects.
 */
type Setting = WireValue
interface File {
  encryptionsalt?: string
  config?: Record<string, Setting>
  [key: string]: unknown
}

/** A setting as programs and `pulumi config` get it. */
export interface ConfigValue {
  value: string
  secret: boolean
}

function isSecure (value: Setting | undefined): value is { secure: string } {
  return isObject(value) && typeof value['secure'] === 'string' && Object.keys(value).length === 1
}

/** Decrypts the secrets in a setting, and tells if there was one. */
function open (value: Setting, decrypt: (text: string) => string): { value: Setting, secret: boolean } {
  if (isSecure(value)) return { value: decrypt(value.secure), secret: true }
  if (Array.isArray(value)) {
    const members = value.map((member) => open(member, decrypt))
    return { value: members.map((member) => member.value), secret: members.some(({ secret }) => secret) }
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, member]) => [key, open(member, decrypt)] as const)
    return {
      value: Object.fromEntries(members.map(([key, member]) => [key, member.value])),
      secret: members.some(([, { secret }]) => secret)
    }
  }
  return { value, secret: false }
}

export class StackConfig {
  readonly #path: string
  readonly #project: string
  readonly #file: File

  constructor (path: string, project: string, file: File) {
    this.#path = path
    this.#project = project
    this.#file = file
  }

  static path (cwd: string, stack: string): string {
    return join(cwd, `Pulumi.${stack}.yaml`)
  }

  static async read (cwd: string, project: string, stack: string): Promise<StackConfig> {
    const path = StackConfig.path(cwd, stack)
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return new StackConfig(path, project, (parse(text) as File | null) ?? {})
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
    return JSON.stringify(this.#file.config ?? {}).includes('"secure":')
  }

  /** Every setting by its full key, `namespace:name`, sorted; objects as JSON. */
  values (decrypt: (text: string) => string): Record<string, ConfigValue> {
    const result: Record<string, ConfigValue> = {}
    for (const key of Object.keys(this.#file.config ?? {}).sort()) {
      const { value, secret } = open(this.#file.config?.[key] ?? '', decrypt)
      result[this.key(key)] = {
        value: typeof value === 'object' ? JSON.stringify(value) : String(value),
        secret
      }
    }
    return result
  }

  /** A key without a namespace is the project's. */
  key (key: string): string {
    return key.includes(':') ? key : `${this.#project}:${key}`
  }

  /** Sets a value. With `path` the key is a path into the setting. */
  set (key: string, value: string, options: { path: boolean, encrypt?: (text: string) => string }): void {
    const setting: Setting = options.encrypt ? { secure: options.encrypt(value) } : value
    const { name, inner } = this.#place(key, options.path)
    const config = this.#file.config ??= {}
    config[name] = put(config[name], inner, setting)
  }

  get (key: string, path: boolean, decrypt: (text: string) => string): ConfigValue | undefined {
    const { name, inner } = this.#place(key, path)
    let setting: Setting | undefined = this.#file.config?.[name]
    for (const part of inner) {
      setting = Array.isArray(setting)
        ? setting[Number(part)]
        : isObject(setting)
        ? setting[String(part)]
        : undefined
    }
    if (setting === undefined) return undefined
    const { value, secret } = open(setting, decrypt)
    return { value: typeof value === 'object' ? JSON.stringify(value) : String(value), secret }
  }

  remove (key: string, path: boolean): void {
    const { name, inner } = this.#place(key, path)
    const config = this.#file.config ?? {}
    if (inner.length === 0) delete config[name]
    else config[name] = put(config[name], inner, undefined)
  }

  #place (key: string, path: boolean): { name: string, inner: PropertyPath } {
    const full = this.key(key)
    if (!path) return { name: full, inner: [] }
    const colon = full.indexOf(':')
    const [first, ...inner] = parsePath(full.slice(colon + 1)) ?? [full.slice(colon + 1)]
    return { name: `${full.slice(0, colon)}:${first ?? ''}`, inner }
  }
}

/** The setting with another value at a path; undefined removes it. */
function put (setting: Setting | undefined, path: PropertyPath, value: Setting | undefined): Setting {
  const [part, ...rest] = path
  if (part === undefined) return value ?? null
  if (typeof part === 'number') {
    const list = Array.isArray(setting) ? [...setting] : []
    if (rest.length === 0 && value === undefined) list.splice(part, 1)
    else list[part] = put(list[part], rest, value)
    return list
  }
  const object: WireObject = isObject(setting) ? { ...setting } : {}
  if (rest.length === 0 && value === undefined) delete object[part]
  else object[part] = put(object[part], rest, value)
  return object
}
