import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The Pulumi CLI, searched in the folders of PATH as a shell does (unit hosts start it by the same PATH); undefined when there is none. */
export async function findPulumi (searchPath: string | undefined): Promise<string | undefined> {
  const command = process.platform === 'win32' ? 'pulumi.exe' : 'pulumi'
  for (const folder of (searchPath ?? '').split(delimiter)) {
    if (folder === '') continue
    const file = join(folder, command)
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file
  }
  return undefined
}
