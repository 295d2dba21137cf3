import { type Schedule } from '../../contract/schedule.ts'
import { type Schedule as PlannedLaunch } from '../../programs/types/operation.ts'
import { type Clock } from '../deployments/service.ts'
import { type Topology } from '../deployments/topology.ts'
import { type Federations } from '../ports.ts'
import { actorOf, keyOf, lastDue, nextDue } from '../schedules/due.ts'
import { findByKey } from '../store/deployments/idempotency-key.ts'
import { leftOutTimes } from '../store/deployments/schedule-turns.ts'
import { type Pool } from '../store/postgres/database.ts'
import { windowReport } from '../windows/report.ts'

/** Federations with how their schedules and windows stand. */
export function createFederations (
  { topology, pool, now }: { topology: Topology, pool: Pool } & Pick<Clock, 'now'>
): Federations {
  return {
    federations: (page) => topology.list(page),
    federation: (name) => topology.get(name),
    async schedules (name) {
      const time = now()
      const { schedules = [] } = await topology.get(name)
      const leftOut = await leftOutTimes(pool, name)
      return await Promise.all(schedules.map(async (schedule) => {
        const latest = leftOut.get(schedule.name)
        return { ...await scheduleState(pool, name, schedule, time), ...(latest && { leftOut: latest }) }
      }))
    },
    windows: async (name) => windowReport(await topology.get(name), now()),
    plan: (name, request) => topology.plan(name, request)
  }
}

async function scheduleState (
  pool: Pool,
  federation: string,
  schedule: PlannedLaunch,
  now: Date
): Promise<Schedule> {
  const [due, next] = [lastDue(schedule, now), nextDue(schedule, now)]
  const launched = due && await findByKey(pool, {
    key: keyOf(federation, schedule, due),
    subject: actorOf(federation, schedule).subject
  })
  const { name, cron, timeZone, operation, mode, overlap } = schedule
  return {
    name,
    cron,
    timeZone,
    operation,
    mode,
    overlap,
    ...(next && { next: next.toISOString() }),
    ...(due && { last: { due: due.toISOString(), ...(launched && { deployment: launched.id }) } })
  }
}
