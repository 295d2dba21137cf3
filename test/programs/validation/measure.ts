/**
 * Deploys a recovery pair by the real programs, makes each change behind the file's back, deploys
 * the unit again, and prints what came of it as lines of JSON. A process of its own: the SDK leaves
 * the rejections of a program that fails to its process.
 */
import { stringify } from 'yaml'
import { alertsOf } from '../../../programs/monitoring/alerts.ts'
import { dashboardsOf } from '../../../programs/monitoring/dashboards.ts'
import { federationAlerts } from '../../../programs/monitoring/federation-alerts.ts'
import { type Check } from '../../../programs/outputs.ts'
import { metricsRead } from '../../../rehearsal/clouds/metrics/targets.ts'
import { World } from '../../../rehearsal/clouds/network/world.ts'
import { partFile } from '../../../scripts/part-of-nautilus.ts'
import { onePair } from '../../fixtures/part-of-nautilus.ts'
import { federationOf } from '../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'
import { type Change, changes, standby } from './behind-the-back.ts'
import { metricsIn } from './metrics-in.ts'

process.on('unhandledRejection', () => undefined)
const say = (line: object): void => console.log(JSON.stringify(line))

const world = new RehearsedWorld(federationOf(stringify(await partFile(onePair))))
await world.up('validation.global')

/** The error of another up while records are changed; null when nothing fails. */
async function errorOf ({ unit, type, which, change }: Change): Promise<string | null> {
  const found = (await world.clouds.find({})).filter((record) =>
    type.test(record.type) && which.test(`${record.id} ${record.name}`)
  )
  for (const record of found) {
    if (change) await world.clouds.put(change(record))
    else await world.clouds.delete(record)
  }
  try {
    await world.again(unit)
    return found.length > 0 ? null : 'nothing was changed'
  } catch (error) {
    return /error: (VALIDATION_FAILED: .*)/.exec(String(error))?.[1] ?? String(error)
  } finally {
    for (const record of found) await world.clouds.put(record)
  }
}

/** Metrics that alerts and dashboards read and that no Prometheus has. */
async function unread (): Promise<string[]> {
  const { federation } = world
  const seen = new World(await world.clouds.find({}))
  const read = new Map(seen.sites.map((site) => [site.name, metricsRead(seen, site)]))
  const everywhere = new Set([...read.values()].flatMap((names) => [...names]))
  const central = [
    ...federationAlerts(federation).map(({ expression }) => expression),
    ...Object.values(dashboardsOf(federation)).flatMap(({ panels }) =>
      panels.flatMap(({ targets }) => (targets as { expr: string }[]).map(({ expr }) => expr))
    )
  ]
  const lost = (expressions: readonly string[], there: ReadonlySet<string> | undefined): string[] =>
    expressions.flatMap(metricsIn).filter((metric) => !there?.has(metric))
  return [
    ...new Set([
      ...lost(central, everywhere),
      ...federation.clusters.flatMap((cluster) =>
        lost(alertsOf(federation, cluster).map(({ expression }) => expression), read.get(cluster.name))
      )
    ])
  ].sort()
}

say({ again: await world.again(`validation.${standby}`) })
say({ unread: await unread() })
say({
  basis: Object.fromEntries(
    [`validation.${standby}`, 'validation.global'].flatMap((unit) =>
      (world.outputs[unit]?.['checks']?.value as Check[]).map(({ name, basis }) => [name, basis])
    )
  )
})
for (const change of changes) say({ change: change.name, error: await errorOf(change) })
process.exit(0)
