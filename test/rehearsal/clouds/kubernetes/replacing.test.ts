/** What a change replaces, by the provider's own rules. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DiffResponse, type Provider } from '../../../../rehearsal/provider.ts'
import { unknownValue, type WireObject } from '../../../../rehearsal/wire.ts'
import { kubeconfig, provider, subject, world } from '../world.ts'

const config = { kubeconfig: kubeconfig('https://a.example.com') }
const settings = { ...config, enableSecretMutable: 'true', enableConfigMapMutable: 'true' }

function diff (on: Provider, type: string, oldInputs: WireObject, news: WireObject): Promise<DiffResponse> {
  return on.diff({ ...subject(type, 'it'), id: 'it', olds: oldInputs, oldInputs, news, ignoreChanges: [] })
}

const metadata = { name: 'it', namespace: 'there' }
const daemonSet = 'kubernetes:apps/v1:DaemonSet'
const spec = {
  selector: { matchLabels: { app: 'it' } },
  template: { metadata: { labels: { app: 'it' } }, spec: { containers: [{ name: 'it', image: 'it:1' }] } }
}

test('a spec that is not known yet updates a workload, and another selector replaces it', async () => {
  const on = await provider(world().clouds, 'kubernetes', config)
  const before = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec }
  const hidden = await diff(on, daemonSet, before, { ...before, spec: unknownValue })
  assert.deepEqual([hidden.changes, hidden.replaces], ['some', []])
  const moved = { ...before, spec: { ...spec, selector: { matchLabels: { app: 'other' } } } }
  assert.deepEqual((await diff(on, daemonSet, before, moved)).replaces, ['spec'])
  const whole = await diff(on, daemonSet, { ...before, spec: unknownValue }, before)
  assert.deepEqual(whole.replaces, ['spec'])
})

test('a release of another repository or version is upgraded, in another namespace replaced', async () => {
  const on = await provider(world().clouds, 'kubernetes', config)
  const type = 'kubernetes:helm.sh/v3:Release'
  const before = {
    name: 'it',
    namespace: 'there',
    chart: 'it',
    version: '1.0.0',
    repositoryOpts: { repo: 'https://a.example.com' }
  }
  const upgraded = { ...before, version: '2.0.0', repositoryOpts: { repo: 'https://b.example.com' } }
  assert.deepEqual((await diff(on, type, before, upgraded)).replaces, [])
  const renamed = await diff(on, type, before, { ...before, namespace: 'elsewhere' })
  assert.deepEqual([renamed.replaces, renamed.deleteBeforeReplace], [['namespace'], false])
})

test('data of secrets and config maps is replaced unless the provider may change it in place', async () => {
  const { clouds } = world()
  const [strict, lenient] = [
    await provider(clouds, 'kubernetes', config),
    await provider(clouds, 'kubernetes', settings)
  ]
  for (const kind of ['Secret', 'ConfigMap']) {
    const before = { apiVersion: 'v1', kind, metadata, data: { a: 'Yg==' } }
    const after = { ...before, data: { a: 'Yw==' } }
    const type = `kubernetes:core/v1:${kind}`
    const replaced = await diff(strict, type, before, after)
    assert.deepEqual([replaced.replaces, replaced.deleteBeforeReplace], [['data'], true], kind)
    assert.deepEqual((await diff(lenient, type, before, after)).replaces, [], kind)
    const fixed = await diff(lenient, type, { ...before, immutable: true }, { ...after, immutable: true })
    assert.deepEqual(fixed.replaces, ['data'], kind)
  }
})
