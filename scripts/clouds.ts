/**
 * Simulated clouds for the plain Pulumi CLI: serves them until it is stopped and says how a CLI
 * attaches. What is made in them is gone with them. Also under `npm run clouds`.
 */
import { createClouds } from '../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../rehearsal/clouds/memory-cloud-store.ts'
import { serveClouds } from '../rehearsal/clouds/serve.ts'

// At time scale 0 nothing takes its time.
const served = await serveClouds(
  createClouds({ store: new MemoryCloudStore(), durations: { defaults: {}, types: {} } })
)
console.log('Simulated clouds run until this is stopped. In another terminal:')
console.log(`export PULUMI_DEBUG_PROVIDERS=${served.debugProviders}`)
console.log('export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true')
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void served.close()
  })
}
