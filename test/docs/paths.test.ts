/** Files, sections and scripts that documents and comments name exist. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { repository } from '../fixtures/service.ts'
import { deadNames } from './named-paths.ts'

const run = promisify(execFile)
const read = /\.(?:tsx?|mjs|js|md|ya?ml|sql)$/
const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

async function files (): Promise<Map<string, string | undefined>> {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    maxBuffer: 16 * 1024 * 1024
  })
  const paths = stdout.split('\0').filter((path) => path !== '')
  // Of a file that was deleted and is still in the index nobody reads anything.
  const texts = paths.map((path) =>
    read.test(path) ? readFile(join(repository, path), 'utf8').catch(() => undefined) : undefined
  )
  return new Map((await Promise.all(texts)).map((text, index) => [paths[index]!, text]))
}

suite('what documents and comments name', () => {
  test('exists', async () => {
    assert.deepEqual(deadNames({ files: await files(), scripts: new Set(Object.keys(scripts)) }), [])
  })

  test('is reported when it does not exist', () => {
    const files = new Map([
      ['docs/guide.md', '# Guide\n[a](other.md), [b](#guide), [c](#gone), `npm run gone`, `server/gone.ts`'],
      [
        'server/app.ts',
        '// See routes.ts and app.ts, docs/guide.md, other/project.md.\nconst text = "gone.ts"'
      ],
      ['server/routes/list.ts', '/** The list that app.ts registers. */']
    ])
    assert.deepEqual(deadNames({ files, scripts: new Set(['test']) }), [
      'docs/guide.md:2: there is no file server/gone.ts',
      'docs/guide.md:2: there is no script gone',
      'docs/guide.md: the link other.md leads to no file',
      'docs/guide.md: the link #gone leads to no section',
      'server/app.ts:1: there is no file routes.ts'
    ])
  })
})
