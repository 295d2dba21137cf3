/** Worlds of rehearsals that grow older: their clocks are put forward, and what broke is kept. */
import { type Aging } from '../../contract/aging.ts'
import { type Act } from '../acts.ts'
import { AutomationError } from '../errors.ts'
import { placeOf } from '../place.ts'
import { type Agings } from '../ports.ts'
import { occurrenceAfter } from '../schedules/occurrences.ts'
import { agedWorld, type AgedSchedule, type AgedStack } from '../stacks/aging.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { wholeState } from '../stacks/export.ts'
import { project } from '../stacks/project.ts'
import { type DeploymentV3 } from '../stacks/types.ts'
import { lockPlace } from '../store/deployments/lane-lock.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { type Queryable, transaction } from '../store/postgres/database.ts'
import { createStackStore } from '../store/stacks/stack-store.ts'
import { agingsOf, keepAging } from '../store/worlds/agings.ts'
import { busyIn } from '../store/worlds/busy-world.ts'
import { createCloudStore } from '../store/worlds/cloud-store.ts'
import { setWorldTime, timeOfWorld } from '../store/worlds/world-clock.ts'
import { federationsIn } from '../store/worlds/world-list.ts'
import { stacksIn } from '../store/worlds/world-stacks.ts'
import { type Storage } from './service.ts'
import { type Topology } from './topology.ts'

/** Deployments that a refusal names. */
const namedDeployments = 10
const dayMs = 24 * 60 * 60_000

/** Agings as the store has them; stacks may be in the CLI's own backend. */
export function createAgings (
  storage: Storage,
  topology: Pick<Topology, 'get'>,
  cliStacks: Pick<CliPlaces, 'of'>
): Agings {
  const { pool, sealer } = storage
  const known = async (client: Queryable, world: string): Promise<string[]> => {
    const federations = await federationsIn(client, world)
    if (federations.length === 0) throw new AutomationError('world-not-found', { world })
    return federations
  }
  return {
    async agings (world) {
      await known(pool, world)
      return await agingsOf(pool, world)
    },
    async age (world, { days }, { actor, origin }) {
      return await transaction(pool, async (client) => {
        // What is launched meanwhile would begin at one time and go on at another.
        const mine = await lockPlace(client, placeOf('rehearsal', world))
        const federations = await known(client, world)
        const busy = mine ? await busyIn(client, { world, limit: namedDeployments }) : []
        if (!mine || busy.length > 0) {
          throw new AutomationError('world-in-use', { world, deployments: busy })
        }
        const from = await timeOfWorld(client, world)
        const aging = agedWorld({
          from,
          to: from + days * dayMs,
          stacks: await states(storage, cliStacks, world),
          records: await createCloudStore(pool, { world, sealer }).find({}),
          schedules: await schedulesOf(topology, federations, world),
          next: (cron, after) => occurrenceAfter({ cron, timeZone: 'UTC' }, after)?.instant
        })
        await setWorldTime(client, world, from + days * dayMs)
        await keepAging(client, world, aging)
        await appendAudit(client, noted(world, aging, { actor, origin }))
        return aging
      })
    }
  }
}

function noted (world: string, aging: Aging, { actor, origin }: Pick<Act, 'actor' | 'origin'>): Act {
  return {
    action: 'world.aged',
    outcome: 'done',
    ...(actor && { actor }),
    ...(origin && { origin }),
    target: { kind: 'world', id: world },
    before: { time: aging.from },
    after: { time: aging.to, findings: aging.findings.length + aging.more }
  }
}

/** The states of all that is deployed in a world. */
async function states (
  { pool }: Storage,
  cliStacks: Pick<CliPlaces, 'of'>,
  world: string
): Promise<AgedStack[]> {
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
 * Schedules that a world goes through: what the files of its federations say of live stacks, for
 * which it stands, and of the world itself.
 */
async function schedulesOf (
  topology: Pick<Topology, 'get'>,
  federations: readonly string[],
  world: string
): Promise<AgedSchedule[]> {
  const found: AgedSchedule[] = []
  for (const name of federations) {
    const federation = await topology.get(name).catch((error: unknown) => {
      // Its file is gone: nothing is launched of it any more.
      if (error instanceof AutomationError && error.code === 'federation-not-found') return undefined
      throw error
    })
    for (const schedule of federation?.schedules ?? []) {
      if (schedule.mode !== 'live' && schedule.world !== world) continue
      found.push({
        name: `${name}: ${schedule.name}`,
        operation: schedule.operation,
        phases: schedule.phases,
        next: (after) => occurrenceAfter(schedule, after)?.instant
      })
    }
  }
  return found
}
