import { type Deployment } from '../../contract/deployment.ts'
import { type Readiness } from '../../contract/health.ts'
import { type Schedule } from '../../contract/schedule.ts'
import { createAccessStore } from '../access/store.ts'
import { openAuditLog } from '../audit/log.ts'
import { approve, cancel, overrideWindow, reject, resume } from '../deployments/decide/decisions.ts'
import { launch } from '../deployments/launch/launch.ts'
import { type LiveSettings } from '../deployments/launch/live.ts'
import { type Feeds } from '../deployments/read/feed.ts'
import { createReads } from '../deployments/read/reads.ts'
import { type Service } from '../deployments/service.ts'
import { AutomationError } from '../errors.ts'
import { type Hook } from '../hooks/file.ts'
import { receive } from '../hooks/receive.ts'
import { type DeploymentLauncher } from '../launcher.ts'
import { notificationNotFound, resend } from '../notifications/resend.ts'
import { type Automation } from '../ports.ts'
import { actorOf, keyOf, lastDue, nextDue } from '../schedules/due.ts'
import { type FoundCli } from '../stacks/cli/find.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { findByKey } from '../store/deployments/idempotency-key.ts'
import { latestDrift } from '../store/deployments/latest-drift.ts'
import { countStatuses } from '../store/deployments/status-counts.ts'
import { listDeliveries } from '../store/messages/hook-deliveries.ts'
import { notificationDeployment } from '../store/messages/notifications.ts'
import { type Attributes } from '../tracing/context.ts'
import { windowReport } from '../windows/report.ts'

export interface AutomationParts {
  service: Service
  feeds: Feeds
  live: LiveSettings
  pulumi?: FoundCli
  /**
   * Webhooks that launch deployments; `replaceHooks` changes what is in it, for all who read it.
   */
  hooks: Hook[]
  /**
   * Stacks that are in the CLI's own backend; undefined for places whose stacks are in the store.
   */
  cliStacks: CliPlaces
  /** Whether it can do its work, part by part. */
  readiness(): Promise<Readiness>
  close(): Promise<void>
}

/** The door's object over the parts that work behind it. */
export function openAutomation (
  { service, feeds, live, hooks, pulumi, cliStacks, readiness, close }: AutomationParts
): Automation {
  const { pool, topology, runner } = service
  const { tracing, spans } = service
  const parts = { pool, clean: service.clean, now: service.now, spans }
  const traced = <T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> =>
    tracing ? tracing.within(name, attributes, work) : work()
  const reads = createReads(service, cliStacks)
  const open = (): void => {
    if (service.stopping.aborted) {
      throw new AutomationError('shutting-down', 'the service is shutting down: try again in a moment')
    }
  }
  async function decide (id: string, decision: Promise<void>): Promise<Deployment> {
    await decision
    // A canceled or rejected deployment makes room in its lane; a resumed one may start at once.
    service.dispatch()
    return await reads.deployment(id)
  }
  const launching: DeploymentLauncher['launch'] = async (request, options = {}) => {
    open()
    const { federation, operation, mode } = request
    const launched = await traced(
      'launch',
      { 'windlass.federation': federation, 'windlass.operation': operation, 'windlass.mode': mode },
      () =>
        launch(
          {
            pool,
            topology,
            live,
            ...(pulumi ? { pulumi } : {}),
            root: service.root,
            secretValues: service.secretValues,
            now: service.now,
            clean: service.clean
          },
          request,
          options
        )
    )
    service.dispatch()
    return launched
  }
  return {
    ...reads,
    access: createAccessStore(pool),
    launch: launching,
    receiveHook: async (name, request) =>
      await receive(
        { hooks, pool, launcher: { launch: launching }, deployment: reads.deployment, now: Date.now },
        name,
        request
      ),
    replaceHooks: (next) => {
      hooks.splice(0, hooks.length, ...next)
    },
    async hookDeliveries (name, { before, limit }) {
      if (!hooks.some((hook) => hook.name === name)) {
        throw new AutomationError('hook-not-found', `there is no hook ${name}`, { hook: name })
      }
      const found = await listDeliveries(pool, name, {
        limit,
        ...(before === undefined ? {} : { before: Date.parse(before) })
      })
      return found.map(({ delivery, receivedAt, outcome }) => ({ delivery, receivedAt, ...outcome }))
    },
    follow: (id, options) => feeds.follow(id, options),
    audit: openAuditLog(pool, service),
    cancel: (id, by) => decide(id, cancel(parts, id, by)),
    resume: async (id, by) => {
      open()
      return await decide(id, traced('resume', { 'windlass.deployment': id }, () => resume(parts, id, by)))
    },
    approve: (id, decision, by) => decide(id, approve(parts, id, decision, by)),
    reject: (id, decision, by) => decide(id, reject(parts, id, decision, by)),
    async notificationScope (id) {
      const about = await notificationDeployment(pool, id)
      if (about === undefined) throw notificationNotFound(id)
      return await reads.deploymentScope(about)
    },
    resendNotification: (id, by) => resend({ pool, clean: service.clean }, id, by),
    overrideWindow: (id, override, by) => decide(id, overrideWindow(parts, id, override, by)),
    federations: (page) => topology.list(page),
    federation: (name) => topology.get(name),
    async schedules (name) {
      const now = service.now()
      const { schedules = [] } = await topology.get(name)
      return await Promise.all(schedules.map(async (schedule): Promise<Schedule> => {
        const [due, next] = [lastDue(schedule, now), nextDue(schedule, now)]
        const launched = due &&
          await findByKey(pool, { key: keyOf(name, schedule, due), subject: actorOf(name, schedule).subject })
        const { cron, timeZone, operation, mode } = schedule
        return {
          name: schedule.name,
          cron,
          timeZone,
          operation,
          mode,
          ...(next && { next: next.toISOString() }),
          ...(due && { last: { due: due.toISOString(), ...(launched && { deployment: launched.id }) } })
        }
      }))
    },
    windows: async (name) => windowReport(await topology.get(name), service.now()),
    plan: (name, options) => topology.plan(name, options),
    readiness,
    async figures () {
      const [counts, drift] = await Promise.all([countStatuses(pool), latestDrift(pool)])
      return {
        ...counts,
        drift,
        hosts: runner.figures(),
        pool: { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
      }
    },
    close
  }
}
