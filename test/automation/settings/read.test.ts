import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Type } from 'typebox'
import { SettingsError, type SettingsCode } from '../../../automation/settings/errors.ts'
import { parseSettings, readSettings } from '../../../automation/settings/read.ts'

const schema = Type.Object({
  from: Type.Integer({ description: 'a whole number' }),
  to: Type.Integer({ description: 'a whole number' })
}, { additionalProperties: false })

/** Codes and places of the problems of a text, where `from` must not be above `to`. */
function problemsOf (text: string): [SettingsCode, number, string][] {
  try {
    parseSettings(
      text,
      'settings.yaml',
      schema,
      ({ from, to }) =>
        from > to ? [{ path: ['from'], message: `is ${from}`, expected: `at most ${to}` }] : []
    )
    return []
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    assert.deepEqual([error.code, error.retryable, error.details.file], [
      'settings-invalid',
      false,
      'settings.yaml'
    ])
    return error.details.problems.map(({ code, line, path }) => [code, line, path])
  }
}

test('a settings file is judged by its text, then its shape, then its rules', () => {
  assert.deepEqual(problemsOf('from: 1\nto: 2\n'), [])
  assert.deepEqual(problemsOf('from: 1\nfrom: 2\n').map(([code]) => code), ['SETTINGS_SYNTAX'])
  assert.deepEqual(problemsOf('to: x\nfrom: y\n'), [['SETTINGS_SHAPE', 1, 'to'], [
    'SETTINGS_SHAPE',
    2,
    'from'
  ]])
  assert.deepEqual(problemsOf('to: 1\nfrom: 2\n'), [['SETTINGS_RULE', 2, 'from']])
})

test('a file that is too large or missing is refused like one that is wrong', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-settings-'))
  context.after(() => rm(folder, { recursive: true }))
  const large = join(folder, 'large.yaml')
  await writeFile(large, ' '.repeat(1024 * 1024 + 1))
  for (
    const [file, message] of [[large, /1048577 bytes/], [
      join(folder, 'none.yaml'),
      /cannot be read/
    ]] as const
  ) {
    await assert.rejects(readSettings(file, schema), { code: 'settings-invalid', message })
  }
})
