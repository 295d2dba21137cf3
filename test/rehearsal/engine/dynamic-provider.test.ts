import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startDynamicProvider } from '../../../rehearsal/engine/providers/dynamic-provider.ts'

const module = new URL('../../../rehearsal/engine/providers/dynamic-provider.ts', import.meta.url).href

/** Command lines of the processes that serve dynamic resources for a parent. */
async function served (parent: number): Promise<string[]> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '')
  return children.split(' ').filter(Boolean)
}

const lives = async (pid: string): Promise<boolean> =>
  /dynamic-provider/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))

test('a process of dynamic resources that cannot be started says why', async () => {
  await assert.rejects(
    startDynamicProvider('127.0.0.1:1', { cwd: '/nowhere/at/all', env: process.env }),
    (error: Error & { code?: string }) =>
      error.code === 'RHE_PROVIDER_PROCESS' && /ENOENT/.test(error.message)
  )
})

test('a process of dynamic resources ends with its engine, also when that is killed', async () => {
  const script = `const { startDynamicProvider } = await import(${JSON.stringify(module)})
    const provider = await startDynamicProvider('127.0.0.1:1', { cwd: process.cwd(), env: process.env })
    console.log('up')
    setInterval(() => provider, 1000)`
  const engine = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  await new Promise((resolve) => createInterface({ input: engine.stdout }).once('line', resolve))
  const [pid = ''] = await served(engine.pid ?? 0)
  assert.ok(await lives(pid), 'nothing serves')
  engine.kill('SIGKILL')
  while (await lives(pid)) await delay(20)
})
