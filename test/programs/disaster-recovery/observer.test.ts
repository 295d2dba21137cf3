import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disasterRecovery } from '../../../programs/disaster-recovery/plan.ts'
import { observersOf } from '../../../programs/disaster-recovery/recovery.ts'
import { podSecurityRefusal } from '../../../rehearsal/clouds/kubernetes/pod-security/admission.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed, type Upstream } from '../../fixtures/programs/mock-engine.ts'

interface Workload {
  metadata: { name: string, namespace: string }
  spec: { template: { spec: { containers: { readinessProbe?: object }[] } } }
}

/** Outputs of any unit: the name of each. */
const anything = new Proxy({}, {
  get: () => new Proxy({}, { get: (_target, name) => `${String(name)}/${String(name)}` })
}) as Upstream

test('the prober of a pair is admitted, and one whose kubelet asks another host is not', async () => {
  const federation = await nautilus()
  const [pair] = federation.disasterRecovery.pairs
  assert.ok(pair)
  const observer = observersOf(federation, pair).find(({ name }) => name !== pair.standby)
  assert.ok(observer)
  const scope = scopeNamed(federation, disasterRecovery, 'cluster', observer.name)
  const run = await runUnit(disasterRecovery, federation, scope, anything)
  const spaces = new Map(
    Object.values(inputsOf(run, 'kubernetes:core/v1:Namespace')).map(({ metadata }) => {
      const { name, labels } = metadata as { name: string, labels: WireObject }
      return [name, labels]
    })
  )
  const probers = (Object.values(inputsOf(run, 'kubernetes:apps/v1:Deployment')) as unknown as Workload[])
    .filter(({ metadata }) => metadata.name === 'verdict')
  assert.ok(probers.length > 0)
  for (const { metadata, spec } of probers) {
    const judged = (probe: object): string | undefined => {
      const [container] = spec.template.spec.containers
      const containers = [{ ...container, readinessProbe: probe }]
      const pod = { ...spec.template, spec: { ...spec.template.spec, containers } }
      return podSecurityRefusal(pod as unknown as WireObject, spaces.get(metadata.namespace) ?? {}, 35)
    }
    assert.equal(judged(spec.template.spec.containers[0]?.readinessProbe ?? {}), undefined)
    assert.equal(
      judged({ httpGet: { host: 'primary.example.com', port: 443, scheme: 'HTTPS' } }),
      'violates PodSecurity "restricted:latest": probe or lifecycle host (container "verdict" uses probe ' +
        'or lifecycle host "primary.example.com")'
    )
  }
})
