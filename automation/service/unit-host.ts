/**
 * The process of a unit host (composition root): units in `stacks`, their stores in PostgreSQL. It
 * is started with an IPC channel, over which the service sends settings and units.
 */
import { placeOf } from '../place.ts'
import { serveUnits } from '../stacks/host.ts'
import { createPool } from '../store/postgres/database.ts'
import { type Attempting, patiently } from '../store/postgres/patience.ts'
import { createSealer } from '../store/postgres/sealer.ts'
import { createStackStore } from '../store/stacks/stack-store.ts'
import { createCloudStore } from '../store/worlds/cloud-store.ts'

// The operation's reads, the journal's writes and the clouds' records do not wait for each other.
const connections = 3

/**
 * Waits for a store that is away for as long as this process lives: the service ends it when the
 * unit is another's, is canceled, or the service itself ends.
 */
const attempting: Attempting = (work) => patiently(work)

await serveUnits({
  connect ({ databaseUrl, secretsKey }) {
    const pool = createPool(databaseUrl, { max: connections, name: 'windlass-host', relaxed: true })
    const sealer = createSealer(Buffer.from(secretsKey, 'base64'))
    return ({ mode, rehearsal, fence }) => ({
      stacks: createStackStore(pool, { place: placeOf(mode, rehearsal?.world), fence, attempting }),
      clouds: createCloudStore(pool, { world: rehearsal?.world ?? 'default', sealer, attempting })
    })
  }
})
