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

test('without a name all campaigns are listed; an unknown name exits with 2', async () => {
  const { code, text } = await campaign()
  assert.deepEqual([code, text.trim().split('\n').map((line) => line.split(':')[0])], [
    0,
    campaigns.map(({ name }) => name)
  ])
  const unknown = await campaign('filez')
  assert.deepEqual([unknown.code, unknown.text.trim()], [
    2,
    'there is no campaign filez; there are federations, files, kills'
  ])
})
