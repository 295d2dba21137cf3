import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFederation } from '../../../automation/federation/load.ts'
import { edit, nautilusText } from './nautilus.ts'

test('names that nobody makes, and alerting that nobody outside watches, are warned of', () => {
  const { text } = edit(
    nautilusText,
    ['  runbooks: https://wiki.example.com/nautilus/runbooks\n', ''],
    ['  mail: { smarthost: "smtp.example.com:587", from: nautilus@example.com }\n', ''],
    ['    watchdog: watchdog-url # is called each minute, and calls somebody when it is not\n', '']
  )
  const codesOf = (file: string): string[] => {
    const result = parseFederation(file, 'alerting.yaml')
    assert.ok(!('errors' in result))
    return result.warnings.map(({ code, path }) => `${code} ${path}`).filter((one) =>
      one.includes('monitoring')
    )
  }
  assert.deepEqual(codesOf(nautilusText), [])
  assert.deepEqual(codesOf(text).sort(), [
    'FED_NAME_UNMADE monitoring',
    'FED_NAME_UNMADE monitoring.receivers.email',
    'FED_WATCHDOG monitoring.receivers'
  ])
})
