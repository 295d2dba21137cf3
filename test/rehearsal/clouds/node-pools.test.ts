import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { make, provider, subject, world } from './world.ts'

test('AKS does not change the VM size or the disk of a pool inside the cluster', async () => {
  const on = await provider(world().clouds, 'azure-native', { location: 'westeurope' })
  await make(on, 'azure-native:resources:ResourceGroup', 'g', { resourceGroupName: 'g' })
  const type = 'azure-native:containerservice:ManagedCluster'
  const pool = { name: 'system', mode: 'System', count: 1, vmSize: 'Standard_D2s_v5', osDiskSizeGB: 100 }
  const made = await make(on, type, 'aks', {
    resourceGroupName: 'g',
    resourceName: 'aks',
    dnsPrefix: 'aks',
    agentPoolProfiles: [pool]
  })
  const updated = (changes: WireObject): Promise<unknown> =>
    on.update({
      ...subject(type, made.id),
      id: made.id,
      olds: made.properties,
      oldInputs: made.inputs,
      news: { ...made.inputs, agentPoolProfiles: [{ ...pool, ...changes }] },
      timeout: 0,
      preview: false,
      ignoreChanges: []
    })
  await assert.rejects(
    updated({ vmSize: 'Standard_D4s_v5' }),
    /Code="PropertyChangeNotAllowed" Message="Changing property 'agentPoolProfile\.vmSize' is not allowed\./
  )
  await assert.rejects(updated({ osDiskSizeGB: 200 }), /'agentPoolProfile\.osDiskSizeGB' is not allowed/)
  await updated({ count: 3 })
})
