/** A world of rehearsals whose clock goes forward: what is looked at, and what is kept of it. */
import { type Aging } from '../../contract/aging.ts'
import { type Act } from '../acts.ts'
import { placeOf } from '../place.ts'
import { occurrenceAfter } from '../schedules/occurrences.ts'
import { agedWorld, type AgedSchedule, type AgedStack } from '../stacks/aging.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { wholeState } from '../stacks/export.ts'
import { project } from '../stacks/project.ts'
import { type DeploymentV3 } from '../stacks/types.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { type Queryable } from '../store/postgres/database.ts'
import { createStackStore } from '../store/stacks/stack-store.ts'
import { keepAging } from '../store/worlds/agings.ts'
import { createCloudStore } from '../store/worlds/cloud-store.ts'
import { setWorldTime } from '../store/worlds/world-clock.ts'
import { stacksIn } from '../store/worlds/world-stacks.ts'
import { type Storage } from './service.ts'
import { type Topology } from './topology.ts'

const dayMs = 24 * 60 * 60_000

/** Stacks of a place, where the CLI keeps them. */
export type CliStacks = Pick<CliPlaces, 'of'>

/** Looks at what a world goes through in so many days from a time on. Changes nothing. */
export async function grownWorld (
  storage: Storage,
  cliStacks: CliStacks,
  { world, from, days, schedules }: { world: string, from: number, days: number, schedules: AgedSchedule[] }
): Promise<Aging> {
  return agedWorld({
    from,
    to: from + days * dayMs,
    stacks: await states(storage, cliStacks, world),
    records: await createCloudStore(storage.pool, { world, sealer: storage.sealer }).find({}),
    schedules,
    next: (cron, after) => occurrenceAfter({ cron, timeZone: 'UTC' }, after)?.instant
  })
}

/** Puts a world's clock forward, and keeps what was seen. */
export async function keepGrown (
  client: Queryable,
  world: string,
  aging: Aging,
  { actor, origin }: Pick<Act, 'actor' | 'origin'>
): Promise<void> {
  await setWorldTime(client, world, Date.parse(aging.to))
  await keepAging(client, world, aging)
  await appendAudit(client, {
    action: 'world.aged',
    outcome: 'done',
    ...(actor && { actor }),
    ...(origin && { origin }),
    target: { kind: 'world', id: world },
    before: { time: aging.from },
    after: { time: aging.to, findings: aging.findings.length + aging.more }
  })
}

/** The states of all that is deployed in a world. */
async function states ({ pool }: Storage, cliStacks: CliStacks, world: string): Promise<AgedStack[]> {
  const cli = cliStacks.of({ mode: 'rehearsal', world })
  const store = createStackStore(pool, { place: placeOf('rehearsal', world) })
  const stacks: AgedStack[] = []
  for (const one of await stacksIn(pool, world)) {
    const state = cli
      ? (await cli.export(one.stack))?.deployment as DeploymentV3 | undefined
      : wholeState(await store.load({ project, stack: one.stack }))
    stacks.push({ ...one, resources: state?.resources ?? [] })
  }
  return stacks
}

/**
 * Schedules that a world goes through: what a federation's file says of live stacks, for which it
 * stands, and of the world itself.
 */
export function schedulesIn (
  { name, schedules = [] }: ReturnType<Topology['parse']>,
  world: string
): AgedSchedule[] {
  return schedules.filter((schedule) => schedule.mode === 'live' || schedule.world === world).map(
    (schedule) => ({
      name: `${name}: ${schedule.name}`,
      operation: schedule.operation,
      phases: schedule.phases,
      next: (after) => occurrenceAfter(schedule, after)?.instant
    })
  )
}
