/**
 * Stacks in the CLI's own backend, read and written by its commands. Secrets stay encrypted, but
 * where a move between stacks cannot do without.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StackNotFoundError } from '@pulumi/pulumi/automation/errors.js'
import { project } from '../project.ts'
import { type DeploymentV3 } from '../types.ts'
import { type Backend } from './backend.ts'

/** The part of the SDK's PulumiCommand that is used here and that its typings leave out. */
export interface CliCommand {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal
  ): Promise<{ stdout: string, stderr: string, code: number }>
}

/** A stack as `pulumi stack ls` lists it. */
export interface CliStack {
  stack: string
  resources: number
  updatedAt?: string
}

export class CliStacks {
  readonly #command: CliCommand
  readonly #backend: Backend
  readonly #environment: Record<string, string>

  /** `environment` is added to the backend's own. */
  constructor (command: CliCommand, backend: Backend, environment: Record<string, string> = {}) {
    this.#command = command
    this.#backend = backend
    this.#environment = { ...backend.environment, ...environment }
  }

  /** All stacks, by name. */
  async list (): Promise<CliStack[]> {
    const { stdout } = await this.#run(['stack', 'ls', '--json', '--project', project])
    const stacks = JSON.parse(stdout) as { name: string, resourceCount?: number, lastUpdate?: string }[]
    return stacks
      .map(({ name, resourceCount = 0, lastUpdate }) => ({
        stack: name.split('/').at(-1) ?? name,
        resources: resourceCount,
        ...(lastUpdate !== undefined && { updatedAt: new Date(lastUpdate).toISOString() })
      }))
      .sort((a, b) => a.stack < b.stack ? -1 : 1)
  }

  /**
   * A `pulumi stack export` document; undefined when there is no such stack. `showSecrets` is for a
   * move into a stack that encrypts them in another way: the document is kept nowhere in clear.
   */
  async export (
    stack: string,
    { showSecrets = false } = {}
  ): Promise<{ version: number, deployment: DeploymentV3 } | undefined> {
    try {
      const { stdout } = await this.#run([
        'stack',
        'export',
        '--stack',
        stack,
        ...(showSecrets ? ['--show-secrets'] : [])
      ])
      return JSON.parse(stdout) as { version: number, deployment: DeploymentV3 }
    } catch (error) {
      if (error instanceof StackNotFoundError) return undefined
      throw error
    }
  }

  async import (stack: string, deployment: DeploymentV3): Promise<void> {
    await this.#inFolder(async (folder) => {
      const file = join(folder, 'state.json')
      await writeFile(file, JSON.stringify({ version: 3, deployment }), { mode: 0o600 })
      await this.#command.run(
        ['stack', 'import', '--file', file, '--stack', stack],
        folder,
        this.#environment
      )
    })
  }

  /** Reads the named resources from their providers into the state; what is gone leaves it. */
  async refresh (stack: string, urns: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#run([
      'refresh',
      '--yes',
      '--skip-preview',
      '--stack',
      stack,
      ...urns.flatMap((urn) => ['--target', urn])
    ], signal)
  }

  /** Makes an empty stack. */
  async create (stack: string): Promise<void> {
    const { secretsProvider } = this.#backend
    await this.#run([
      'stack',
      'init',
      '--stack',
      stack,
      '--no-select',
      ...(secretsProvider === undefined ? [] : ['--secrets-provider', secretsProvider])
    ])
  }

  /** Removes a stack that has no resources but its root and providers. */
  async remove (stack: string): Promise<void> {
    await this.#run(['stack', 'rm', '--yes', '--force', '--stack', stack])
  }

  /** Takes all locks of the stack away. */
  async cancel (stack: string): Promise<void> {
    await this.#run(['cancel', '--yes', stack])
  }

  #run (args: string[], signal?: AbortSignal): ReturnType<CliCommand['run']> {
    return this.#inFolder(async (folder) =>
      await this.#command.run(args, folder, this.#environment, undefined, undefined, signal)
    )
  }

  /** The CLI finds its project in the folder that it runs in. */
  async #inFolder<T> (work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'windlass-stacks-'))
    try {
      if (this.#backend.folder !== undefined) await mkdir(this.#backend.folder, { recursive: true })
      await writeFile(join(folder, 'Pulumi.yaml'), `name: ${project}\nruntime: nodejs\n`)
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
