import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summary } from './summary.ts'

const may = { removal: 'wait a', why: 'it may', source: 'https://example.com' }

test('a summary tells of each kind what missed how many removals, and names those that nobody missed', () => {
  assert.deepEqual(
    summary([
      { kind: 'wait', name: 'wait a', may },
      { kind: 'wait', name: 'wait b', check: 'mesh.one: error: namespaces "x" not found' },
      { kind: 'rule', name: 'rule a', check: 'duties: one: name-lookup: pods -> dns: policies: none' },
      { kind: 'rule', name: 'rule b', check: 'duties: two: name-lookup: pods -> dns: policies: none' },
      {
        kind: 'rule',
        name: 'rule c',
        check: 'probes: validation.one: probe: link: no answer instead of an answer'
      },
      { kind: 'rule', name: 'rule d' }
    ]),
    [
      'rule: 4 removals, 3 missed (duty name-lookup 2, probes of phase 8 1), 0 may go, 1 not missed',
      '  not missed: rule d',
      'wait: 2 removals, 1 missed (phase mesh refused 1), 1 may go, 0 not missed'
    ]
  )
})
