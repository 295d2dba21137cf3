/** A world that grows older at the end of a deployment, as its scenario says. */
import { type ScenarioAging } from '../../scenarios/outcome.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { readSource } from '../../store/deployments/source.ts'
import { readUnitStates } from '../../store/units/units.ts'
import { timeOfWorld } from '../../store/worlds/world-clock.ts'
import { federationsIn } from '../../store/worlds/world-list.ts'
import { grownWorld, schedulesIn } from '../grown-world.ts'
import { type RunService } from '../service.ts'

/**
 * Looks at what a deployment's world goes through in the days that its scenario names, or says why
 * it does not grow older. Undefined: the scenario names none, or something did not succeed. Changes
 * nothing: who ends the deployment puts the clock forward.
 */
export async function scenarioAging (
  service: RunService,
  { id, federation: name, world, request, scenario }: LockedDeployment
): Promise<ScenarioAging | undefined> {
  const { pool, topology, cliStacks } = service
  const days = scenario?.age
  if (days === undefined || world === null) return undefined
  // The first run is what a scenario judges.
  if ((await readDeployment(pool, id))?.scenario?.asExpected !== undefined) return undefined
  if ((await readUnitStates(pool, id)).some(({ status }) => status !== 'succeeded')) return undefined
  if (request.operation !== 'up') {
    return { refused: `a world grows older after an up, and this was a ${request.operation}` }
  }
  // Their owners did not ask for it, and may be at work there.
  const others = (await federationsIn(pool, world)).filter((one) => one !== name)
  if (others.length > 0) {
    return {
      refused: `world ${world} did not grow older, since it has ${others.join(', ')} too: expected a world ` +
        'that only this federation rehearses in'
    }
  }
  const federation = topology.parse(await readSource(pool, id) ?? '', name)
  const from = await timeOfWorld(pool, world)
  const schedules = schedulesIn(federation, world)
  return { aging: await grownWorld(service, cliStacks, { world, from, days, schedules }) }
}
