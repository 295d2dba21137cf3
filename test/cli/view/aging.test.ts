import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agingLines } from '../../../cli/view/aging.ts'
import { type AgingFinding } from '../../../contract/aging.ts'

const found = (day: number, unit: string): AgingFinding => ({
  code: 'certificate-ended',
  effect: 'breaks',
  at: '2027-12-01T00:00:00.000Z',
  day,
  unit,
  message: `the certificate of ${unit} ended`,
  right: 'a schedule'
})

test('what broke is shown by kind, with its day, unit and what would be right once', () => {
  const lines = agingLines('default', {
    from: '2026-12-01T00:00:00.000Z',
    to: '2028-01-05T00:00:00.000Z',
    days: 400,
    findings: [found(365, 'mesh.a'), found(365, 'mesh.b')],
    more: 2,
    happened: [],
    unknown: ['aks 1.35']
  })
  assert.match(lines[0] ?? '', /^default: 2026-12-01.*400 days; 4 findings, 2 of them breaks$/)
  assert.equal(lines.filter((line) => line === 'certificate-ended (breaks); right: a schedule').length, 1)
  assert.ok(lines.some((line) => /^365\s+mesh\.b\s+the certificate of mesh\.b ended/.test(line)))
  assert.ok(lines.includes('2 more findings are left out') && lines.includes('  aks 1.35'))
})
