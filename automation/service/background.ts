import { HeadFile } from '../audit/head-file.ts'
import { HeadLog } from '../audit/head-log.ts'
import { type Service } from '../deployments/service.ts'
import { type Hook } from '../hooks/file.ts'
import { Notifier } from '../notifications/notifier.ts'
import { usualPeriods } from '../retention/periods.ts'
import { Retention } from '../retention/retention.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { removeWorkflows } from './dbos.ts'
import { type Lifetime } from './lifetime.ts'
import { type StartOptions } from './options.ts'

/**
 * Starts what is done again and again beside deployments: notifications, the audit head, retention.
 */
export async function startBackground (
  options: StartOptions,
  { service, hooks, cliStacks }: { service: Service, hooks: readonly Hook[], cliStacks: CliPlaces },
  lifetime: Lifetime
): Promise<void> {
  const { pool, logger, observe, topology, secretValues } = service
  const notifier = new Notifier({
    pool,
    logger,
    hooks,
    parse: topology.parse,
    random: Math.random,
    now: Date.now,
    secretValues,
    hosts: [],
    ...options.notify
  })
  notifier.start()
  lifetime.keep(() => notifier.close())

  const headLog = new HeadLog(pool, logger)
  await headLog.tell()
  headLog.start()
  lifetime.keep(() => headLog.close())
  if (options.auditHeads !== undefined) {
    const headFile = new HeadFile(pool, options.auditHeads, logger)
    await headFile.start()
    lifetime.keep(() => headFile.close())
  }

  const retention = new Retention({
    pool,
    logger,
    observe,
    periods: options.periods ?? usualPeriods,
    removeWorkflows,
    removeWorldFiles: cliStacks.drop
  })
  retention.start()
  lifetime.keep(() => retention.close())
}
