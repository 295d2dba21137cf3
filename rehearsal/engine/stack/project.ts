/** The project in the command's folder, and the stack that a command names. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type StackRef } from '../../store.ts'
import { Failure } from './failure.ts'

/** The organization of every stack in this engine's stores, as in Pulumi's own file backend. */
export const defaultOrganization = 'organization'
/** Longest name of a stack, as in Pulumi's own file backend, whose files have these names. */
const maxStackName = 100

export async function projectName (cwd: string): Promise<string> {
  const text = await readFile(join(cwd, 'Pulumi.yaml'), 'utf8').catch(
    async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return readFile(join(cwd, 'Pulumi.json'), 'utf8')
      throw error
    }
  ).catch(() => {
    throw new Failure(
      1,
      'error: no Pulumi.yaml project file found (searching upwards from the current directory)'
    )
  })
  const name: unknown = (parse(text) as { name?: unknown } | null)?.name
  if (typeof name !== 'string' || name === '') {
    throw new Failure(1, "error: Pulumi.yaml: project is missing a 'name' attribute")
  }
  return name
}

/**
 * A stack's name as programs and command lines write it: `stack`, `project/stack` or
 * `organization/project/stack`.
 */
export function stackRef (name: string, project: string): StackRef {
  const parts = name.split('/')
  return { project: parts.length > 1 ? parts.at(-2) ?? project : project, stack: parts.at(-1) ?? name }
}

export function checkStackName (name: string): void {
  const at = [...name].findIndex((character) => !/[A-Za-z0-9_.-]/.test(character))
  if (at >= 0) {
    throw new Failure(
      1,
      'error: a stack name may only contain alphanumeric, hyphens, underscores, or periods: invalid ' +
        `character '${[...name][at]}' at position ${at}`
    )
  }
  if (name.length > maxStackName) {
    throw new Failure(1, `error: a stack name cannot exceed ${maxStackName} characters`)
  }
}
