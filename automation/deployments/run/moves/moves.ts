/**
 * Moves of resources that an earlier version had in stacks of other units, before a run's own
 * units: nothing happens to the resources, only the stack that has them becomes another.
 */
import { placeParts } from '../../../place.ts'
import { type LockedDeployment } from '../../../store/deployments/locked-deployment.ts'
import { readSource } from '../../../store/deployments/source.ts'
import { doneMoves } from '../../../store/stacks/stack-moves.ts'
import { listDeployedUnits } from '../../../store/units/deployed-units.ts'
import { endMoves } from '../../../store/units/moved-units.ts'
import { readUnitStates } from '../../../store/units/units.ts'
import { type RunService } from '../../service.ts'
import { moveByCli } from './by-cli.ts'
import { moveInWorld } from './in-world.ts'
import { type Moving } from './moving.ts'

/**
 * Moves what is still to be moved in a deployment's place. Called again after a crash it goes on
 * where it stood.
 */
export async function moveResourcesOf (service: RunService, deployment: LockedDeployment): Promise<void> {
  const { id, federation: name, place } = deployment
  const { pool, topology, cliStacks } = service
  const flagged = (await listDeployedUnits(pool, { federation: name, place })).filter((unit) => unit.moves)
  if (flagged.length === 0) return
  const federation = topology.parse(await readSource(pool, id) ?? '', name)
  const { moves, units } = topology.moves(federation)
  // Units that this deployment destroys as orphans keep what they have.
  const own = new Set((await readUnitStates(pool, id)).map((unit) => unit.id))
  const stays = (unit: string): boolean => own.has(unit) && !units.has(unit)
  const sources = new Map(
    flagged.filter((unit) => !stays(unit.id) && moves.some(({ from }) => from.unit === unit.id)).map(
      (unit) => [unit.id, unit.stack]
    )
  )
  const done = await doneMoves(pool, place)
  const moving: Moving = {
    deployment: { id, federation: name, place },
    moves: moves.filter(({ from, to }) => sources.has(from.unit) && !done.has(`${from.stack} ${to.stack}`)),
    ended: [...sources].flatMap(([unit, stack]) => units.has(unit) ? [] : [stack])
  }
  const stacks = cliStacks.of(placeParts(place))
  await (stacks ? moveByCli(service, stacks, moving) : moveInWorld(service, moving))
  // What the file does not have now may come back to it.
  const settled = flagged.filter((unit) => units.has(unit.id) || sources.has(unit.id))
  await endMoves(pool, place, settled.map(({ stack }) => stack))
}
