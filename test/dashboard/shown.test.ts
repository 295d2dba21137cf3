/** Names, comments and messages as the page is given them. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseShown, shownResponse } from '../../dashboard/src/api/shown.ts'
import { hidingTexts, hostileJson } from '../fixtures/hostile-text.ts'

const acting =
  /[\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\u3164\u{e0000}-\u{e007f}]/u
/** Controls but line feeds and tabs, as JSON escapes them. */
const controls = /\\u00[01]|\\[bfr]/

suite('an answer', () => {
  test('has nothing in it that hides or reorders a text of the page', async () => {
    const body = JSON.stringify({
      items: Object.entries(hidingTexts).map(([key, text]) => ({ [text]: key, text }))
    })
    const response = await shownResponse(
      new Response(body, {
        status: 409,
        headers: { 'content-type': 'application/problem+json', etag: '"1"' }
      })
    )
    const text = await response.text()
    assert.doesNotMatch(text, acting)
    assert.deepEqual([response.status, response.headers.get('etag')], [409, '"1"'])
    fc.assert(fc.property(hostileJson, (value) => {
      const shown = JSON.stringify(parseShown(JSON.stringify(value)))
      assert.doesNotMatch(shown, acting)
      assert.doesNotMatch(shown.replaceAll('\\\\', ''), controls)
    }))
  })

  test('without such texts is the same, and so is one without JSON', async () => {
    const value = { name: 'Größe 👩‍👩‍👧‍👦', list: [1, null, { text: 'two\nlines\t' }] }
    assert.deepEqual(parseShown(JSON.stringify(value)), value)
    const empty = new Response(null, { status: 204 })
    assert.equal(await shownResponse(empty), empty)
  })

  test('is parsed in one place', async () => {
    const folder = join(import.meta.dirname, '..', '..', 'dashboard', 'src')
    const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file))
    const others: string[] = []
    for (const file of files) {
      if (/JSON\.parse\(|\.json\(\)/.test(await readFile(join(folder, file), 'utf8'))) others.push(file)
    }
    // A draft is read from the page's own form; a worker asks for a number and words.
    assert.deepEqual(others.sort(), ['api/shown.ts', 'live/events.worker.ts', 'model/launch-draft.ts'])
  })
})
