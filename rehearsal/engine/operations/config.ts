/** `pulumi config …`. */
import { type Crypter } from '../secrets/passphrase.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { StackConfig } from '../stack/stack-config.ts'
import { crypterFor, deploymentSalt } from '../stack/stack-secrets.ts'
import { type Operation, existingStack } from './operation.ts'

interface Opened {
  config: StackConfig
  stack: string
  crypter: () => Promise<Crypter>
}

/** The stack's configuration; its crypter is opened only when a secret is read or written. */
async function open (operation: Operation): Promise<Opened> {
  const { cwd, env, store } = operation
  const ref = await existingStack(operation)
  const config = await StackConfig.read(cwd, ref.project, ref.stack)
  return {
    config,
    stack: ref.stack,
    crypter: async () => {
      const crypter = await crypterFor(env, config.salt ?? deploymentSalt((await store.load(ref)).deployment))
      config.salt = crypter.state
      return crypter
    }
  }
}

async function decrypter ({ config, crypter }: Opened): Promise<(text: string) => string> {
  if (config.hasSecrets) return (await crypter()).decrypt
  return (text) => text
}

export async function all (operation: Operation): Promise<void> {
  const opened = await open(operation)
  const values = opened.config.values(await decrypter(opened))
  const shown = Object.fromEntries(
    Object.entries(values).map((
      [key, { value, secret }]
    ) => [key, secret && !operation.args.has('show-secrets') ? { secret: true } : { value, secret }])
  )
  operation.print(`${JSON.stringify(shown, undefined, 2)}\n`)
}

export async function get (operation: Operation): Promise<void> {
  const opened = await open(operation)
  const key = operation.args.positional[0] ?? ''
  const found = opened.config.get(key, operation.args.has('path'), await decrypter(opened))
  if (found === undefined) {
    throw new Failure(
      ExitCode.Failed,
      `error: configuration key '${key}' not found for stack '${opened.stack}'`
    )
  }
  operation.print(
    operation.args.has('json') ? `${JSON.stringify(found, undefined, 2)}\n` : `${found.value}\n`
  )
}

export async function set (operation: Operation): Promise<void> {
  const { args } = operation
  const opened = await open(operation)
  const [key = '', value = ''] = args.positional
  opened.config.set(key, value, {
    path: args.has('path'),
    ...(args.has('secret') && { encrypt: (await opened.crypter()).encrypt })
  })
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
  const pairs: [string, string, boolean][] = [
    ...args.list('plaintext').map((pair) => [...split(pair), false] as [string, string, boolean]),
    ...args.list('secret').map((pair) => [...split(pair), true] as [string, string, boolean])
  ]
  const text = args.value('json')
  if (text !== undefined) {
    for (
      const [key, setting] of Object.entries(
        JSON.parse(text) as Record<string, { value: string, secret?: boolean }>
      )
    ) pairs.push([key, setting.value, setting.secret === true])
  }
  const crypter = pairs.some(([, , secret]) => secret) ? await opened.crypter() : undefined
  for (const [key, value, secret] of pairs) {
    opened.config.set(key, value, { path, ...(secret && crypter && { encrypt: crypter.encrypt }) })
  }
  await opened.config.write()
}
function split (pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new Failure(ExitCode.Failed, `error: config value must be in the form key=value: ${pair}`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

export async function remove (operation: Operation): Promise<void> {
  const opened = await open(operation)
  for (const key of operation.args.positional) opened.config.remove(key, operation.args.has('path'))
  await opened.config.write()
}
