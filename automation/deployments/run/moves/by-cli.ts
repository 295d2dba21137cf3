/**
 * Moves of resources between stacks that the CLI keeps: exports and imports, each noted in the
 * store before it begins. The target has the resources before the source loses them, so a move that
 * was cut off leaves them in both, and the next one goes on: no unit runs before it is done.
 */
import { placeParts } from '../../../place.ts'
import { type Move } from '../../../plan/takeovers.ts'
import { type CliStacks } from '../../../stacks/cli/stacks.ts'
import { isLeftOver, moveResources } from '../../../stacks/moved-resources.ts'
import { sharesSecrets } from '../../../stacks/moved-secrets.ts'
import { appendEvents } from '../../../store/deployments/new-events.ts'
import { transaction } from '../../../store/postgres/database.ts'
import { beginMove, endMove } from '../../../store/stacks/stack-moves.ts'
import { deleteDeployedUnit, insertDeployedUnit } from '../../../store/units/moved-units.ts'
import { renameTokens } from '../../../store/worlds/cloud-tokens.ts'
import { type RunService } from '../../service.ts'
import { type Moving, toldMove } from './moving.ts'

/** Makes the moves of a run one after the other. */
export async function moveByCli (
  service: Pick<RunService, 'pool' | 'sealer' | 'stopping'>,
  stacks: CliStacks,
  moving: Moving
): Promise<void> {
  const { pool, stopping } = service
  const { deployment: { id, place }, moves, ended } = moving
  const { world } = placeParts(place)
  for (const move of moves) {
    stopping.throwIfAborted()
    const urns = await moveOne(service, stacks, moving, move)
    await transaction(pool, async (client) => {
      await endMove(client, { place, source: move.from.stack, target: move.to.stack }, {
        deployment: id,
        urns: [...urns.values()]
      })
      if (urns.size === 0) return
      // Simulated clouds know resources by the URNs that made them.
      if (world !== undefined) await renameTokens(client, world, urns)
      await insertDeployedUnit(client, { ...moving.deployment, deployment: id }, move.to)
      await appendEvents(client, id, [toldMove(move, urns.size)])
    })
  }
  for (const stack of ended) {
    const state = (await stacks.export(stack))?.deployment
    if (state && !isLeftOver(state)) continue
    if (state) await stacks.remove(stack)
    await deleteDeployedUnit(pool, { place, stack })
  }
}

/** Makes one move. Resolves with the URNs of what was moved. */
async function moveOne (
  { pool, sealer }: Pick<RunService, 'pool' | 'sealer'>,
  stacks: CliStacks,
  { deployment: { id, place } }: Moving,
  { from, to, rule }: Move
): Promise<ReadonlyMap<string, string>> {
  const source = (await stacks.export(from.stack))?.deployment
  if (!source) return new Map()
  const target = (await stacks.export(to.stack))?.deployment
  const move = { from: from.stack, to: to.stack, rule }
  const moved = moveResources(source, target, move)
  if (!moved) return new Map()
  await beginMove(pool, { place, source: from.stack, target: to.stack }, {
    deployment: id,
    urns: [...moved.urns.values()],
    states: sealer.seal({ source, target: target ?? null })
  })
  let state = moved.target
  if (target?.resources && !sharesSecrets(source, target)) {
    const clear = (await stacks.export(from.stack, { showSecrets: true }))?.deployment
    state = (clear && moveResources(clear, target, move)?.target) ?? state
  }
  if (!target) await stacks.create(to.stack)
  await stacks.import(to.stack, state)
  await stacks.import(from.stack, moved.source)
  return moved.urns
}
