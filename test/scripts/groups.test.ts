import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { groupsOf, reasonToRunAlone } from '../../scripts/suite/groups.ts'

const quiet = "test('adds', () => { assert.equal(1 + 1, 2) })\n"

test('each file of the suite runs once, in a group of its room or by itself', async () => {
  const files: { path: string, text: string }[] = []
  for await (const path of glob('test/**/*.test.ts')) files.push({ path, text: await readFile(path, 'utf8') })
  const { groups, single } = groupsOf(files)
  const ran = [...groups.flatMap(({ paths }) => paths), ...single]
  assert.deepEqual(ran.sort(), files.map(({ path }) => path).sort())
  assert.ok(groups.every(({ paths }) => paths.length <= 12))
  assert.ok(groups.every(({ paths }) => new Set(paths.map((path) => path.split('/')[1])).size === 1))
  assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length)
})

test('a file that does something to its process, or to all tests of it, runs alone', () => {
  for (
    const line of [
      'before(async () => { await start() })',
      "process.env['HOME'] = folder",
      "process.on('warning', listener)",
      "mock.timers.enable({ apis: ['setTimeout'] })",
      'installation = await makeInstallation()',
      "const child = spawn(process.execPath, ['main.ts'])"
    ]
  ) {
    assert.notEqual(reasonToRunAlone(`${quiet}${line}\n`), undefined, line)
  }
  assert.equal(reasonToRunAlone(quiet), undefined)
  assert.equal(reasonToRunAlone(`suite('with a database', () => {\n  before(open)\n})\n`), undefined)
})
