/** Deployments while clouds and processes fail at random. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { type Stack } from '../../../contract/federation.ts'
import { type Fault } from '../../../contract/launch.ts'
import { assertStatesMatchClouds } from '../../fixtures/stored-world.ts'
import { type Fault as ProcessFault } from '../chaos/faults.ts'
import { inflict } from '../chaos.ts'
import { ran, resumed, type Scene } from './deploying.ts'
import { type RandomCase } from './random.ts'

/** Resumes after which four faults of six times each have all gone wrong. */
const mostResumes = 24
/** Phases of a case: what they make in clouds and clusters meets every kind of fault. */
const lastPhase = 3

/** One random case as it went. */
export interface MixedRow {
  /** Faults of its clouds and of its processes, resumes. */
  readonly cells: [clouds: string, processes: string, resumes: string]
  /** Findings: something stuck, lost or untrue. */
  readonly wrong?: string
}

/** Runs one case to its end, whatever becomes of it. */
export async function mixed (
  scene: Scene,
  { faults, processes }: RandomCase,
  world: string
): Promise<MixedRow> {
  const clouds = faults.map(cloudFault).join('; ')
  const machines = processes.map(processFault).join('; ')
  let resumes = 0
  try {
    resumes = await deployed(scene, { faults, processes }, world)
    await destroyed(scene, world)
    return { cells: [clouds, machines, String(resumes)] }
  } catch (error) {
    const wrong = error instanceof Error ? error.message : String(error)
    return { cells: [clouds, machines, resumes === 0 ? '' : String(resumes)], wrong }
  }
}

/** Deploys while things fail, until it succeeds. Resolves with the resumes that it took. */
async function deployed (
  scene: Scene,
  { faults, processes }: RandomCase,
  world: string
): Promise<number> {
  const disturbed = (async () => {
    for (const fault of processes) {
      await delay(fault.pause)
      await inflict(fault, scene.database, scene.services)
    }
  })()
  // Awaited below.
  disturbed.catch(() => undefined)
  let deployment = await ran(scene, { operation: 'up', rehearsal: { world, faults }, to: lastPhase })
  await disturbed
  let resumes = 0
  while (deployment.status === 'failed' && resumes < mostResumes) {
    resumes++
    deployment = await resumed(scene, deployment.id, { recovered: world })
  }
  assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
  await assertStatesMatchClouds(scene.database.url, world)
  return resumes
}

/** Destroys what a case deployed, and looks that nothing is left. */
async function destroyed (scene: Scene, world: string): Promise<void> {
  const { status, error } = await ran(scene, {
    operation: 'destroy',
    rehearsal: { world },
    to: lastPhase
  })
  assert.equal(status, 'succeeded', `destroy: ${JSON.stringify(error)}`)
  const { items } = await scene.reader.ask<{ items: Stack[] }>(
    'GET',
    `/v1/federations/nautilus/stacks?world=${world}&limit=1000`
  )
  assert.deepEqual(items, [], 'stacks are left after a destroy')
  await scene.reader.ask('DELETE', `/v1/worlds/${world}`)
}

function cloudFault ({ kind, cloud, type, operation, times, after }: Fault): string {
  return [
    kind,
    type ?? cloud,
    operation,
    after === undefined ? undefined : `after ${after}`,
    times === undefined ? undefined : `${times}x`
  ].filter((part) => part !== undefined).join(' ')
}

function processFault ({ pause: _pause, ...fault }: ProcessFault): string {
  return Object.values(fault).map((value) => typeof value === 'number' ? String(value) : value).join(' ')
}
