import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { type TestEvent } from 'node:test/reporters'
import { withSlowest } from './reporter.ts'

/** The events of a run of these files, as far as the reporter looks at them. */
async function* run (seconds: Record<string, number>): AsyncGenerator<TestEvent> {
  const event = (type: string, data: object): TestEvent => ({ type, data }) as TestEvent
  for (const [name, duration] of Object.entries(seconds)) {
    const file = resolve(name)
    const complete = (title: string, milliseconds: number): TestEvent =>
      event('test:complete', { name: title, nesting: 0, file, details: { duration_ms: milliseconds } })
    yield complete('what is in it', 900_000)
    yield complete(name, duration * 1000)
  }
  for (const message of ['tests 1', 'fail 0']) yield event('test:diagnostic', { nesting: 0, message })
}

async function told (seconds: Record<string, number>): Promise<string[]> {
  const lines: string[] = []
  for await (const { type, data } of withSlowest(run(seconds))) {
    if (type === 'test:diagnostic') lines.push(data.message)
  }
  return lines
}

test('the slowest files come before the closing figures, with the seconds of their processes', async () => {
  assert.deepEqual(await told({ 'test/a.test.ts': 0.2, 'test/b.test.ts': 61.25 }), [
    'the 2 slowest files of 2',
    '   61.3 s test/b.test.ts',
    '    0.2 s test/a.test.ts',
    'tests 1',
    'fail 0'
  ])
})

test('ten of them at most', async () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`test/${index}.test.ts`, index]))
  const lines = await told(files)
  assert.deepEqual([lines.length, lines[1], lines[10]], [
    13,
    '   11.0 s test/11.test.ts',
    '    2.0 s test/2.test.ts'
  ])
})
