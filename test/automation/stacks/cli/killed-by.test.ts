/** A CLI that is ended from outside, with the SDK's own command and a process of a shell script. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandOf } from '../../../../automation/stacks/cli/find.ts'
import { killedBy } from '../../../../automation/stacks/cli/killed-by.ts'
import { type CliCommand } from '../../../../automation/stacks/cli/stacks.ts'

test('a CLI that was killed is told from one that failed by itself', {
  skip: process.platform === 'win32' && 'the script is a shell script'
}, async () => {
  const root = await mkdtemp(join(tmpdir(), 'windlass-killed-'))
  try {
    const file = join(root, 'bin', 'pulumi')
    await mkdir(join(root, 'bin'))
    await writeFile(
      file,
      '#!/bin/sh\ncase "$1" in version) echo v3.260.0 ;; up) kill -9 $$ ;; *) exit 1 ;; esac\n',
      { mode: 0o755 }
    )
    const command = await commandOf({ file, version: '3.260.0', root }) as unknown as CliCommand
    const errorOf = async (name: string): Promise<unknown> =>
      await command.run([name], root, {}).then(() => assert.fail('it succeeded'), (error: unknown) => error)
    assert.equal(killedBy(await errorOf('up')), 'SIGKILL')
    assert.equal(killedBy(await errorOf('destroy')), undefined)
    assert.equal(killedBy(new Error('another')), undefined)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
