/**
 * A thread beside the unit host that ends the process when its parent is gone, also when a program
 * keeps the main thread busy for ever (the closed channel would never be noticed then).
 */
import { isMainThread, workerData } from 'node:worker_threads'
import { endGroup } from './process-group.ts'

// A second is soon enough: a host whose parent died can only waste work, since its lease is taken
// over before anyone else runs the unit.
const checkMilliseconds = 1_000

if (!isMainThread) {
  const { parent } = workerData as { parent: number }
  setInterval(() => {
    if (process.ppid === parent) return
    endGroup()
  }, checkMilliseconds)
}
