/** Finding the Pulumi CLI, with a stand-in executable that only knows its version. */
import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, suite, test } from 'node:test'
import { findPulumi, installedVersion } from '../../../../automation/stacks/cli/find.ts'

suite('the Pulumi CLI', () => {
  let folder = ''
  const path = process.env['PATH']
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-cli-'))
  })
  afterEach(async () => {
    process.env['PATH'] = path
    await rm(folder, { recursive: true, force: true })
  })

  async function writeCli (bin: string, version: string): Promise<void> {
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'pulumi'), `#!/bin/sh\necho v${version}\n`)
    await chmod(join(bin, 'pulumi'), 0o755)
  }
  const find = (install: boolean, installer?: (options: { root: string }) => Promise<unknown>) =>
    findPulumi({
      searchPath: process.env['PATH'],
      dataFolder: folder,
      install,
      ...(installer && { installer })
    })
  /** A PATH with nothing on it but the system's shell and, first, `bin`. */
  function usePath (...bins: string[]): void {
    process.env['PATH'] = [...bins, '/bin'].join(':')
  }

  test('is taken from the PATH when its version is supported', async () => {
    await writeCli(join(folder, 'first'), '3.265.1')
    usePath(join(folder, 'first'))
    assert.deepEqual(await find(false), {
      cli: { file: join(folder, 'first', 'pulumi'), version: '3.265.1' }
    })
  })

  test('of another major version, or too old, is refused with the range that is needed', async () => {
    for (const version of ['3.100.0', '4.0.0']) {
      await writeCli(join(folder, version), version)
      usePath(join(folder, version))
      const found = await find(false)
      assert.match(
        'problem' in found ? found.problem : '',
        new RegExp(
          `is version ${version.replaceAll('.', '\\.')}, and >=3\\.260\\.0 <4\\.0\\.0 is ` +
            'needed.*WINDLASS_PULUMI_INSTALL=on'
        )
      )
    }
  })

  test('is not downloaded unless that is allowed, then once, into the data folder', async () => {
    usePath()
    let downloads = 0
    const installer = async ({ root }: { root: string }) => {
      downloads++
      await writeCli(join(root, 'bin'), installedVersion)
    }
    assert.match(JSON.stringify(await find(false, installer)), /there is no Pulumi CLI on the PATH: install/)
    assert.equal(downloads, 0)
    const root = join(folder, 'pulumi', installedVersion)
    const cli = { file: join(root, 'bin', 'pulumi'), version: installedVersion, root }
    assert.deepEqual([await find(true, installer), await find(false, installer)], [{ cli }, { cli }])
    assert.equal(downloads, 1)
  })

  test('that cannot be downloaded is told with the reason', async () => {
    usePath()
    assert.match(
      JSON.stringify(await find(true, () => Promise.reject(new Error('no route to host')))),
      /could not be installed: no route to host/
    )
  })
})
