/** Moves of resources between stacks in a world, whose states are in the store: one transaction. */
import { type EventDraft } from '../../../event-draft.ts'
import { placeParts } from '../../../place.ts'
import { type Move } from '../../../plan/takeovers.ts'
import { wholeState } from '../../../stacks/export.ts'
import { isLeftOver, moveResources } from '../../../stacks/moved-resources.ts'
import { encryptedAs, sharesSecrets } from '../../../stacks/moved-secrets.ts'
import { pulumiSecrets } from '../../../stacks/passphrase.ts'
import { project } from '../../../stacks/project.ts'
import { type DeploymentV3 } from '../../../stacks/types.ts'
import { appendEvents } from '../../../store/deployments/new-events.ts'
import { type Queryable, transaction } from '../../../store/postgres/database.ts'
import { endMove } from '../../../store/stacks/stack-moves.ts'
import {
  deleteStack,
  hasStack,
  insertStack,
  readState,
  type StackKey,
  stackKey,
  writeState
} from '../../../store/stacks/stack-rows.ts'
import { deleteDeployedUnit, fenceStacks, insertDeployedUnit } from '../../../store/units/moved-units.ts'
import { renameTokens } from '../../../store/worlds/cloud-tokens.ts'
import { type RunService } from '../../service.ts'
import { type Moving, toldMove } from './moving.ts'

/** Makes all moves of a run, or none of them. */
export async function moveInWorld ({ pool, root }: RunService, moving: Moving): Promise<void> {
  const { deployment: { id, place }, moves } = moving
  await transaction(pool, async (client) => {
    const events: EventDraft[] = []
    // In one order, whoever comes.
    await fenceStacks(
      client,
      place,
      [...new Set(moves.flatMap(({ from, to }) => [from.stack, to.stack]))].sort()
    )
    for (const move of moves) {
      const urns = await moveOne(client, root, moving, move)
      await endMove(client, { place, source: move.from.stack, target: move.to.stack }, {
        deployment: id,
        urns: [...urns.values()]
      })
      if (urns.size > 0) events.push(toldMove(move, urns.size))
    }
    await removeLeftOvers(client, moving)
    if (events.length > 0) await appendEvents(client, id, events)
  })
}

const stateIn = async (client: Queryable, key: StackKey): Promise<DeploymentV3 | undefined> =>
  wholeState(await readState(client, key))

/** Makes one move. Resolves with the URNs of what was moved. */
async function moveOne (
  client: Queryable,
  root: Buffer,
  { deployment }: Moving,
  { from, to, rule }: Move
): Promise<ReadonlyMap<string, string>> {
  const keyOf = (stack: string) => stackKey(deployment.place, { project, stack })
  const [sourceKey, targetKey] = [keyOf(from.stack), keyOf(to.stack)]
  const source = await stateIn(client, sourceKey)
  if (!source) return new Map()
  const target = await stateIn(client, targetKey)
  const move = { from: from.stack, to: to.stack, rule }
  const moved = moveResources(source, target, move)
  if (!moved) return new Map()
  const state = target && !sharesSecrets(source, target)
    ? moveResources(
      await encryptedAs(target, source, (await pulumiSecrets(root)).passphrase),
      target,
      move
    )?.target
    : moved.target
  await insertStack(client, targetKey)
  await writeState(client, targetKey, state)
  await writeState(client, sourceKey, moved.source)
  await renameTokens(client, placeParts(deployment.place).world ?? '', moved.urns)
  await insertDeployedUnit(client, { ...deployment, deployment: deployment.id }, to)
  return moved.urns
}

/** Removes the stacks of units that are no more and have nothing any more. */
async function removeLeftOvers (
  client: Queryable,
  { deployment: { place }, ended }: Moving
): Promise<void> {
  for (const stack of ended) {
    const key = stackKey(place, { project, stack })
    const state = await stateIn(client, key)
    if (state ? !isLeftOver(state) : await hasStack(client, key)) continue
    await deleteStack(client, key)
    await deleteDeployedUnit(client, { place, stack })
  }
}
