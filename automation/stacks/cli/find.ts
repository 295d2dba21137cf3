/**
 * Finds the Pulumi CLI: on the PATH, or in the data folder, where it is installed on demand when
 * that is allowed.
 */
import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
// Not the SDK's index: that takes a quarter of a second to load, which only unit hosts need.
import { PulumiCommand } from '@pulumi/pulumi/automation/cmd.js'
import { parse, SemVer, satisfies } from 'semver'
import { cutText } from '../../../contract/text/cut.ts'
import { childEnvironment, withoutOthers } from '../../child-environment.ts'

const execute = promisify(execFile)
/** Milliseconds for a version, which takes a tenth of a second. */
const patience = 30_000

/**
 * The CLI versions that are used. The lower bound is what the engine recordings and the comparison
 * with the rehearsal engine were made with; the next major version may change the protocols that
 * the SDK speaks.
 */
export const supportedVersions = '>=3.260.0 <4.0.0'
/** Version that is installed on demand: the SDK's own, since both are released together. */
export const installedVersion = '3.270.0'

/** A CLI that can be used. JSON only: it crosses to the unit hosts. */
export interface PulumiCli {
  file: string
  version: string
  /** Folder of the installation; absent: it is on the PATH. */
  root?: string
}
/** A usable CLI, or why there is none and what to do about it. */
export type FoundCli = { cli: PulumiCli } | { problem: string }
/** Places where a CLI is looked for. */
export interface FindOptions {
  searchPath: string | undefined
  dataFolder: string
  /** Allows the download of a missing or unsuitable CLI. */
  install: boolean
  /** Downloads a version into a folder; Pulumi's own installer unless given. */
  installer?: (options: { version: SemVer, root: string }) => Promise<unknown>
}

const executable = process.platform === 'win32' ? 'pulumi.exe' : 'pulumi'

/** The first `pulumi` in the folders of a PATH, as a shell finds it. */
export async function onPath (searchPath: string | undefined): Promise<string | undefined> {
  for (const folder of (searchPath ?? '').split(delimiter)) {
    if (folder === '') continue
    const file = join(folder, executable)
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file
  }
  return undefined
}

/**
 * Asks a CLI for its version; says what is wrong with one that does not answer or is not supported.
 */
async function judge (file: string, root?: string): Promise<FoundCli> {
  try {
    // The range is judged here: the SDK's own check only knows a lower bound, years old.
    const { stdout } = await execute(file, ['version'], {
      env: { ...childEnvironment('pulumi'), PULUMI_SKIP_UPDATE_CHECK: 'true' },
      timeout: patience
    })
    const version = parse(stdout.trim())
    if (!version) return { problem: `the Pulumi CLI at ${file} does not say its version` }
    // A build between releases counts as the release that it precedes.
    if (!satisfies(version, supportedVersions, { includePrerelease: true })) {
      return {
        problem: `the Pulumi CLI at ${file} is version ${version.version}, and ${supportedVersions} is needed`
      }
    }
    return { cli: { file, version: version.version, ...(root !== undefined && { root }) } }
  } catch (error) {
    return {
      problem: `the Pulumi CLI at ${file} does not run: ` +
        cutText(error instanceof Error ? error.message : String(error), 500)
    }
  }
}

/**
 * The CLI on the PATH when it is suitable, else the installed one, else (when allowed) one that is
 * installed now. Never rejects: what is wrong is in `problem`.
 */
export async function findPulumi (options: FindOptions): Promise<FoundCli> {
  const { searchPath, dataFolder, install, installer = download } = options
  const file = await onPath(searchPath)
  const found: FoundCli = file === undefined
    ? { problem: 'there is no Pulumi CLI on the PATH' }
    : await judge(file)
  if ('cli' in found) return found
  const root = join(dataFolder, 'pulumi', installedVersion)
  const installed = join(root, 'bin', executable)
  const there = await access(installed, constants.X_OK).then(() => true, () => false)
  if (!there && !install) {
    return {
      problem: `${found.problem}: install ${supportedVersions}, or set WINDLASS_PULUMI_INSTALL=on to have ` +
        `${installedVersion} downloaded into the data folder`
    }
  }
  if (!there) {
    try {
      await installer({ version: new SemVer(installedVersion), root })
    } catch (error) {
      return {
        problem: `${found.problem}, and version ${installedVersion} could not be installed: ` +
          cutText(error instanceof Error ? error.message : String(error), 500)
      }
    }
  }
  return await judge(installed, root)
}

/** Program that downloads a CLI with the SDK's installer, which passes its environment on. */
const download = async ({ version, root }: { version: SemVer, root: string }): Promise<void> => {
  await execute(process.execPath, [
    '--input-type=commonjs',
    '--eval',
    `const { PulumiCommand } = require('@pulumi/pulumi/automation/cmd.js')
     const { SemVer } = require('semver')
     PulumiCommand.install({ version: new SemVer(process.argv[1]), root: process.argv[2] })`,
    version.version,
    resolve(root)
  ], { cwd: fileURLToPath(new URL('.', import.meta.url)), env: childEnvironment('pulumi') })
}

/** The part of the SDK's command that its typings leave out. */
interface Run {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string | undefined>,
    ...rest: unknown[]
  ): Promise<unknown>
}

/**
 * The SDK's command for a CLI that was found. The SDK adds the environment of this process to what
 * it is given: what is no business of a CLI is taken out again.
 */
export function commandOf ({ root, version }: PulumiCli): PulumiCommand {
  const file = root === undefined ? 'pulumi' : resolve(root, 'bin', 'pulumi')
  // Its constructor is private, and its `get` would start the CLI once more.
  const command = Reflect.construct(PulumiCommand, [file, new SemVer(version)]) as PulumiCommand
  const own = command as unknown as Run
  const run = own.run.bind(command)
  own.run = (args, cwd, env, ...rest) => run(args, cwd, { ...withoutOthers('pulumi'), ...env }, ...rest)
  return command
}
