/**
 * The process of a unit host (composition root): units in `stacks`, their stores in PostgreSQL. It
 * is started with an IPC channel, over which the service sends settings and units.
 */
import { placeOf } from '../place.ts'
import { serveUnits } from '../stacks/host.ts'
import { type UnitStores } from '../stacks/hosted-unit.ts'
import { type UnitRun } from '../stacks/types.ts'
import { createPool, type Pool } from '../store/postgres/database.ts'
import { refusalOf } from '../store/postgres/passing.ts'
import { type Attempting, patiently } from '../store/postgres/patience.ts'
import { createSealer, type Sealer } from '../store/postgres/sealer.ts'
import { createStackStore } from '../store/stacks/stack-store.ts'
import { createCloudStore } from '../store/worlds/cloud-store.ts'

// The operation's reads, the journal's writes and the clouds' records do not wait for each other.
const connections = 3

/**
 * Opens the stores of one attempt. They wait for a database that is away for as long as this
 * process lives: the service ends it when the unit is another's, is canceled, or the service itself
 * ends.
 */
function openStores (pool: Pool, sealer: Sealer, { mode, rehearsal, fence }: UnitRun): UnitStores {
  let refusal: string | undefined
  const attempting: Attempting = async (work) => {
    try {
      return await patiently(work)
    } catch (error) {
      refusal ??= refusalOf(error)
      throw error
    }
  }
  return {
    stacks: createStackStore(pool, { place: placeOf(mode, rehearsal?.world), fence, attempting }),
    clouds: createCloudStore(pool, { world: rehearsal?.world ?? 'default', sealer, attempting }),
    refusal: () => refusal
  }
}

await serveUnits({
  connect ({ databaseUrl, secretsKey }) {
    const pool = createPool(databaseUrl, { max: connections, name: 'windlass-host', relaxed: true })
    const sealer = createSealer(Buffer.from(secretsKey, 'base64'))
    return (unit) => openStores(pool, sealer, unit)
  }
})
