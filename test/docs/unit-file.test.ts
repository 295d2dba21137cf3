import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseConfig } from '../../server/config.ts'
import { repository } from '../fixtures/service.ts'

const file = join(repository, 'docs/systemd/windlass.service')

/** Values of a unit file by section and key; a key may come several times. */
async function settings (): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  let section = ''
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const header = /^\[(\w+)\]$/.exec(line)
    if (header) {
      section = header[1] ?? ''
      continue
    }
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? assert.fail(`no setting: ${line}`)
    const name = `${section}.${key}`
    found.set(name, [...found.get(name) ?? [], value])
  }
  return found
}

test('the unit file restarts whatever ends but a wrong configuration, and gives the grace time', async () => {
  const found = await settings()
  const one = (name: string): string | undefined => found.get(name)?.[0]
  assert.deepEqual(
    [one('Service.Restart'), one('Service.RestartPreventExitStatus'), one('Unit.StartLimitIntervalSec')],
    ['always', '2', '0']
  )
  assert.match(one('Service.ExecStart') ?? '', / node server\/main\.ts$/)
  // The grace time's default, and what the process takes beyond it at most (server/main.ts).
  assert.ok(Number(one('Service.TimeoutStopSec')) >= parseConfig({}).graceSeconds + 15)
})

test('systemd, where it is installed, finds nothing wrong with the unit file', async (context) => {
  const { code, text } = await new Promise<{ code: unknown, text: string }>((resolve) => {
    execFile('systemd-analyze', ['verify', file], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, text: stdout + stderr })
    })
  })
  if (code === 'ENOENT') {
    context.diagnostic('systemd-analyze is not installed')
    return
  }
  // Units of the machine it runs on are looked at too, and a user that is not there is no mistake.
  const wrong = text.split('\n').filter((line) => line.includes('windlass.service'))
  assert.deepEqual(wrong, [])
})
