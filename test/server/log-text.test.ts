/** Lines of the log hold nothing that a terminal acts on. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { hostileTexts } from '../fixtures/hostile-text.ts'
import { repository } from '../fixtures/service.ts'

test('a line of the log keeps its order on a terminal, and its value', async () => {
  const texts = [...hostileTexts, 'a\u202egnp.exe', '\u2066x\u2069\u200b\u009b31m'].map((text) =>
    text.toWellFormed()
  )
  const script = `
    import { pino } from 'pino'
    import { openLog } from ${JSON.stringify(join(repository, 'server/log.ts'))}
    const log = pino(openLog())
    for (const text of ${JSON.stringify(texts)}) log.info({ text }, 'told')
  `
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: repository, maxBuffer: 64 * 1024 * 1024 }
  )
  const lines = stdout.trimEnd().split('\n')
  assert.deepEqual(lines.map((line) => (JSON.parse(line) as { text: string }).text), texts)
  assert.doesNotMatch(
    stdout.replaceAll('\n', ''),
    /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u
  )
})
