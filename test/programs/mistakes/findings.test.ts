import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../../fixtures/service.ts'

/** Findings that a rehearsal has to know. */
const findings = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `A${number}`),
  ...[10, 11, 13, 14, 15, 16, 19, 20, 21].map((number) => `B${number}`)
]

test('every finding has a row, and what a row names is there', async () => {
  const text = await readFile(new URL('README.md', import.meta.url), 'utf8')
  const rows = text.split('\n').flatMap((line) => {
    const [, finding = '', , file = '', title = ''] = line.split('|').map((cell) => cell.trim())
    return /^[AB]\d+$/.test(finding) ? [{ finding, file: file.replaceAll('`', ''), title }] : []
  })
  assert.deepEqual([...new Set(rows.map(({ finding }) => finding))], findings)
  for (const { finding, file, title } of rows) {
    const known = (await readFile(join(repository, file), 'utf8')).replaceAll("\\'", "'")
    const forms = [`'${title}'`, `"${title}"`, `title: ${title}\n`]
    assert.ok(
      title.length > 10 && forms.some((form) => known.includes(form)),
      `${finding}: ${file} has no ${title}`
    )
  }
})
