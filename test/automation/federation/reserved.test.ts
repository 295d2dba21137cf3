import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseDocument } from 'yaml'
import { matches, reserved } from '../../../automation/federation/reserved.ts'
import { nautilusText, problemsOf } from './nautilus.ts'

/** The file with one more value at a path; `*` is the first of a list. */
function withValue (path: readonly string[], value: unknown): { text: string, path: string } {
  const document = parseDocument(nautilusText)
  const steps = path.map((step) => step === '*' ? 0 : step)
  document.setIn(steps, document.createNode(value))
  return {
    text: String(document),
    path: steps.reduce<string>(
      (text, step) => typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
      ''
    )
  }
}

describe('what no program deploys yet is refused by name', () => {
  for (const { path, what } of reserved) {
    test(path.join('.'), () => {
      const edited = withValue(path, { any: 'thing' })
      const found = problemsOf(edited.text)
      assert.deepEqual(found.map((problem) => [problem.code, problem.path]), [[
        'FED_NOT_SUPPORTED',
        edited.path
      ]])
      assert.ok(found[0]?.message.includes(what) && found[0].message.includes(path.at(-1) ?? ''))
    })
  }

  test('a reserved name is reserved in its place only', () => {
    assert.ok(matches(['clusters', '*', 'wave'], ['clusters', 3, 'wave']))
    assert.ok(!matches(['clusters', '*', 'wave'], ['wave']))
    assert.deepEqual(problemsOf(`${nautilusText}\ngpu: 1\n`).map((problem) => problem.code), [
      'FED_UNKNOWN_FIELD'
    ])
  })
})
