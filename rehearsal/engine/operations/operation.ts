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

/** The stack that `--stack` (or the argument at `position`) names; fails when it does not exist. */
export async function existingStack (
  operation: Operation,
  name = operation.args.value('stack')
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
