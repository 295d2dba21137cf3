/** Deployments of a campaign of scenarios, from their launch to their end. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { type Deployment } from '../../../contract/deployment.ts'
import { type RehearsalOptions } from '../../../contract/launch.ts'
import { ended } from '../../fixtures/client.ts'
import { type ChaosDatabase } from '../chaos/database.ts'
import { type Reader } from '../chaos/reader.ts'
import { type Services } from '../chaos/services.ts'

/** Milliseconds for a deployment to end: ten times what one takes on two busy cores. */
const endPatience = 600_000

export interface Scene {
  readonly database: ChaosDatabase
  readonly services: Services
  readonly reader: Reader
}

/** A launch of a campaign. */
export interface Asked {
  readonly operation: 'up' | 'destroy'
  readonly rehearsal: Partial<RehearsalOptions> & { world: string }
  /**
   * The last phase.
   * @default 8
   */
  readonly to?: number
  /**
   * Launches of that operation in that world before.
   * @default 0
   */
  readonly round?: number
}

/** Launches a deployment in a world, and waits for its end. */
export async function ran (scene: Scene, asked: Asked): Promise<Deployment> {
  const { operation, rehearsal, to = 8, round = 0 } = asked
  const { id } = await scene.reader.ask<Deployment>('POST', '/v1/deployments', {
    federation: 'nautilus',
    operation,
    ordering: 'pipelined',
    phases: { to },
    rehearsal
  }, `${operation}-${rehearsal.world}-${round}`)
  return await over(scene, id)
}

/** Resumes a deployment, after its world has recovered if it has to. */
export async function resumed (
  scene: Scene,
  id: string,
  { recovered }: { recovered?: string } = {}
): Promise<Deployment> {
  if (recovered !== undefined) await scene.reader.ask('DELETE', `/v1/worlds/${recovered}/outages`)
  await scene.reader.ask('POST', `/v1/deployments/${id}/resume`)
  return await over(scene, id)
}

/**
 * Waits for the end of a deployment. Rejects when it stands still, loses events or runs a unit
 * twice at once.
 */
async function over ({ reader }: Scene, id: string): Promise<Deployment> {
  const until = Date.now() + endPatience
  for (;;) {
    const deployment = await reader.read(id)
    if (ended(deployment)) {
      await reader.again(id)
      return deployment
    }
    assert.ok(Date.now() < until, `deployment ${id} stands still: ${JSON.stringify(deployment)}`)
    await delay(200)
  }
}
