import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

interface Refused {
  code: string
  found: string
  text: string
}

test('programs refuse by code what a cloud left out and what the file cannot reach', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'refusals.ts')])
  const refused = stdout.trim().split('\n').map((line) => JSON.parse(line) as Refused)
  assert.deepEqual(refused.map(({ found }) => found), refused.map(({ code }) => code))
  // The engine reports the text alone, so it has the code too.
  assert.deepEqual(refused.filter(({ code, text }) => !text.includes(`${code}: `)), [])
})
