/**
 * Every code of every table is asserted by a test of its room: the test names it in what it expects
 * of a behaviour. The tables, what was published, fixtures and errors that a test makes itself do
 * not count.
 */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { tables } from './tables.ts'

/** Folders whose files show no behaviour: lists of codes, and what stands in for a room. */
const silent = /^(contract|fixtures|validity|campaigns)\//
/** An error, a failure or a stand-in's answer that a test makes itself, up to its code. */
const made = /(?:new \w+Error|failure)\(\s*'[\w-]+'|\bthrow\b[^\n]*/g
const comments = /^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** The text of a test file without what does not count. */
const asserted = (text: string) => text.replaceAll(comments, '').replaceAll(made, '')

/**
 * Tells whether a text names a code. Plain words count as a code only where they are called one.
 */
function names (text: string, code: string): boolean {
  return /[-_]/.test(code)
    ? new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(text)
    : new RegExp(`\\bcode\\b[^\\n]{0,60}'${code}'|'\\w+', '${code}'`).test(text)
}

suite('a code of a table', () => {
  test('is asserted by a test of the behaviour that produces it', async () => {
    const root = join(import.meta.dirname, '..')
    const files = (await readdir(root, { recursive: true })).filter((file) =>
      file.endsWith('.ts') && !silent.test(file)
    )
    const texts = await Promise.all(
      files.map(async (file) => asserted(await readFile(join(root, file), 'utf8')))
    )
    for (const [table, codes] of Object.entries(tables)) {
      assert.deepEqual(codes.filter((code) => !texts.some((text) => names(text, code))), [], table)
    }
  })

  test('does not count where a test makes the error, or speaks of it in a comment', () => {
    for (
      const text of [
        "script(() => { throw new HttpError('http-overloaded', {}) })",
        "new HttpError(\n  'http-overloaded', {})",
        "const error = failure('http-overloaded', {})",
        '// http-overloaded',
        '/** Answers with http-overloaded. */',
        "'not-http-overloaded'"
      ]
    ) assert.ok(!names(asserted(text), 'http-overloaded'), text)
    assert.ok(names(asserted("assert.equal(body.code, 'http-overloaded')"), 'http-overloaded'))
    assert.ok(!names("assert.equal(kind, 'unknown')", 'unknown'))
    assert.ok(names("assert.equal(error?.code, 'unknown')", 'unknown'))
  })
})
