import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'

interface Line {
  line?: number
  dropped?: number
  msg: string
}

/**
 * Starts a process that logs lines of a kilobyte while nobody reads them, and waits until it is
 * done.
 */
async function chatty (context: TestContext, lines: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'chatty.ts'), String(lines)], {
    stdio: ['pipe', 'pipe', 'pipe']
  })
  context.after(() => {
    child.kill('SIGKILL')
  })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  await once(createInterface({ input: child.stderr }), 'line')
  const seen: Line[] = []
  return {
    child,
    exit,
    seen,
    read (until: (line: Line) => boolean) {
      return new Promise<void>((resolve) => {
        createInterface({ input: child.stdout }).on('line', (text) => {
          const line = JSON.parse(text) as Line
          seen.push(line)
          if (until(line)) resolve()
        })
      })
    }
  }
}

test('a log that nobody reads blocks nothing, and is complete once somebody does', async (context) => {
  const { child, exit, seen, read } = await chatty(context, 2_000)
  await read(({ line }) => line === 1_999)
  assert.deepEqual(seen.map(({ line }) => line), Array.from({ length: 2_000 }, (_, line) => line))
  child.stdin.end()
  assert.equal(await exit, 0)
  assert.equal(seen.at(-1)?.msg, 'last', 'what is logged right before the end is written')
})

test('lines beyond the limit are dropped, and their number is logged', async (context) => {
  const { seen, read } = await chatty(context, 20_000)
  await read(({ dropped }) => dropped !== undefined)
  assert.equal(seen.at(-1)?.dropped, 20_000 - (seen.length - 1))
})
