/** A command and everything that it works with. */
import { type AnalyzerSource } from '../../analyzer.ts'
import { type ProviderSource } from '../../provider.ts'
import { type StackRef, type StackStore } from '../../store.ts'
import { type Arguments } from '../arguments.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { projectName, stackRef } from '../stack/project.ts'
import { type Environment } from '../stack/stack-secrets.ts'

export interface Operation {
  args: Arguments
  cwd: string
  env: Environment
  store: StackStore
  /** Current stacks by folder. */
  selected: SelectedStacks
  providers: ProviderSource | undefined
  /** Sources of policy packs, asked in order. */
  analyzers: readonly AnalyzerSource[]
  /** Version that states and manifests name. */
  version: string
  /** Prints on standard output, which is also the command's result. */
  print: (text: string) => void
  printError: (text: string) => void
  signal: AbortSignal
}

/** Folders whose current stack is remembered; a service goes through many, one a unit. */
const rememberedFolders = 200

/** The current stacks of folders, as `pulumi stack select` chose them. */
export class SelectedStacks {
  readonly #stacks = new Map<string, string>()

  get (folder: string): string | undefined {
    return this.#stacks.get(folder)
  }
  set (folder: string, stack: string): void {
    this.#stacks.delete(folder)
    this.#stacks.set(folder, stack)
    for (const oldest of this.#stacks.keys()) {
      if (this.#stacks.size <= rememberedFolders) return
      this.#stacks.delete(oldest)
    }
  }
  delete (folder: string): void {
    this.#stacks.delete(folder)
  }
}

/** The stack that `--stack` (or the argument at `position`) names; fails when it does not exist. */
export async function existingStack (
  operation: Operation,
  name = operation.args.value('stack') ?? operation.selected.get(operation.cwd)
): Promise<StackRef> {
  const ref = await namedStack(operation, name)
  if (!await operation.store.has(ref)) {
    throw new Failure(ExitCode.StackNotFound, `error: no stack named '${name}' found`)
  }
  return ref
}

export async function namedStack (operation: Operation, name: string | undefined): Promise<StackRef> {
  if (name === undefined || name === '') {
    throw new Failure(
      ExitCode.Failed,
      "error: if you're using the --non-interactive flag and no stack is selected, pass the stack's name " +
        'in with --stack'
    )
  }
  return stackRef(name, await projectName(operation.cwd))
}

/** A table as the CLI prints it: columns as wide as their longest cell, and two spaces between. */
export function table (head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0))
  )
  return [head, ...rows].map((row) =>
    `${
      row.map((cell, column) => column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)).join(
        '  '
      )
    }\n`
  ).join('')
}
