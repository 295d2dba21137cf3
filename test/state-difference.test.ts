/** Differences between two engines' states of one stack, as `npm run test:engine` counts them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExportedState, stateDifferences, valueDifferences } from '../scripts/state-difference.ts'

const urn = (type: string, name: string): string => `urn:pulumi:s::windlass::${type}::${name}`
const state = (
  type: string,
  outputs: Record<string, unknown>,
  more: Record<string, unknown> = {}
): ExportedState => ({
  deployment: { resources: [{ urn: urn(type, 'it'), type, custom: true, outputs, ...more }] }
})
const paths = (left: ExportedState, right: ExportedState): string[] =>
  stateDifferences(left, right).map(({ path }) => path)

test('times, certificates and ciphertexts may differ, values and kinds of values may not', () => {
  const made = (time: string, size: unknown, text: string) =>
    state('aws:ec2/vpc:Vpc', {
      time,
      size,
      key: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: text }
    })
  assert.deepEqual(paths(made('2026-11-21T18:00:00Z', 3, 'a'), made('2026-11-21T19:00:00.5Z', 3, 'b')), [])
  assert.deepEqual(paths(made('2026-11-21T18:00:00Z', 3, 'a'), made('2026-11-21T18:00:00Z', '3', 'a')), [
    'outputs.size'
  ])
  assert.deepEqual(
    paths(
      made('2026-11-21T18:00:00Z', 3, 'a'),
      state('aws:ec2/vpc:Vpc', { time: 'time', size: 3, key: 'in clear' })
    ),
    ['outputs.key']
  )
})

test('identifiers may differ where they follow from keys, and only there', () => {
  const made = (type: string, uid: string, resourceVersion: string) =>
    state(type, { metadata: { uid, resourceVersion, name: 'it' } })
  const [one, other] = ['a0f2bbd7-b662-4429-a096-95814ffccd77', 'ea57a75b-1ad3-4b66-8f45-0fa2b3e7bbcd']
  assert.deepEqual(
    paths(made('kubernetes:core/v1:Secret', one, '1934'), made('kubernetes:core/v1:Secret', other, '8585')),
    []
  )
  assert.deepEqual(
    paths(made('kubernetes:core/v1:Service', one, '1934'), made('kubernetes:core/v1:Service', other, '8585')),
    ['outputs.metadata.uid', 'outputs.metadata.resourceVersion']
  )
})

test('a resource that one engine alone made is a difference, and so is an operation left pending', () => {
  const empty: ExportedState = { deployment: { resources: [], pending_operations: [{}] } }
  assert.deepEqual(
    stateDifferences(state('aws:ec2/vpc:Vpc', {}), empty).map(({ path, left, right }) => [path, left, right]),
    [['pending_operations', '0', '1'], ['', 'there', 'absent']]
  )
})

test('reports are compared member by member', () => {
  assert.deepEqual(
    valueDifferences('', { status: 'failed', findings: { a: 1 } }, {
      status: 'failed',
      findings: { a: 2, b: 1 }
    }).map(({ path }) => path),
    ['findings.a', 'findings.b']
  )
})
