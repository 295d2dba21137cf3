/** Configuration of a run: the stack's over the project's, checked before anything is locked. */
import { type StackRef } from '../../../store.ts'
import { parseAutonaming } from '../../plan/autonaming.ts'
import { type Crypter } from '../../secrets/passphrase.ts'
import { shownSetting } from '../../stack/config-value.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { mergeProjectConfig, validateConfig } from '../../stack/project-config.ts'
import { defaultOrganization, readProject } from '../../stack/project.ts'
import { StackConfig } from '../../stack/stack-config.ts'
import { crypterFor, deploymentSalt } from '../../stack/stack-secrets.ts'
import { type Operation } from '../operation.ts'
import { type UpdateKind, type UpdateRun } from './update-run.ts'

export type RunSettings = Pick<UpdateRun, 'project' | 'config' | 'settings' | 'autonaming'>

/** Reads the settings of a run. Fails where the CLI refuses them. */
export async function runSettings (
  { args, cwd, env, store }: Operation,
  ref: StackRef,
  kind: UpdateKind
): Promise<RunSettings & { crypter: Crypter }> {
  const project = await readProject(cwd)
  const stack = await StackConfig.read(cwd, ref.project, ref.stack, args.value('config-file'))
  const crypter = await crypterFor(env, stack.salt ?? deploymentSalt((await store.load(ref)).deployment))
  const merged = mergeProjectConfig(project, stack)
  // Only a program has use for its settings: a stack can be destroyed without them. (The CLI checks
  // them before an import too.)
  const programRuns = kind === 'update' || kind === 'import' || args.has('run-program')
  if (programRuns && !args.has('skip-config-validation')) {
    validateConfig(project, ref.stack, merged, crypter.decrypt)
  }
  const config = Object.fromEntries(
    Object.entries(merged.settings).map(([key, setting]) => [key, shownSetting(setting, crypter.decrypt)])
  )
  return {
    project,
    config,
    settings: merged.settings,
    autonaming: kind === 'update' ? autonamingOf(config, ref) : undefined,
    crypter
  }
}

function autonamingOf (config: RunSettings['config'], ref: StackRef): RunSettings['autonaming'] {
  try {
    return parseAutonaming({ organization: defaultOrganization, ...ref }, config)
  } catch (error) {
    throw new Failure(
      ExitCode.Failed,
      `error: getting autonaming config: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}
