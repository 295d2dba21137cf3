/** Programs that get tokens for clusters' API servers: the Kubernetes provider starts them. */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { clientPrograms } from '../../automation/index.ts'
import { type Check, type Found, ok, reasonOf, warn } from './finding.ts'

const runs = (file: string): Promise<boolean> => access(file, constants.X_OK).then(() => true, () => false)

/** Looks for a program on the search path, and starts it. */
export async function clientTool (
  name: string,
  searchPath: string | undefined,
  signal?: AbortSignal
): Promise<Found> {
  const { for: clusters, advice } = clientPrograms[name] ?? { for: '', advice: '' }
  const others = `${advice}; federations without this cloud need none`
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const folder of (searchPath ?? '').split(delimiter).filter((part) => part !== '')) {
    for (const suffix of suffixes) {
      const file = join(folder, `${name}${suffix}`)
      if (await runs(file)) return await answering(name, file, { searchPath, others, signal })
    }
  }
  return warn(`not on the PATH: phases 3 to 8 of clusters on ${clusters} fail without it`, others)
}

/** Asks a program for its version, which starts all of it and calls nobody. */
async function answering (
  name: string,
  file: string,
  { searchPath, others, signal }: {
    searchPath: string | undefined
    others: string
    signal: AbortSignal | undefined
  }
): Promise<Found> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, ['--version'], {
      env: { ...process.env, PATH: searchPath },
      ...(signal && { signal })
    })
    // Version 1 of the AWS CLI prints it there.
    const version = /\d+(?:\.\d+)+/.exec(`${stdout} ${stderr}`)?.[0]
    if (name === 'aws' && version?.startsWith('1.')) {
      return warn(`${file} is version ${version} of the AWS CLI, which is near its end`, others)
    }
    return ok(version === undefined ? file : `${file}, version ${version}`)
  } catch (error) {
    return warn(`${file} does not start: ${reasonOf(error)}`, others)
  }
}

/** Checks of all of these programs. */
export function clientToolChecks (searchPath: string | undefined): Check[] {
  return Object.keys(clientPrograms).map((name) => ({
    name,
    look: (signal) => clientTool(name, searchPath, signal)
  }))
}
