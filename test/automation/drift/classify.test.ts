import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { driftOf, isInCloud, type Seen } from '../../../automation/drift/classify.ts'
import { differencesOf } from '../../../automation/drift/differences.ts'
import { type DriftDraft } from '../../../automation/drift/draft.ts'

const secret = {
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  ciphertext: '[secret]'
}
const same = <T>(value: T): T => value
const urn = 'urn:pulumi:s::windlass::aws:ec2/vpc:Vpc::network'
const seen = (change: Partial<Seen>): Seen => ({
  op: 'same',
  urn,
  type: 'aws:ec2/vpc:Vpc',
  old: { custom: true, inputs: {}, outputs: {} },
  new: { custom: true, inputs: {}, outputs: {} },
  ...change
})
const state = (inputs: Record<string, unknown>, outputs = inputs) => ({ custom: true, inputs, outputs })

/** Reads what the real engine reported while it previewed a refresh (test/recordings). */
async function recorded (name: string, op: string): Promise<Seen[]> {
  const { steps } = JSON.parse(
    await readFile(new URL(`../../recordings/recordings/${name}.json`, import.meta.url), 'utf8')
  ) as { steps: { op: string, events: { resOutputsEvent?: { metadata: Seen } }[] }[] }
  return steps.find((step) => step.op === op)?.events.flatMap(({ resOutputsEvent }) =>
    resOutputsEvent ? [resOutputsEvent.metadata] : []
  ) ?? []
}

const found = (all: readonly Seen[]): DriftDraft[] =>
  all.filter(isInCloud).flatMap((one) => driftOf(one, same) ?? [])

describe('drift', () => {
  test('is read from what the real engine tells when it previews a refresh', async () => {
    const drift = found(await recorded('refresh-drift-then-up', 'previewRefresh'))
    assert.deepEqual(drift.map(({ resource, kind }) => [resource.name, kind]), [['vpc', 'changed']])
    assert.deepEqual(drift[0]?.properties, [{
      path: 'tags.v',
      kind: 'changed',
      expected: '1',
      actual: 'drifted'
    }, { path: 'tagsAll.v', kind: 'output', expected: '1', actual: 'drifted' }])
  })

  test('that the real engine found as a resource that is gone is missing', async () => {
    const gone = found(await recorded('refresh-missing-then-up', 'refresh')).filter(({ kind }) =>
      kind === 'missing'
    )
    assert.equal(gone.length, 1)
    assert.deepEqual(gone[0]?.properties, [])
  })

  test('a value that only the cloud computes counts as output drift, whatever its name', () => {
    const drift = driftOf(
      seen({
        old: state({ name: 'a' }, { name: 'a', status: 'up' }),
        new: state({ name: 'a' }, { name: 'A', status: 'down' })
      }),
      same
    )
    assert.deepEqual([drift?.kind, drift?.properties.map(({ path, kind }) => `${path} ${kind}`)], ['output', [
      'name output',
      'status output'
    ]])
  })

  test('that a provider finds in something that nobody sets is computed', () => {
    const drift = driftOf(
      seen({
        op: 'update',
        old: state({}, { tagsAll: { a: '1' } }),
        new: state({}, { tagsAll: { a: '2' } }),
        detailedDiff: { tagsAll: { diffKind: 'update', inputDiff: false } }
      }),
      same
    )
    assert.equal(drift?.kind, 'output')
  })

  test('is told with the innermost paths, from detailed and from plain answers of providers', () => {
    const sides = {
      old: state({ tags: { a: '1', 'k8s.io/x': 'y' }, ports: [1, 2] }),
      new: state({ tags: { a: '2' }, ports: [1, 3, 4] })
    }
    for (
      const told of [{ diffs: ['tags', 'ports'] }, {
        detailedDiff: { 'tags.a': {}, 'tags["k8s.io/x"]': {}, ports: {} }
      }]
    ) {
      const drift = driftOf(seen({ op: 'update', ...sides, ...told }), same)
      assert.deepEqual(drift?.properties, [
        { path: 'tags.a', kind: 'changed', expected: '1', actual: '2' },
        { path: 'tags["k8s.io/x"]', kind: 'changed', expected: 'y' },
        { path: 'ports[1]', kind: 'changed', expected: 2, actual: 3 },
        { path: 'ports[2]', kind: 'changed', actual: 4 }
      ])
    }
  })

  test('of a secret shows that it differs and not what it is', () => {
    const drift = driftOf(
      seen({
        op: 'update',
        old: state({ password: secret, user: 'a' }),
        new: state({ password: 'in the clear', user: 'a' }),
        diffs: ['password']
      }),
      same
    )
    assert.deepEqual(drift?.properties, [{
      path: 'password',
      kind: 'changed',
      expected: '[secret]',
      actual: '[secret]'
    }])
    assert.equal(
      driftOf(seen({ old: state({}, { key: secret }), new: state({}, { key: 'in the clear' }) }), same),
      undefined
    )
    const added = driftOf(
      seen({ op: 'update', old: state({}), new: state({ login: { password: secret } }), diffs: ['login'] }),
      same
    )
    assert.deepEqual(added?.properties, [{
      path: 'login',
      kind: 'changed',
      actual: { password: '[secret]' }
    }])
  })

  test('has what is known by value as secret taken out, and lists no more than people read', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`p${index}`, 'hunter22']))
    const drift = driftOf(
      seen({ op: 'update', old: state({}), new: state(many), diffs: Object.keys(many) }),
      (value) => JSON.parse(JSON.stringify(value).replaceAll('hunter22', '[secret]')) as typeof value
    )
    assert.equal(drift?.properties.length, 50)
    assert.equal(drift.propertiesCut, 30)
    assert.doesNotMatch(JSON.stringify(drift), /hunter22/)
    const long = driftOf(
      seen({
        op: 'update',
        old: state({ document: 'a' }),
        new: state({ document: 'b'.repeat(5000) }),
        diffs: ['document']
      }),
      same
    )
    assert.match(String(long?.properties[0]?.actual), /^"b{900,}… \(\d+ characters cut\)$/)
  })

  test('is none of components, providers and the stack', () => {
    assert.ok(!isInCloud(seen({ type: 'pulumi:providers:aws' })))
    assert.ok(!isInCloud(seen({ old: { inputs: {} } })))
    assert.ok(isInCloud(seen({})))
  })
})

describe('differences', () => {
  const json = fc.jsonValue({ maxDepth: 4 })
  const properties = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 6 }).filter((key) => !key.startsWith('__') && key !== '__proto__'),
    json,
    { maxKeys: 6 }
  )

  test('are none between equals, and some between others that differ in more than nothing', () => {
    fc.assert(fc.property(properties, properties, (a, b) => {
      assert.deepEqual(differencesOf(a, structuredClone(a)), [])
      const there = differencesOf(a, b)
      const back = differencesOf(b, a)
      assert.deepEqual(new Set(there.map(({ path }) => path)), new Set(back.map(({ path }) => path)))
      assert.equal(new Set(there.map(({ path }) => path)).size, there.length)
      for (const { before, after } of there) assert.notDeepEqual(before, after)
    }))
  })

  test('leave out what providers note for themselves', () => {
    assert.deepEqual(differencesOf({ __meta: 1, a: 1 }, { __meta: 2, a: 1 }), [])
  })
})
