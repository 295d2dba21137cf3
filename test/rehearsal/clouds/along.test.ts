/** What a cloud makes along with a resource is there from the same moment as the resource. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import { type CloudRecord } from '../../../rehearsal/store.ts'
import { clusterType, eksCluster, provider, world } from './world.ts'

const entryType = 'aws:eks/accessEntry:AccessEntry'

/** Looks at the world after every write, as whoever reads after a kill does. */
class WatchedStore extends MemoryCloudStore {
  /** Numbers of clusters and of access entries, after each write. */
  readonly seen: [number, number][] = []

  override async put (...records: CloudRecord[]): Promise<void> {
    await super.put(...records)
    this.seen.push([await this.count({ type: clusterType }), await this.count({ type: entryType })])
  }
}

test('a cluster never exists without the access entry of whoever made it, nor that without it', async () => {
  const store = new WatchedStore()
  await eksCluster(await provider(world({ store }).clouds, 'aws', { region: 'us-east-1' }))
  assert.deepEqual(store.seen.at(-1), [1, 1])
  assert.ok(store.seen.every(([clusters, entries]) => clusters === entries), JSON.stringify(store.seen))
})

test('a cluster that a planted fault leaves out brings no access entry', async () => {
  const { store, clouds } = world({ faults: [{ kind: 'mistake', type: clusterType }] })
  await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))
  assert.deepEqual([await store.count({ type: clusterType }), await store.count({ type: entryType })], [0, 0])
})
