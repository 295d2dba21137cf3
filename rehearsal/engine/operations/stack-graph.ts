/** `pulumi stack graph`: a stack's resources and what they depend on, as a DOT file. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ExitCode, Failure } from '../stack/failure.ts'
import { replay } from '../state/journal.ts'
import { type Operation, existingStack } from './operation.ts'

export async function graph (operation: Operation): Promise<void> {
  const { args, cwd, store, print } = operation
  const ref = await existingStack(operation)
  const [file] = args.positional
  if (file === undefined) throw new Failure(ExitCode.Failed, 'error: accepts 1 arg(s), received 0')
  const stored = await store.load(ref)
  const deployment = replay(stored.deployment, stored.journal)
  if (deployment === undefined) {
    throw new Failure(
      ExitCode.Failed,
      `error: unable to find snapshot for stack "${ref.stack}"`
    )
  }
  const resources = deployment.resources ?? []
  const names = new Map(resources.map(({ urn }, place) => [urn, `Resource${place}`]))
  const lines = resources.flatMap(({ urn, parent, dependencies = [] }) => [
    `    ${names.get(urn)} [label=${JSON.stringify(urn)}];`,
    ...(args.has('ignore-dependency-edges') ? [] : dependencies).map((dependency) =>
      `    ${names.get(urn)} -> ${names.get(dependency)} [color = "#246C60"];`
    ),
    ...(parent && !args.has('ignore-parent-edges')
      ? [`    ${names.get(urn)} -> ${names.get(parent)} [color = "#AA6639"];`]
      : [])
  ])
  await writeFile(resolve(cwd, file), `strict digraph {\n${lines.join('\n')}\n}\n`)
  print(`Wrote stack dependency graph to \`${file}\``)
}
