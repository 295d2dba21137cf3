import { AutomationError } from '../../errors.ts'
import { type PageRequest } from '../../page.ts'
import { placeOf, type Place } from '../../place.ts'
import { type Stacks, type StackSummary } from '../../ports.ts'
import { type CliPlaces } from '../../stacks/cli/places.ts'
import { type CliStacks } from '../../stacks/cli/stacks.ts'
import { exportStack } from '../../stacks/export.ts'
import { project } from '../../stacks/project.ts'
import { type Lane } from '../../store/deployments/lane-lock.ts'
import { listStacks, stackUnits } from '../../store/stacks/stack-list.ts'
import { createStackStore } from '../../store/stacks/stack-store.ts'
import { readOutputs } from '../../store/units/unit-outputs.ts'
import { shownOutputs } from '../../store/units/units.ts'
import { type Storage } from '../service.ts'
import { type Topology } from '../topology.ts'
import { pageOf } from './page.ts'

/** Stacks and outputs as the store has them, or the CLI's own backend. */
export function createStackReads (
  { pool, sealer }: Storage,
  topology: Pick<Topology, 'get' | 'units'>,
  cliStacks: CliPlaces
): Stacks {
  /**
   * A federation whose file is gone may still have stacks; only a name that means nothing at all is
   * unknown.
   */
  async function checkFederation (name: string, known: boolean): Promise<void> {
    if (!known) await topology.get(name)
  }

  return {
    async outputs (name, place) {
      const outputs = await readOutputs(pool, sealer, laneOf(name, place))
      await checkFederation(name, outputs.size > 0)
      return Object.fromEntries([...outputs].map(([unit, values]) => [unit, shownOutputs(values)]))
    },
    async stacks (name, place, page) {
      const lane = laneOf(name, place)
      const cli = cliStacks.of(place)
      const stacks = cli
        ? await cliStackPage(cli, await stackUnits(pool, lane), name, page)
        : await listStacks(pool, lane, { ...page, limit: page.limit + 1 })
      await checkFederation(name, stacks.length > 0)
      const planned = await topology.units(name)
      const told = stacks.map((one) =>
        planned && one.unit !== undefined && !planned.has(one.unit)
          ? { ...one, orphaned: true as const }
          : one
      )
      return pageOf(told, page.limit, (one) => one.stack)
    },
    async stackState (name, stack, place) {
      const cli = cliStacks.of(place)
      const document = !stack.startsWith(`${name}.`)
        ? undefined
        : cli
        ? await cli.export(stack)
        : await exportStack(createStackStore(pool, { place: placeOf(place.mode, place.world) }), {
          project,
          stack
        })
      if (document) return { ...document }
      await checkFederation(name, false)
      throw new AutomationError(
        'stack-not-found',
        { stack, place: place.mode === 'live' ? 'live' : `world ${place.world ?? 'default'}` }
      )
    }
  }
}

function laneOf (federation: string, { mode, world }: Place): Lane {
  return { federation, place: placeOf(mode, world) }
}

/**
 * Lists the stacks of a federation that the CLI keeps, one more than a page, by name: the CLI does
 * not tell when a stack was made.
 */
async function cliStackPage (
  cli: CliStacks,
  units: ReadonlyMap<string, string>,
  federation: string,
  { after = '', limit }: PageRequest
): Promise<StackSummary[]> {
  const stacks = (await cli.list()).filter(({ stack }) => stack.startsWith(`${federation}.`) && stack > after)
    .slice(0, limit + 1)
  return stacks.map(({ stack, resources, updatedAt = new Date(0).toISOString() }) => {
    const unit = units.get(stack)
    return { stack, ...(unit !== undefined && { unit }), resources, updatedAt }
  })
}
