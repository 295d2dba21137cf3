import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createCliPlaces } from '../../../../automation/stacks/cli/places.ts'

test('stacks of fresh worlds go with their deployment, and no others', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'windlass-places-'))
  try {
    for (const name of ['live', 'rehearsal-default', 'rehearsal-fresh-1', 'rehearsal-fresh-2']) {
      await mkdir(join(dataFolder, 'backend', name), { recursive: true })
    }
    const places = createCliPlaces({
      cli: { file: '/opt/pulumi', version: '3.260.0' },
      engine: 'pulumi',
      settings: { dataFolder, passphrase: 'p' }
    })
    let asked: string[] = []
    await places.sweep(async (ids) => {
      asked = ids
      return new Set(['1'])
    })
    assert.deepEqual(asked.sort(), ['1', '2'])
    assert.deepEqual((await readdir(join(dataFolder, 'backend'))).sort(), [
      'live',
      'rehearsal-default',
      'rehearsal-fresh-2'
    ])
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
})

test('stacks of rehearsals without the CLI, and all without any CLI, are in the store', async () => {
  const settings = { dataFolder: '/data', passphrase: 'p' }
  assert.equal(
    createCliPlaces({ cli: { file: '/opt/pulumi', version: '3.260.0' }, engine: 'rehearsal', settings }).of({
      mode: 'rehearsal'
    }),
    undefined
  )
  assert.equal(
    createCliPlaces({ cli: undefined, engine: 'rehearsal', settings }).of({ mode: 'live' }),
    undefined
  )
})
