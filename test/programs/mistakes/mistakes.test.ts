import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { mistakes } from './table.ts'

suite('a rehearsal refuses, in the words of the cloud,', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('run.ts', import.meta.url))
  ], { maxBuffer: 64 * 1024 * 1024 })
  const errors = new Map(
    stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => {
      const { name, error } = JSON.parse(line) as { name: string, error: string | null }
      return [name, error]
    })
  )
  for (const { name, unit, refusal } of mistakes) {
    test(name, () => {
      const error = errors.get(name) ?? ''
      assert.match(error, refusal)
      assert.ok(error.startsWith(`${unit}:`), `another unit failed: ${error.slice(0, 200)}`)
    })
  }
})
