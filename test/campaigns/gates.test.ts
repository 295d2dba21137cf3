import assert from 'node:assert/strict'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { repository } from '../fixtures/service.ts'
import { withoutGate } from './gates/gate.ts'
import { gates } from './gates/table.ts'

suite('the table of gates', () => {
  test('fits the files: each edit changes its file, and the tests that find it are there', async () => {
    for (const gate of gates) {
      const text = await readFile(join(repository, gate.file), 'utf8')
      assert.notEqual(withoutGate(text, gate), text, gate.name)
      for (const file of gate.tests) await access(join(repository, file))
    }
    assert.equal(new Set(gates.map(({ name }) => name)).size, gates.length)
  })

  test('is refused where a file does not hold what it takes out', () => {
    const gate = { name: 'one', file: 'a.ts', edit: ['check()', ''], tests: [] } as const
    assert.equal(withoutGate('a\ncheck()\n', gate), 'a\n\n')
    for (const text of ['', 'check() check()']) {
      assert.throws(() => withoutGate(text, gate), /the table of gates is stale: a\.ts holds \d times/)
    }
  })
})
