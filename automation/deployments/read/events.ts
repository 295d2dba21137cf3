import { type Events } from '../../ports.ts'
import { readEvents } from '../../store/deployments/events.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { deploymentNotFound, eventsRemoved } from '../refusals.ts'
import { type Feeds } from './feed.ts'

/** Events as the store has them, and as they come. */
export function createEventReads (pool: Pool, feeds: Feeds): Events {
  return {
    async events (id, { after, limit }) {
      const read = await readEvents(pool, id, { after, limit })
      if (!read) throw deploymentNotFound(id)
      if (after < read.eventsFrom - 1) throw eventsRemoved(id, read)
      const last = read.events.at(-1)
      return { items: read.events, ...(last && last.seq < read.lastEvent && { next: String(last.seq) }) }
    },
    follow: (id, options) => feeds.follow(id, options)
  }
}
