import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { ProgramError } from '../../../programs/errors.ts'
import { type Federation } from '../../../programs/types.ts'
import { isPublicAddress, overlap, range } from '../../../programs/validation/addresses.ts'
import { capacityChecks } from '../../../programs/validation/capacity.ts'
import { issuerProblem, yearsBetween } from '../../../programs/validation/certificates.ts'
import { accepted, check, measurement } from '../../../programs/validation/check.ts'
import { overlappingRanges, unknownWays } from '../../../programs/validation/federation-checks.ts'
import { probeResults } from '../../../programs/validation/probe-job.ts'
import { roundTripChecks } from '../../../programs/validation/round-trips.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

let federation: Federation
before(async () => {
  federation = await nautilus()
})

test('a failed check fails the report and is named with its detail', () => {
  const good = check('gateways', [], 'both gateways have addresses')
  assert.ok(good.passed && good.kind === 'integration' && good.measured === 'both gateways have addresses')
  assert.deepEqual(accepted('validation.a', { checks: [good] }), { checks: [good] })
  assert.throws(
    () =>
      accepted('validation.a', {
        checks: [good, check('plaintext-refused', ['answered in 1.5 ms'], 'fine')]
      }),
    (error: unknown) =>
      error instanceof ProgramError && error.code === 'VALIDATION_FAILED' && !error.retryable &&
      /validation\.a: plaintext-refused: answered in 1\.5 ms/.test(error.message)
  )
})

test('an advisory check that fails is reported and fails nothing', () => {
  const slow = check('link-bandwidth', ['a to b has 2.5 of 10 Gbit/s'], '')
  assert.ok(!slow.passed && !slow.required)
  assert.deepEqual(accepted('validation.global', { checks: [slow] }).checks, [slow])
})

test('a number passes up to its bound or below it, and nothing measured never does', () => {
  const of = (measured: number | undefined, bound: 'at most' | 'under') =>
    measurement({ name: 'latency-us-eu', kind: 'latency', measured, target: 80, unit: 'ms', bound, why: '' })
      .passed
  assert.deepEqual([
    of(80, 'at most'),
    of(80, 'under'),
    of(79.9, 'under'),
    of(80.1, 'at most'),
    of(undefined, 'at most')
  ], [true, false, true, false, false])
})

test('round trips between primaries are judged; a cluster without an answer fails reach and target', () => {
  const names = federation.clusters.map(({ name }) => name)
  const all = (milliseconds: number) =>
    Object.fromEntries(
      names.map((
        from
      ) => [from, Object.fromEntries(names.map((to) => [to, from === to ? 1 : milliseconds]))])
    )
  assert.deepEqual(roundTripChecks(federation, all(79)).filter(({ passed }) => !passed), [])
  const late = roundTripChecks(federation, all(100))
  assert.deepEqual(late.filter(({ passed }) => !passed).map(({ name, measured }) => [name, measured]), [[
    'latency-us-eu',
    100
  ]])
  const trips = all(70)
  const lost = {
    ...trips,
    'nautilus-primary-us-east': { ...trips['nautilus-primary-us-east'], 'nautilus-primary-eu-west': null }
  }
  assert.deepEqual(
    roundTripChecks(federation, lost).filter(({ passed }) => !passed).map((
      { name, measured }
    ) => [name, measured]),
    [['reach-nautilus-primary-us-east', 8], ['latency-us-eu', 'nothing answered']]
  )
})

test('what a probe noted is read back, and what it did not note is an error that says so', () => {
  assert.deepEqual(probeResults('probe', ['a', 'b'], 'a:1.50,b:none'), { a: 1.5, b: null })
  assert.throws(
    () => probeResults('probe', ['a', 'b'], 'a:1.50'),
    /VALIDATION_NOT_MEASURED: Job windlass\/probe noted no result for b/
  )
  assert.throws(() => probeResults('probe', ['a'], undefined), /VALIDATION_NOT_MEASURED/)
})

test('bandwidth of tunnels is the only capacity that Nautilus lacks', () => {
  assert.deepEqual(capacityChecks(federation).filter(({ passed }) => !passed).map(({ name }) => name), [
    'link-bandwidth'
  ])
})

test('addresses of the internet are told from private ones, names are neither', () => {
  for (const address of ['10.1.2.3', '172.24.0.2', '192.168.1.1', '100.64.0.1', 'a.example.com', '']) {
    assert.equal(isPublicAddress(address), false, address)
  }
  for (const address of ['35.1.2.3', '172.32.0.1', '100.128.0.1']) {
    assert.equal(isPublicAddress(address), true, address)
  }
})

test("ranges overlap exactly when one holds the other's first address", () => {
  const cidr = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 4, max: 30 })).map((
    [address, bits]
  ) => `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${bits}`)
  fc.assert(fc.property(cidr, cidr, (one, other) => {
    const [a, b] = [range(one), range(other)]
    assert.ok(a && b)
    assert.equal(overlap(one, other), overlap(other, one))
    assert.equal(
      overlap(one, other),
      (a.first >= b.first && a.first <= b.last) || (b.first >= a.first && b.first <= a.last)
    )
  }))
  assert.equal(overlap('10.0.0.0/33', '10.0.0.0/8'), true)
})

test("Nautilus' ranges lie apart, and one that does not is named", () => {
  assert.deepEqual(overlappingRanges(federation), [])
  const [first, second, ...others] = federation.clusters
  assert.ok(first && second)
  const problems = overlappingRanges({
    ...federation,
    clusters: [first, { ...second, cidr: first.cidr }, ...others]
  })
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

test('ways that a rehearsal could not judge are counted and fail nothing; a live run says nothing', () => {
  const [counted] = unknownWays({ unmet: { a: [] }, untold: { a: ['b', 'c'], b: [] } })
  assert.ok(counted && !counted.passed && !counted.required)
  assert.match(
    JSON.stringify(counted),
    /nothing tells whether a reaches b.*nothing tells whether a reaches c/
  )
  assert.ok(unknownWays({ unmet: { a: [] }, untold: { a: [] } })[0]?.passed)
  assert.deepEqual(unknownWays({ unmet: { a: undefined }, untold: { a: [] } }), [])
})
