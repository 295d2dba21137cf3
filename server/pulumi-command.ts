import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'

/**
 * The folder of the Pulumi CLI, as the Automation API wants it: the one that holds `bin/pulumi`. Searched in the folders of PATH as a shell does, those that are named `bin`;
 * undefined when there is none.
 */
export async function findPulumi (searchPath: string | undefined): Promise<string | undefined> {
  const command = process.platform === 'win32' ? 'pulumi.exe' : 'pulumi'
  for (const folder of (searchPath ?? '').split(delimiter)) {
    if (basename(folder) !== 'bin') continue
    if (await access(join(folder, command), constants.X_OK).then(() => true, () => false)) return dirname(folder)
  }
  return undefined
}
