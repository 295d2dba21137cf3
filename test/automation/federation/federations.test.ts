import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { FederationError } from '../../../automation/federation/errors.ts'
import { federationFolder } from '../../../automation/federation/federations.ts'
import { nautilusText } from './nautilus.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-federations-'))
  await writeFile(join(folder, 'nautilus.yaml'), nautilusText)
  await writeFile(join(folder, 'other.yml'), nautilusText.replace('name: nautilus\n', 'name: other\n'))
  await writeFile(join(folder, 'broken.yaml'), 'name: broken-by-name\n')
  await writeFile(join(folder, 'nameless.yaml'), 'owner: nobody\n')
  await writeFile(join(folder, 'notes.txt'), 'not a federation')
  await writeFile(join(folder, '.hidden.yaml'), 'name: hidden\n')
  await mkdir(join(folder, 'tables'))
  await writeFile(join(folder, 'tables', 'durations.yaml'), 'defaults: {}\n')
  await symlink(join(folder, 'gone.yaml'), join(folder, 'dangling.yaml'))
})
after(() => rm(folder, { recursive: true }))

describe('the folder of federations', () => {
  test('lists the YAML files in it and none below, bad ones with their problems', async () => {
    const entries = await federationFolder(folder).list()
    assert.deepEqual(entries.map((entry) => [entry.name, entry.file, 'errors' in entry]), [
      ['broken-by-name', 'broken.yaml', true],
      ['dangling', 'dangling.yaml', true],
      ['nameless', 'nameless.yaml', true],
      ['nautilus', 'nautilus.yaml', false],
      ['other', 'other.yml', false]
    ])
    const broken = entries[0]
    assert.ok(
      broken && 'errors' in broken &&
        broken.errors.some((problem) =>
          problem.code === 'FED_MISSING_FIELD' && problem.path === 'clusters' &&
          problem.file === 'broken.yaml'
        )
    )
    const dangling = entries[1]
    assert.ok(dangling && 'errors' in dangling && dangling.errors[0]?.code === 'FED_UNREADABLE_FILE')
  })

  test('gives a federation with its text, by the name that is in the file', async () => {
    const { federation, source } = await federationFolder(folder).get('other')
    assert.equal(federation.name, 'other')
    assert.ok(source.includes('name: other\n'))
  })

  test('says which federations there are when one is not there', async () => {
    await assert.rejects(
      federationFolder(folder).get('nothing'),
      (error) =>
        error instanceof FederationError && error.code === 'FED_NOT_FOUND' && /nautilus/.test(error.message)
    )
  })

  test('gives the problems of a bad one', async () => {
    await assert.rejects(
      federationFolder(folder).get('broken-by-name'),
      (error) =>
        error instanceof FederationError && error.code === 'FED_INVALID' && error.details.problems.length > 0
    )
  })

  test('reads an edit at the next question', async () => {
    const federations = federationFolder(folder)
    await writeFile(join(folder, 'edited.yaml'), nautilusText.replace('name: nautilus\n', 'name: edited\n'))
    assert.equal((await federations.get('edited')).federation.targetMinutes, 30)
    await writeFile(
      join(folder, 'edited.yaml'),
      nautilusText.replace('name: nautilus\n', 'name: edited\n').replace(
        'targetMinutes: 30',
        'targetMinutes: 45'
      )
    )
    assert.equal((await federations.get('edited')).federation.targetMinutes, 45)
    await rm(join(folder, 'edited.yaml'))
  })

  test('refuses both of two files that claim one name', async () => {
    await writeFile(join(folder, 'twin.yaml'), nautilusText.replace('name: nautilus\n', 'name: other\n'))
    await assert.rejects(
      federationFolder(folder).get('other'),
      (error) =>
        error instanceof FederationError && error.code === 'FED_INVALID' &&
        error.details.problems[0]?.code === 'FED_DUPLICATE'
    )
    await rm(join(folder, 'twin.yaml'))
  })

  test('a folder that is not there is reported as unreadable', async () => {
    await assert.rejects(
      federationFolder(join(folder, 'nowhere')).list(),
      (error) => error instanceof FederationError && error.code === 'FED_UNREADABLE'
    )
  })

  test('a folder with too many files is refused before they are read', async () => {
    const many = await mkdtemp(join(tmpdir(), 'windlass-federations-'))
    try {
      for (let n = 0; n <= 200; n++) await writeFile(join(many, `f${n}.yaml`), '')
      await assert.rejects(federationFolder(many).list(), {
        code: 'FED_TOO_MANY',
        details: { folder: many, limit: 200, bytes: 8 * 1024 * 1024 }
      })
    } finally {
      await rm(many, { recursive: true })
    }
  })

  test('stops when asked to', async () => {
    await assert.rejects(federationFolder(folder).list({ signal: AbortSignal.abort() }), {
      name: 'AbortError'
    })
  })
})
