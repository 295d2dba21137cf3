/**
 * `npm run clouds`: serves simulated clouds for the plain Pulumi CLI until it is stopped, and
 * prints how a CLI attaches. Everything in them is gone afterwards.
 */
import { createClouds } from '../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../rehearsal/clouds/memory-cloud-store.ts'
import { serveClouds } from '../rehearsal/clouds/serve.ts'

// Without durations no operation takes time.
const served = await serveClouds(
  createClouds({ store: new MemoryCloudStore(), durations: { defaults: {}, types: {} } })
)
console.log('Simulated clouds run until you stop this command. In another terminal:')
console.log(`export PULUMI_DEBUG_PROVIDERS=${served.debugProviders}`)
console.log('export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true')
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void served.close()
  })
}
