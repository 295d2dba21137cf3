/** `pulumi config …` (pulumi `pkg/cmd/pulumi/config`). */
import { access, rename } from 'node:fs/promises'
import { hostname } from 'node:os'
import { type HistoryEntry, type StackRef } from '../../store.ts'
import { type Crypter } from '../secrets/passphrase.ts'
import { type ConfigValue, type Setting, hasSecrets, recrypted, shownSetting } from '../stack/config-value.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { mergeProjectConfig } from '../stack/project-config.ts'
import { type Project, readProject, stackRef } from '../stack/project.ts'
import { StackConfig, settingOf } from '../stack/stack-config.ts'
import { crypterFor, deploymentSalt } from '../stack/stack-secrets.ts'
import { type Operation, existingStack, table } from './operation.ts'

interface Opened {
  config: StackConfig
  project: Project
  ref: StackRef
  crypter: () => Promise<Crypter>
}

/** The stack's configuration; its crypter is opened only when a secret is read or written. */
async function open (operation: Operation, name?: string): Promise<Opened> {
  const { args, cwd, env, store } = operation
  const project = await readProject(cwd)
  const ref = await existingStack(operation, name)
  const config = await StackConfig.read(cwd, ref.project, ref.stack, args.value('config-file'))
  return {
    config,
    project,
    ref,
    crypter: async () => {
      const crypter = await crypterFor(env, config.salt ?? deploymentSalt((await store.load(ref)).deployment))
      config.salt = crypter.state
      return crypter
    }
  }
}

async function decrypter (
  settings: Record<string, Setting>,
  crypter: () => Promise<Crypter>
): Promise<(text: string) => string> {
  return Object.values(settings).some(hasSecrets) ? (await crypter()).decrypt : String
}

/** Prints every setting, the project's included. */
export async function all (operation: Operation): Promise<void> {
  const { args, print } = operation
  const { config, project, crypter } = await open(operation)
  const { settings } = mergeProjectConfig(project, config)
  const show = args.has('show-secrets')
  const decrypt = show ? await decrypter(settings, crypter) : () => '[secret]'
  const values = Object.entries(settings).map(([key, setting]) =>
    [key, shownSetting(setting, decrypt)] as const
  )
  if (args.has('json')) {
    const shown = values.map((
      [key, value]
    ) => [key, !show && value.secret ? { secret: true } : jsonValue(value)])
    return print(`${JSON.stringify(Object.fromEntries(shown), undefined, 2)}\n`)
  }
  const own = `${project.name}:`
  const rows = values.map(([key, { value }]) => [key.startsWith(own) ? key.slice(own.length) : key, value])
  print(table(['KEY', 'VALUE'], rows))
}

/** A setting as `--json` shows it, its fields in the CLI's order. */
export function jsonValue ({ value, secret, objectValue }: ConfigValue): ConfigValue {
  return { value, ...(objectValue !== undefined && { objectValue }), secret }
}

export async function get (operation: Operation): Promise<void> {
  const { args, print } = operation
  const { config, project, ref, crypter } = await open(operation)
  const key = args.positional[0] ?? ''
  const { settings } = mergeProjectConfig(project, config)
  const found = settingOf(settings, config.place(key, args.has('path')))
  if (found === undefined) {
    const own = `${project.name}:`
    throw new Failure(
      ExitCode.Failed,
      `error: configuration key '${key.startsWith(own) ? key.slice(own.length) : key}' not found for stack ` +
        `'${ref.stack}'`
    )
  }
  const value = shownSetting(found, await decrypter({ found }, crypter))
  print(args.has('json') ? `${JSON.stringify(jsonValue(value), undefined, 2)}\n` : `${value.value}\n`)
}

/** Texts by `--type`: what a value is stored as. */
const typed: Record<string, (text: string) => Setting> = {
  string: String,
  int: (text) => {
    if (/^[+-]?\d+$/.test(text)) return Number(text)
    throw new Failure(
      ExitCode.Failed,
      `error: could not set config: strconv.Atoi: parsing "${text}": invalid syntax`
    )
  },
  bool: (text) => ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text),
  float: (text) => {
    const number = Number(text)
    if (text.trim() !== '' && !Number.isNaN(number)) return number
    throw new Failure(
      ExitCode.Failed,
      `error: could not set config: strconv.ParseFloat: parsing "${text}": invalid syntax`
    )
  }
}

export async function set (operation: Operation): Promise<void> {
  const { args } = operation
  const opened = await open(operation)
  const [key = '', value] = args.positional
  if (value === undefined) {
    throw new Failure(ExitCode.Failed, 'error: config value must be specified in non-interactive mode')
  }
  const type = args.value('type')
  const read = type === undefined ? undefined : typed[type]
  if (type !== undefined && read === undefined) {
    throw new Failure(
      ExitCode.Failed,
      `error: invalid type "${type}"; must be one of string, int, bool, or float`
    )
  }
  const setting = args.has('secret')
    ? { secure: (await opened.crypter()).encrypt(value) }
    : read?.(value) ?? value
  opened.config.set(key, setting, { path: args.has('path'), typed: read !== undefined })
  await opened.config.write()
}

/**
 * `--plaintext k=v` and `--secret k=v`, repeated, or `--json` with the form that `pulumi config
 * --json` prints.
 */
export async function setAll (operation: Operation): Promise<void> {
  const { args } = operation
  const opened = await open(operation)
  const path = args.has('path')
  for (const pair of args.list('plaintext')) {
    const [key, value] = split(pair)
    opened.config.set(key, value, { path })
  }
  for (const pair of args.list('secret')) {
    const [key, value] = split(pair)
    opened.config.set(key, { secure: (await opened.crypter()).encrypt(value) }, { path })
  }
  const text = args.value('json')
  if (text !== undefined) await setJson(opened, text)
  await opened.config.write()
}

interface GivenValue {
  value?: string
  objectValue?: unknown
  secret?: boolean
}

async function setJson ({ config, crypter }: Opened, text: string): Promise<void> {
  for (const [key, given] of Object.entries(JSON.parse(text) as Record<string, GivenValue>)) {
    if (given.value === undefined) {
      throw new Failure(ExitCode.Failed, `error: value for --json object key "${key}" is nil`)
    }
    const isObject = given.objectValue !== undefined && given.objectValue !== null
    // The CLI encrypts the object's text, and then cannot write it as an object.
    if (isObject && given.secret) {
      throw new Failure(
        ExitCode.Failed,
        "error: saving stack config: invalid character 'v' looking for beginning of value"
      )
    }
    const setting = given.secret
      ? { secure: (await crypter()).encrypt(given.value) }
      : isObject
      ? JSON.parse(given.value) as Setting
      : given.value
    config.set(key, setting, { path: isObject })
  }
}

/** Splits `key=value`. A key in quotes may have an equals sign itself. */
function split (pair: string): [string, string] {
  const quote = /^["']/.exec(pair)?.[0]
  const text = quote ? pair.slice(1) : pair
  const mark = `${quote ?? ''}=`
  const at = text.indexOf(mark)
  if (at < 0) throw new Failure(ExitCode.Failed, 'error: config value must be in the form [key]=[value]')
  return [text.slice(0, at), text.slice(at + mark.length)]
}

export async function remove (operation: Operation): Promise<void> {
  const opened = await open(operation)
  for (const key of operation.args.positional) opened.config.remove(key, operation.args.has('path'))
  await opened.config.write()
}

/** Copies one setting, or all of them, to another stack. Secrets are encrypted for it. */
export async function copy (operation: Operation): Promise<void> {
  const { args } = operation
  const from = await open(operation)
  const name = args.value('dest') ?? ''
  if (stackRef(name, from.ref.project).stack === from.ref.stack) {
    throw new Failure(ExitCode.Failed, 'error: current stack and destination stack are the same')
  }
  const to = await open(operation, name)
  const [key] = args.positional
  const path = args.has('path')
  const settings = from.config.settings
  const names = key === undefined ? Object.keys(settings) : [key]
  const decrypt = await decrypter(settings, from.crypter)
  for (const each of names) {
    const setting = settingOf(settings, from.config.place(each, path))
    if (setting === undefined) {
      throw new Failure(
        ExitCode.Failed,
        `error: configuration key '${each}' not found for stack '${from.ref.stack}'`
      )
    }
    to.config.set(each, await anew(setting, decrypt, to), { path })
  }
  await to.config.write()
}

async function anew (setting: Setting, decrypt: (text: string) => string, to: Opened): Promise<Setting> {
  if (!hasSecrets(setting)) return setting
  return recrypted(setting, decrypt, (await to.crypter()).encrypt)
}

/** Takes over the configuration of the stack's last operation. */
export async function refresh (operation: Operation): Promise<void> {
  const { args, store, print } = operation
  const { config, ref } = await open(operation)
  const [latest] = await store.history(ref, { size: 1, number: 1 })
  if (latest === undefined) {
    throw new Failure(ExitCode.Failed, 'error: getting latest configuration: no previous deployment')
  }
  config.settings = historySettings(latest.config)
  config.salt = deploymentSalt((await store.load(ref)).deployment)
  const exists = (file: string): Promise<boolean> => access(file).then(() => true, () => false)
  if (!args.has('force') && await exists(config.path)) {
    let backup = `${config.path}.bak`
    while (await exists(backup)) backup += '.bak'
    await rename(config.path, backup)
    print(`backed up existing configuration file to ${backup}\n`)
    await config.write()
    return print(`refreshed configuration for stack '${ref.stack}'\n`)
  }
  await config.write()
}

function historySettings (config: HistoryEntry['config']): Record<string, Setting> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, historySetting(value)]))
}

/** A setting as an entry of the history keeps it. */
export function historySetting (
  { value = '', secret, object }: HistoryEntry['config'][string]
): Setting {
  if (object) return JSON.parse(value) as Setting
  return secret ? { secure: value } : value
}

/** Environments belong to Pulumi Cloud, which stores of this engine are not. */
export async function environments (operation: Operation): Promise<void> {
  await existingStack(operation)
  throw new Failure(
    ExitCode.Failed,
    `error: backend ${hostname()} does not support environments; Pulumi ESC environments require the ` +
      'Pulumi Cloud backend, use `pulumi login` without arguments to log into the Pulumi Cloud backend'
  )
}
