/**
 * docs/ARCHITECTURE.md is true: its rooms are the folders, their imports those of the checked
 * walls, and the order of automation's folders that of the real imports.
 */
import assert from 'node:assert/strict'
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { grouped, importGraph } from '../../scripts/style/imports.ts'
import { sourceFiles } from '../../scripts/style/sources.ts'
import { walls } from '../../scripts/style/walls.ts'
import { repository } from '../fixtures/service.ts'

const page = await readFile(join(repository, 'docs', 'ARCHITECTURE.md'), 'utf8')

/** Cells of the rows of the first table under a heading, without its head. */
function rowsUnder (heading: string): string[][] {
  const [, section = ''] = page.split(`\n${heading}\n`)
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? []
  const rows = table.trim().split('\n').slice(2)
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()))
}

/** The code spans of a cell. */
function codes (cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

suite('docs/ARCHITECTURE.md', () => {
  const rooms = rowsUnder('## Rooms').map(([room, , imports]) => ({
    room: codes(room)[0] ?? '',
    imports: codes(imports),
    held: imports === 'nothing' || codes(imports).length > 0
  }))

  test('lists the imports that the walls allow', () => {
    assert.deepEqual(
      rooms.filter(({ held }) => held).map(({ room, imports }) => [room, imports.sort()]).sort(),
      walls.map(({ room, allowed }) => [room, [...allowed].sort()]).sort()
    )
  })

  test("orders automation's folders so that imports only lead down", async () => {
    const parts = rowsUnder('### Inside `automation/`').map(([part]) =>
      (codes(part)[0] ?? '').replace('/', '')
    )
    const files = new Map<string, string>()
    for (const path of await sourceFiles(repository)) {
      if (path.startsWith('automation/')) files.set(path, await readFile(join(repository, path), 'utf8'))
    }
    // What lies beside the folders without a row of its own is at the bottom.
    const partOf = (path: string): string => {
      const [, part = ''] = path.split('/')
      return part.endsWith('.ts') && !parts.includes(part) ? 'beside' : part
    }
    const order = [...parts, 'beside']
    const graph = grouped(importGraph(files), partOf)
    assert.deepEqual([...graph.keys()].sort(), order.toSorted())
    const upward = [...graph].flatMap(([from, imports]) =>
      imports.filter((to) => order.indexOf(to) < order.indexOf(from)).map((to) => `${from} imports ${to}`)
    )
    assert.deepEqual(upward, [])
  })

  test('names every top-level folder, and each has a README.md', async () => {
    const entries = await readdir(repository, { withFileTypes: true })
    const folders = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map(({ name }) => name)
    const named = rooms.map(({ room }) => room).filter((room) => /^[a-z]+\/$/.test(room))
    assert.deepEqual(named.map((room) => room.slice(0, -1)).sort(), folders.sort())
    for (const folder of folders) await access(join(repository, folder, 'README.md'))
  })
})
