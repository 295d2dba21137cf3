import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minorOf, refusedStep } from '../../../rehearsal/clouds/version-steps.ts'
import { type Provider } from '../../../rehearsal/provider.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { clusterType, eksCluster, make, type Made, provider, subject, world } from './world.ts'

function updated (on: Provider, type: string, made: Made, changes: WireObject): Promise<unknown> {
  return on.update({
    ...subject(type, made.id),
    id: made.id,
    olds: made.properties,
    oldInputs: made.inputs,
    news: { ...made.inputs, ...changes },
    timeout: 0,
    preview: false,
    ignoreChanges: []
  })
}

test('control planes go up by one minor version, and never down', () => {
  const steps: [string, string, boolean][] = [
    ['1.33', '1.35', true],
    ['1.34', '1.35', false],
    ['1.35', '1.35', false],
    ['1.35', '1.34', true],
    ['1.34.1', '1.36', true],
    ['1.34.1-gke.1829001', '1.35.0-gke.1200000', false]
  ]
  for (const [before, after, refused] of steps) {
    assert.equal(refusedStep(before, after), refused, `${before} to ${after}`)
  }
  assert.equal(refusedStep(undefined, '1.35'), false)
  assert.equal(minorOf('latest'), undefined)
})

test('EKS refuses to skip a minor version', async () => {
  const on = await provider(world().clouds, 'aws', { region: 'us-east-1' })
  const { cluster } = await eksCluster(on)
  await assert.rejects(
    updated(on, clusterType, cluster, { version: '1.36' }),
    /InvalidParameterException: Unsupported Kubernetes minor version update from 1\.34 to 1\.36/
  )
})

test('GKE refuses to skip a minor version, and to go back', async () => {
  const on = await provider(world().clouds, 'gcp', { region: 'europe-west1' })
  const type = 'gcp:container/cluster:Cluster'
  const made = await make(on, type, 'c', {
    name: 'c',
    location: 'europe-west1',
    initialNodeCount: 1,
    minMasterVersion: '1.33'
  })
  await assert.rejects(
    updated(on, type, made, { minMasterVersion: '1.35' }),
    /Master cannot be upgraded to "1\.35": cannot upgrade the master more than a minor version at a time/
  )
  await assert.rejects(updated(on, type, made, { minMasterVersion: '1.32' }), /Master cannot be downgraded/)
})

test('AKS refuses to skip a minor version, and pools above their control plane', async () => {
  const on = await provider(world().clouds, 'azure-native', { location: 'westeurope' })
  await make(on, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
  const type = 'azure-native:containerservice:ManagedCluster'
  const made = await make(on, type, 'aks', {
    resourceGroupName: 'g',
    resourceName: 'aks',
    dnsPrefix: 'aks',
    kubernetesVersion: '1.33',
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 1, vmSize: 'Standard_D2s_v5' }]
  })
  await assert.rejects(
    updated(on, type, made, { kubernetesVersion: '1.35' }),
    /Code="OperationNotAllowed" Message="Upgrading Kubernetes version 1\.33 to 1\.35 is not allowed\. Available upgrades: \[1\.34\]/
  )
  await assert.rejects(
    make(on, 'azure-native:containerservice:AgentPool', 'more', {
      resourceGroupName: 'g',
      resourceName: 'aks',
      agentPoolName: 'more',
      count: 1,
      vmSize: 'Standard_D2s_v5',
      orchestratorVersion: '1.34'
    }),
    /Code="NodePoolMcVersionIncompatible"/
  )
})
