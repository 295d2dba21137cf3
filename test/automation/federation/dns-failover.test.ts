import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { dnsFailover } from '../../../automation/federation/dns-failover.ts'
import { parseFederation } from '../../../automation/federation/load.ts'
import { dnsRecovery } from '../../../programs/disaster-recovery/recovery.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

let federation: Federation
let text: string
before(async () => {
  federation = await nautilus()
  text = await readFile(new URL('../../../federations/nautilus.yaml', import.meta.url), 'utf8')
})

test('a file is judged by the sum that phase 7 computes', () => {
  const seconds = (max: number) => fc.integer({ min: 1, max })
  fc.assert(
    fc.property(
      fc.constantFrom('aws' as const, 'gcp' as const, 'azure' as const),
      seconds(400),
      seconds(60),
      seconds(10),
      seconds(600),
      (provider, healthCheckIntervalSeconds, probeIntervalSeconds, failureThreshold, dnsTtlSeconds) => {
        const changed: Federation = {
          ...federation,
          dns: { ...federation.dns, provider, healthCheckIntervalSeconds },
          disasterRecovery: {
            ...federation.disasterRecovery,
            probeIntervalSeconds,
            failureThreshold,
            dnsTtlSeconds
          }
        }
        assert.equal(
          dnsFailover({
            provider,
            healthCheckIntervalSeconds,
            probeIntervalSeconds,
            failureThreshold,
            dnsTtlSeconds
          }).seconds,
          dnsRecovery(changed).seconds
        )
      }
    )
  )
})

test('Nautilus on Traffic Manager or Cloud DNS misses 90 s and is refused with what would hold', () => {
  const problems = (...edits: [string, string][]) => {
    const parsed = parseFederation(
      edits.reduce((changed, [from, to]) => changed.replace(from, to), text),
      'edited.yaml'
    )
    return 'errors' in parsed ? parsed.errors.filter(({ code }) => code === 'FED_DR_DNS') : []
  }
  assert.deepEqual(problems(), [])
  const [azure] = problems(['provider: aws # Route 53', 'provider: azure'])
  assert.match(
    `${azure?.path} ${azure?.message} ${azure?.expected}`,
    /globalFailoverSeconds .*Traffic Manager takes 93 s.*90 s.*dnsTtlSeconds of at most 56/
  )
  assert.deepEqual(
    problems(['provider: aws # Route 53', 'provider: azure'], ['dnsTtlSeconds: 60', 'dnsTtlSeconds: 56']),
    []
  )
  const [gcp] = problems(['provider: aws # Route 53', 'provider: gcp'])
  assert.match(`${gcp?.message} ${gcp?.expected}`, /Cloud DNS takes 153 s.*later objective/)
  assert.doesNotMatch(gcp?.expected ?? '', /dnsTtlSeconds/)
})
