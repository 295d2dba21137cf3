import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

test('a sample of grants, registrations and waits that are taken out is missed by name', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('sample.ts', import.meta.url))
  ])
  const tried = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) =>
    JSON.parse(line) as { kind: string, name: string, missedBy: string | null }
  )
  assert.deepEqual([...new Set(tried.map(({ kind }) => kind))], ['statement', 'registration', 'wait'])
  for (const { name, missedBy } of tried) assert.notEqual(missedBy, null, `nobody misses ${name}`)
})
