import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { type Federation } from '../../../programs/contract.ts'
import { isPublicAddress, overlap, range } from '../../../programs/validation/addresses.ts'
import { issuerProblem, yearsBetween } from '../../../programs/validation/certificates.ts'
import { check, report, ValidationError } from '../../../programs/validation/check.ts'
import { overlappingRanges } from '../../../programs/validation/federation-checks.ts'
import { nautilus } from '../mesh/rehearsed.ts'

let federation: Federation
before(async () => { federation = await nautilus() })

test('a failed check fails the report and is named with its detail', () => {
  const good = check('good', [], 'fine')
  assert.deepEqual(report('validation.a', [good]), { checks: [{ name: 'good', passed: true, detail: 'fine' }] })
  assert.throws(() => report('validation.a', [good, check('mtls-strict', ['mutual TLS is PERMISSIVE, not STRICT'], 'fine')]), (error: unknown) =>
    error instanceof ValidationError && error.code === 'VALIDATION_FAILED' && !error.retryable && /validation\.a: mtls-strict \(mutual TLS is PERMISSIVE/.test(error.message))
})

test('addresses of the internet are told from private ones, names are neither', () => {
  for (const address of ['10.1.2.3', '172.24.0.2', '192.168.1.1', '100.64.0.1', 'a.example.com', '']) assert.equal(isPublicAddress(address), false, address)
  for (const address of ['35.1.2.3', '172.32.0.1', '100.128.0.1']) assert.equal(isPublicAddress(address), true, address)
})

test('ranges overlap exactly when one holds the other\'s first address', () => {
  const cidr = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 4, max: 30 })).map(([address, bits]) => `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${bits}`)
  fc.assert(fc.property(cidr, cidr, (one, other) => {
    const [a, b] = [range(one), range(other)]
    assert.ok(a && b)
    assert.equal(overlap(one, other), overlap(other, one))
    assert.equal(overlap(one, other), (a.first >= b.first && a.first <= b.last) || (b.first >= a.first && b.first <= a.last))
  }))
  assert.equal(overlap('10.0.0.0/33', '10.0.0.0/8'), true)
})

test('Nautilus\' ranges lie apart, and one that does not is named', () => {
  assert.deepEqual(overlappingRanges(federation), [])
  const [first, second, ...others] = federation.clusters
  assert.ok(first && second)
  const problems = overlappingRanges({ ...federation, clusters: [first, { ...second, cidr: first.cidr }, ...others] })
  assert.equal(problems.length, 1)
  assert.match(problems[0] ?? '', new RegExp(`${first.name} network .* and ${second.name} network`))
})

test('years are counted by the calendar', () => {
  assert.equal(yearsBetween('2026-11-21T10:00:00Z', '2036-11-21T10:00:00Z'), 10)
  assert.equal(yearsBetween('2026-11-21T10:00:00Z', '2036-11-20T10:00:00Z'), 9)
  assert.ok(Number.isNaN(yearsBetween('soon', '2036-11-20T10:00:00Z')))
})

test('text that is no certificate is refused with the reason', () => {
  assert.equal(issuerProblem('no', 'no'), 'it is not a certificate')
})
