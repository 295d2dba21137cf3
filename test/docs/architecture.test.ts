/** docs/ARCHITECTURE.md is true: its table of rooms is that of the checked walls. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { walls } from '../../scripts/style/walls.ts'
import { repository } from '../fixtures/service.ts'

const page = await readFile(join(repository, 'docs', 'ARCHITECTURE.md'), 'utf8')
const rooms = rowsOf('Rooms').map(([room = '', , imports = '']) => ({
  room: codes(room)[0] ?? '',
  imports: codes(imports),
  text: imports
}))

/** Cells of the rows of the first table under a heading, without its head. */
function rowsOf (heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? []
  const rows = table.trim().split('\n').slice(2)
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()))
}

/** The code spans of a cell. */
function codes (cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

suite('docs/ARCHITECTURE.md', () => {
  test('lists the imports that the walls allow', () => {
    const told = rooms.filter(({ imports, text }) => imports.length > 0 || text === 'nothing')
    assert.deepEqual(
      told.map(({ room, imports }) => [room, imports.sort()]).sort(),
      walls.map(({ room, allowed }) => [room, [...allowed].sort()]).sort()
    )
  })
})
