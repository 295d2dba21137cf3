import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { nodeStart } from '../../../programs/components/aws/node-start.ts'
import { agentPoolName } from '../../../programs/components/azure/agent-pool.ts'
import { linuxOsConfig } from '../../../programs/components/azure/linux-settings.ts'
import { hostAddress } from '../../../programs/components/cidr.ts'
import { linuxNodeConfig } from '../../../programs/components/gcp/linux-settings.ts'
import { kernelTuning } from '../../../programs/components/kernel-tuning.ts'
import { cpuList, kubeletTuning, systemCpus } from '../../../programs/components/kubelet-tuning.ts'
import { nodeGroupPlans, share } from '../../../programs/components/node-group-plan.ts'
import { infrastructure } from '../../../programs/infrastructure/plan.ts'
import { clusterOf } from '../../../programs/scopes.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const federation = await nautilus()
const [anyCluster] = federation.clusters
assert.ok(anyCluster)
const cluster = anyCluster

test("a cluster's infrastructure waits for its own prerequisites, on Azure for the account's, too", () => {
  const [kind] = infrastructure.units
  assert.ok(kind)
  assert.equal(kind.scopes(federation).length, 10)
  for (const scope of kind.scopes(federation)) {
    const account = clusterOf(federation, scope.name).cloud === 'azure' ? ['azure'] : []
    assert.deepEqual(
      kind.dependsOn(federation, scope),
      [scope.name, ...account].map((name) => ({ phase: 'prerequisites', scope: name }))
    )
  }
})

test('the estimate holds the control plane and then the nodes', () => {
  const [kind] = infrastructure.units
  assert.ok(kind)
  for (const scope of kind.scopes(federation)) {
    const steps = kind.estimate(federation, scope)
    const keys = steps.map(({ key }) => key)
    assert.ok(steps.every((step) => (step.after ?? []).every((key) => keys.includes(key))))
    assert.ok(keys.includes('cluster'), scope.name)
    const before = (key: string): string[] =>
      (steps.find((step) => step.key === key)?.after ?? []).flatMap((other) => [other, ...before(other)])
    assert.ok(!keys.includes('nodes') || before('nodes').includes('cluster'), scope.name)
  }
})

test('shares sum to the whole and differ by one at most', () => {
  fc.assert(fc.property(fc.nat(500), fc.integer({ min: 1, max: 9 }), (total, parts) => {
    const shares = share(total, parts)
    assert.equal(shares.reduce((sum, one) => sum + one, 0), total)
    assert.ok(Math.max(...shares) - Math.min(...shares) <= 1)
  }))
})

test('node groups of a pool have its counts together, each within its own bounds', () => {
  const counts = fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10)).map(([min, more, most]) => ({
    min,
    desired: min + more,
    max: Math.max(min + more + most, 1)
  }))
  fc.assert(fc.property(counts, fc.boolean(), fc.boolean(), ({ min, desired, max }, placement, spot) => {
    const pool = {
      name: 'pool',
      instanceType: 'c6i.4xlarge',
      min,
      max,
      desired,
      spot,
      diskGb: 100,
      labels: {},
      taints: []
    }
    const groups = nodeGroupPlans({ ...cluster, nodePools: [pool], tuning: placement ? ['placement'] : [] })
    const sum = (of: 'min' | 'max' | 'desired'): number =>
      groups.reduce((total, group) => total + group[of], 0)
    assert.deepEqual([sum('min'), sum('desired'), sum('max')], [min, desired, max])
    assert.ok(
      groups.every((group) => group.min <= group.desired && group.desired <= group.max && group.max > 0)
    )
    assert.ok(groups.every((group) => !group.placement || (group.zones.length === 1 && !spot)))
    assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length)
  }))
})

test('CPUs before the first pinned one are left to the system', () => {
  assert.equal(systemCpus({ pinnedCpus: [2, 3, 4, 5], hugePages: [] }), '0-1')
  assert.equal(systemCpus({ pinnedCpus: [0, 1], hugePages: [] }), '0')
  assert.equal(cpuList([5, 2, 3, 9]), '2-3,5,9')
  assert.equal(kubeletTuning(['tcp-bbr'], { pinnedCpus: [2], hugePages: [] }), undefined)
})

test('an address inside a range', () => {
  assert.equal(hostAddress('172.20.0.0/16', 10), '172.20.0.10')
  assert.equal(hostAddress('10.0.0.250/24', 10), '10.0.1.4')
  assert.throws(() => hostAddress('nonsense', 1), RangeError)
})

test('names of agent pools are what AKS takes, and differ', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/), (name) => {
    assert.match(agentPoolName(name), /^[a-z][a-z0-9]{0,11}$/)
  }))
  assert.notEqual(agentPoolName('analytics-large-1'), agentPoolName('analytics-large-2'))
})

test('what a tier asks of the kernel is set at the node pool as far as its cloud takes it', () => {
  const settings = { pinnedCpus: [2], hugePages: ['2Mi', '1Gi'] as const }
  const all = kernelTuning(['tcp-bbr', 'huge-pages', 'kernel-bypass'], settings)
  assert.ok(all)
  assert.equal(kernelTuning(['placement', 'numa'], settings), undefined)
  const google = linuxNodeConfig(all, 'c2-standard-8')
  assert.equal(google?.sysctls?.['net.ipv4.tcp_congestion_control'], 'bbr')
  assert.equal(google.sysctls['net.core.default_qdisc'], undefined)
  assert.deepEqual(google.hugepagesConfig, { hugepageSize2m: 1024 })
  assert.deepEqual(linuxNodeConfig(all, 'c3-standard-8')?.hugepagesConfig, {
    hugepageSize2m: 1024,
    hugepageSize1g: 2
  })
  const azure = linuxOsConfig(all)
  assert.deepEqual(azure, {
    sysctls: {
      netCoreNetdevMaxBacklog: 250000,
      netCoreRmemMax: 67108864,
      netCoreSomaxconn: 65535,
      netCoreWmemMax: 67108864
    },
    transparentHugePageEnabled: 'madvise',
    transparentHugePageDefrag: 'madvise'
  })
  const start = (text: string | undefined): string => Buffer.from(text ?? '', 'base64').toString()
  const bypassed = start(nodeStart(undefined, all))
  for (
    const part of [
      '"maxPods":110',
      'echo 1024 > /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages',
      'tcp_congestion_control="bbr"',
      '[ "$number" = 1 ] || continue',
      'driver_override'
    ]
  ) assert.ok(bypassed.includes(part), part)
  const standard = start(nodeStart(undefined, kernelTuning(['tcp-bbr'], settings)))
  assert.ok(
    standard.includes('tcp_bbr') && !standard.includes('vfio') && !standard.includes('NodeConfig') &&
      !standard.includes('hugepages')
  )
  assert.equal(nodeStart(undefined, undefined), undefined)
})

test('the script that a node runs when it starts is one that a shell takes', () => {
  const all = kernelTuning(['tcp-bbr', 'huge-pages', 'kernel-bypass'], {
    pinnedCpus: [2],
    hugePages: ['2Mi', '1Gi']
  })
  const script = Buffer.from(nodeStart(undefined, all) ?? '', 'base64').toString().split('\n--node').find((
    part
  ) => part.includes('#!/bin/sh'))
  const { status, stderr } = spawnSync('sh', ['-n'], { input: script?.slice(script.indexOf('#!')) })
  assert.equal(status, 0, stderr.toString())
})
