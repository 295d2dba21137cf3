/** `pulumi stack …` and `pulumi whoami`. */
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { type WireObject, type WireValue } from '../../wire.ts'
import { shownSetting } from '../stack/config-value.ts'
import { emptyDeployment, hideSecrets, parseExport, renameDeployment, showSecrets } from '../stack/export.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { checkStackName, projectName } from '../stack/project.ts'
import { StackConfig } from '../stack/stack-config.ts'
import { crypterFor, deploymentSalt, secretsProvider } from '../stack/stack-secrets.ts'
import { replay } from '../state/journal.ts'
import { readProperties } from '../state/resource-state.ts'
import { rootStackType } from '../urn.ts'
import { isSecret, mapMembers, revealSecrets } from '../values/wire-values.ts'
import { historySetting, jsonValue } from './config.ts'
import { locked } from './lock.ts'
import { type Operation, existingStack, namedStack } from './operation.ts'

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

export async function whoami ({ args, env, print }: Operation): Promise<void> {
  const user = userInfo().username
  print(args.has('json') ? json({ user, url: env['PULUMI_BACKEND_URL'] ?? '' }) : `${user}\n`)
}

/** Makes a stack the current one of its folder. With --create it is made where there is none. */
export async function select (operation: Operation): Promise<void> {
  const { args, cwd, selected, store } = operation
  const name = args.positional[0] ?? args.value('stack')
  if (args.has('create') && !await store.has(await namedStack(operation, name))) return init(operation)
  const ref = await existingStack(operation, name)
  selected.set(cwd, ref.stack)
}

/** Leaves the folder without a current stack. */
export async function unselect ({ cwd, selected, print }: Operation): Promise<void> {
  selected.delete(cwd)
  print('Stack unselected\n')
}

export async function init (operation: Operation): Promise<void> {
  const { args, cwd, env, store, printError } = operation
  const name = args.positional[0] ?? args.value('stack')
  const provider = args.value('secrets-provider')
  if (provider !== undefined && provider !== 'default' && provider !== 'passphrase') {
    throw new Failure(
      ExitCode.Failed,
      `error: the secrets provider '${provider}' is not supported by the rehearsal engine, use passphrase`
    )
  }
  const ref = await namedStack(operation, name)
  checkStackName(ref.stack)
  if (!await store.create(ref)) {
    throw new Failure(
      ExitCode.Failed,
      `error: stack 'organization/${ref.project}/${ref.stack}' already exists`
    )
  }
  const config = await StackConfig.read(cwd, ref.project, ref.stack)
  config.salt = (await crypterFor(env, config.salt)).state
  await config.write()
  if (!args.has('no-select')) operation.selected.set(cwd, ref.stack)
  printError(`Created stack '${name}'\n`)
}

export async function remove (operation: Operation): Promise<void> {
  const { args, cwd, store, print } = operation
  const name = args.positional[0] ?? args.value('stack')
  const ref = await existingStack(operation, name)
  const stored = await store.load(ref)
  const resources = replay(stored.deployment, stored.journal)?.resources ?? []
  if (resources.length > 0 && !args.has('force')) {
    throw new Failure(
      ExitCode.Failed,
      `error: '${name}' still has resources; removal rejected. Possible actions:\n- Make sure that ` +
        `'${name}' is the stack that you want to destroy\n- Run \`pulumi destroy\` to delete the ` +
        `resources, then run \`pulumi stack rm\`\n- Run \`pulumi stack rm --force\` to override this error`
    )
  }
  await store.remove(ref)
  if (operation.selected.get(cwd) === ref.stack) operation.selected.delete(cwd)
  if (!args.has('preserve-config')) await StackConfig.remove(cwd, ref.stack)
  print(`Stack '${name}' has been removed!\n`)
}

export async function list (operation: Operation): Promise<void> {
  const own = await projectName(operation.cwd)
  const project = operation.args.has('all') ? undefined : own
  const current = operation.selected.get(operation.cwd)
  const stacks = (await operation.store.list()).filter((stack) =>
    project === undefined || stack.project === project
  ).sort((a, b) => a.stack < b.stack ? -1 : 1)
  operation.print(
    json(
      stacks.map(({ stack, project: of, lastUpdate, resourceCount }) => ({
        name: stack,
        current: stack === current && of === own,
        ...(lastUpdate && { lastUpdate }),
        ...(resourceCount !== undefined && { resourceCount })
      }))
    )
  )
}

export async function rename (operation: Operation): Promise<void> {
  const { args, cwd, store, print } = operation
  const from = await existingStack(operation)
  const name = args.positional[0]
  const to = await namedStack(operation, name)
  checkStackName(to.stack)
  if (await store.has(to)) throw new Failure(ExitCode.Failed, `error: stack '${name}' already exists`)
  const update = await locked(() => store.begin(from, 'rename'))
  try {
    const stored = await store.load(from)
    const deployment = replay(stored.deployment, stored.journal)
    await update.finish(deployment && renameDeployment(deployment, from, to))
  } catch (error) {
    await update.release()
    throw error
  }
  await store.rename(from, to)
  await StackConfig.move(cwd, from.stack, to.stack)
  if (operation.selected.get(cwd) === from.stack) operation.selected.set(cwd, to.stack)
  print(`Renamed ${from.stack} to ${to.stack}\n`)
}

function mask (value: WireValue): WireValue {
  return isSecret(value) ? '[secret]' : mapMembers(value, mask)
}

export async function output (operation: Operation): Promise<void> {
  const { args, env, store, print } = operation
  const ref = await existingStack(operation)
  const stored = await store.load(ref)
  const deployment = replay(stored.deployment, stored.journal)
  const root = deployment?.resources?.find(({ type, delete: gone }) => type === rootStackType && !gone)
  const written = root?.outputs ?? {}
  // Only a state with secrets needs the passphrase.
  const crypter = JSON.stringify(written).includes('"ciphertext"')
    ? await crypterFor(env, deploymentSalt(deployment))
    : undefined
  const outputs = readProperties(written, (text) => crypter?.decrypt(text) ?? text)
  const shown = (args.has('show-secrets') ? revealSecrets(outputs) : mask(outputs)) as WireObject
  const name = args.positional[0]
  if (name === undefined) {
    return print(
      args.has('json')
        ? json(shown)
        : `${
          Object.entries(shown).map(([key, value]) =>
            `${key}\t${typeof value === 'string' ? value : JSON.stringify(value)}`
          ).join('\n')
        }\n`
    )
  }
  if (!(name in shown)) {
    throw new Failure(ExitCode.Failed, `error: current stack does not have output property '${name}'`)
  }
  const value = shown[name] ?? null
  print(args.has('json') || typeof value !== 'string' ? json(value) : `${value}\n`)
}

export async function exportCommand (operation: Operation): Promise<void> {
  const { args, cwd, env, store, version, print } = operation
  const ref = await existingStack(operation)
  const stored = await store.load(ref)
  let deployment = replay(stored.deployment, stored.journal)
  if (deployment === undefined) {
    const { salt } = await StackConfig.read(cwd, ref.project, ref.stack)
    deployment = emptyDeployment(version, secretsProvider(await crypterFor(env, salt)))
  } else if (args.has('show-secrets') && JSON.stringify(deployment).includes('"ciphertext"')) {
    deployment = showSecrets(deployment, (await crypterFor(env, deploymentSalt(deployment))).decrypt)
  }
  print(`${JSON.stringify({ version: 3, deployment }, undefined, 4)}\n`)
}

export async function importCommand (operation: Operation): Promise<void> {
  const { args, cwd, env, store, printError } = operation
  const ref = await existingStack(operation)
  const file = args.value('file')
  if (file === undefined) {
    throw new Failure(ExitCode.Failed, 'error: pass the deployment to import with --file')
  }
  const given = parseExport(await readFile(file, 'utf8'), ref)
  const config = await StackConfig.read(cwd, ref.project, ref.stack)
  const salt = deploymentSalt(given)
  const crypter = await crypterFor(env, config.salt ?? salt)
  const foreign = salt !== undefined && salt !== crypter.state ? await crypterFor(env, salt) : undefined
  const deployment = {
    ...hideSecrets(given, crypter.encrypt, foreign?.decrypt),
    secrets_providers: secretsProvider(crypter)
  }
  const update = await locked(() => store.begin(ref, 'import'))
  try {
    await update.finish(deployment)
  } catch (error) {
    await update.release()
    throw error
  }
  printError('Import complete.\n')
}

export async function history (operation: Operation): Promise<void> {
  const { args, cwd, env, store, print } = operation
  const ref = await existingStack(operation)
  const size = args.number('page-size')
  const entries = await store.history(
    ref,
    size === undefined ? undefined : { size, number: args.number('page') ?? 1 }
  )
  const secret = entries.some(({ config }) => Object.values(config).some((value) => value.secret))
  const crypter = secret && args.has('show-secrets')
    ? await crypterFor(
      env,
      (await StackConfig.read(cwd, ref.project, ref.stack)).salt ??
        deploymentSalt((await store.load(ref)).deployment)
    )
    : undefined
  print(json(entries.map((entry) => ({
    ...entry,
    config: Object.fromEntries(
      Object.entries(entry.config).map(([key, value]) => [
        key,
        value.secret && crypter === undefined
          ? { secret: true }
          : jsonValue(shownSetting(historySetting(value), crypter?.decrypt ?? String))
      ])
    )
  }))))
}

/** Removes the lock of a stack whose holder is gone. A running operation is not told. */
export async function cancel (operation: Operation): Promise<void> {
  const ref = await existingStack(operation)
  await operation.store.unlock(ref)
  operation.printError(`The currently running update for '${ref.stack}' has been canceled!\n`)
}
