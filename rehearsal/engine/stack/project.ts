/** The project in the command's folder, and the stack that a command names. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { type StackRef } from '../../store.ts'
import { Failure } from './failure.ts'
import { type ProjectSetting, projectSettings } from './project-config.ts'

/** The organization of every stack in this engine's stores, as in Pulumi's own file backend. */
export const defaultOrganization = 'organization'
/** Longest name of a stack, as in Pulumi's own file backend, whose files have these names. */
const maxStackName = 100

/** `Pulumi.yaml`. */
export interface Project {
  name: string
  /** Name of the language host; empty when the file names none. */
  runtime: string
  /** Options of the language host. */
  runtimeOptions: Record<string, unknown>
  /** Entry point of the program, relative to the project. */
  main: string
  /** Folder of the file. */
  root: string
  /** Settings that the project declares, by key. */
  config: Record<string, ProjectSetting>
}

/** Reads the project file of a folder, or of the nearest one above it. */
export async function readProject (cwd: string): Promise<Project> {
  const found = await projectText(cwd)
  if (found === undefined) {
    throw new Failure(
      1,
      'error: no Pulumi.yaml project file found (searching upwards from ' + cwd + ')'
    )
  }
  const file = parse(found.text) as Record<string, unknown> | null
  const name: unknown = file?.['name']
  if (typeof name !== 'string' || name === '') {
    throw new Failure(1, "error: Pulumi.yaml: project is missing a 'name' attribute")
  }
  const runtime = file?.['runtime']
  const described = typeof runtime === 'object' && runtime !== null ? runtime as Record<string, unknown> : {}
  return {
    name,
    runtime: typeof runtime === 'string' ? runtime : String(described['name'] ?? ''),
    runtimeOptions: (described['options'] ?? {}) as Record<string, unknown>,
    main: typeof file?.['main'] === 'string' ? file['main'] : '',
    root: found.root,
    config: projectSettings(name, file?.['config'])
  }
}

async function projectText (cwd: string): Promise<{ root: string, text: string } | undefined> {
  for (let root = cwd;; root = dirname(root)) {
    for (const name of ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json']) {
      const text = await readFile(join(root, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
        throw error
      })
      if (text !== undefined) return { root, text }
    }
    if (root === dirname(root)) return undefined
  }
}

export async function projectName (cwd: string): Promise<string> {
  return (await readProject(cwd)).name
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
