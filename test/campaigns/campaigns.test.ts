import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../fixtures/service.ts'
import { campaigns } from './index.ts'

async function campaign (...given: string[]): Promise<{ code: number, text: string }> {
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(repository, 'scripts/campaign.ts'), ...given],
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr })
      }
    )
  })
}

test('a campaign prints the command that gives its cases again, and exits with 0', async () => {
  const { code, text } = await campaign('files', '--runs', '2')
  assert.deepEqual([code, /^npm run campaign -- files --seed \d+ --runs 2$/m.test(text)], [0, true], text)
})

test('an unknown campaign exits with 2 and names those there are', async () => {
  const { code, text } = await campaign('filez')
  const known = campaigns.map(({ name }) => name).join(', ')
  assert.deepEqual([code, text.trim()], [2, `there is no campaign filez; there are ${known}`])
})
