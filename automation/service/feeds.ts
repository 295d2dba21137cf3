import { Feeds } from '../deployments/read/feed.ts'
import { Listener } from '../deployments/read/listener.ts'
import { lookAgain } from '../deployments/run/workflow.ts'
import { type Logger } from '../logger.ts'
import { type Observe } from '../observations.ts'
import { type Pool } from '../store/postgres/database.ts'
import { type Lifetime } from './lifetime.ts'

/** Starts to listen for what processes announce: events for followers, decisions for drivers. */
export async function startFeeds (
  { databaseUrl, pool, logger, observe }: {
    databaseUrl: string
    pool: Pool
    logger: Logger
    observe: Observe
  },
  lifetime: Lifetime
): Promise<{ feeds: Feeds, listener: Listener }> {
  const feeds = new Feeds(pool, observe)
  const listener = new Listener(databaseUrl, {
    onEvent: (deployment, lastEvent) => {
      feeds.announce(deployment, lastEvent)
    },
    onControl: lookAgain,
    onGap: () => {
      feeds.gap()
      lookAgain()
    }
  }, logger)
  lifetime.keep(async () => {
    feeds.close()
    await listener.close()
  })
  await listener.start()
  return { feeds, listener }
}
