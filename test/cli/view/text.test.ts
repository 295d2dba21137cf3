import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from '../../../cli/view/text.ts'

test('a column is as wide as what is shown of its widest cell, whatever the cells hold', () => {
  const [head = '', ...rows] = table(['NAME', 'STATUS'], [
    ['plain', 'queued'],
    ['two\nlines', 'queued'],
    ['a\u202egnp.exe', 'queued'],
    ['\u001b[31mred', 'queued']
  ])
  const column = head.indexOf('STATUS')
  assert.equal(rows.length, 4)
  for (const row of rows) {
    assert.equal(row.indexOf('queued'), column, JSON.stringify([head, ...rows]))
    assert.match(row, /^[\x20-\x7e]+$/)
  }
})
