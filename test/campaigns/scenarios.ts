import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { type Deployment } from '../../contract/deployment.ts'
import { type Stack } from '../../contract/federation.ts'
import { type RehearsalOptions } from '../../contract/launch.ts'
import { type Scenario } from '../../contract/scenario.ts'
import { ended } from '../fixtures/client.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import type { Campaign } from './campaign.ts'
import { type ChaosDatabase, startChaosDatabase } from './chaos/database.ts'
import { Reader } from './chaos/reader.ts'
import { type Services, startServices } from './chaos/services.ts'
import { inflict } from './chaos.ts'
import { type RandomCase, randomCases } from './scenarios/random.ts'

/** Milliseconds for a deployment to end: ten times what one takes on two busy cores. */
const endPatience = 600_000
/** Resumes after which four faults of six times each have all gone wrong. */
const mostResumes = 24

interface Scene {
  readonly database: ChaosDatabase
  readonly services: Services
  readonly reader: Reader
}

export const scenarios: Campaign = {
  name: 'scenarios',
  searches:
    'scenarios that do not end as expected, or after which a resume, another up or a destroy leaves ' +
    'something stuck, lost or untrue; --random N adds cases with faults of clouds and processes',
  runs: 1000,
  async search ({ seed, runs, random, say }) {
    const { clusters } = await nautilus()
    const database = await startChaosDatabase()
    const stop = new AbortController()
    let services: Services | undefined
    try {
      services = await startServices(database.url, clusters.map(({ name }) => name))
      const scene = { database, services, reader: new Reader(services.members, stop.signal) }
      const { items } = await scene.reader.ask<{ items: Scenario[] }>('GET', '/v1/scenarios')
      const [order = []] = fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), {
        seed,
        numRuns: 1
      })
      const wrong: string[] = []
      for (const scenario of order.slice(0, runs)) {
        const row = await named(scene, scenario)
        if (row.wrong.length > 0) wrong.push(`${scenario.name}: ${row.wrong.join('; ')}`)
        say(`${row.wrong.length === 0 ? 'as expected' : 'OTHERWISE'}  ${scenario.name}  ${row.told}`)
      }
      for (const [index, one] of randomCases(seed, random).entries()) {
        say(`random ${index + 1}: ${await mixed(scene, one, `random-${index + 1}`)}`)
      }
      assert.deepEqual(services.ends, [])
      assert.deepEqual(wrong, [])
    } finally {
      stop.abort()
      await services?.close()
      await database.close()
    }
  }
}

/** Launches a deployment in a world, and waits for its end. */
async function ran (
  { reader }: Scene,
  operation: 'up' | 'destroy',
  rehearsal: Partial<RehearsalOptions> & { world: string },
  lastPhase = 8
): Promise<Deployment> {
  const { id } = await reader.ask<Deployment>('POST', '/v1/deployments', {
    federation: 'nautilus',
    operation,
    ordering: 'pipelined',
    phases: { to: lastPhase },
    rehearsal
  }, `${operation}-${rehearsal.world}`)
  return await over({ reader }, id)
}

/** Waits for the end of a deployment. */
async function over ({ reader }: Pick<Scene, 'reader'>, id: string): Promise<Deployment> {
  const until = Date.now() + endPatience
  for (;;) {
    const deployment = await reader.read(id)
    if (ended(deployment)) return deployment
    assert.ok(Date.now() < until, `deployment ${id} stands still: ${JSON.stringify(deployment)}`)
    await delay(200)
  }
}

/** Resumes a deployment, after its world has recovered. */
async function resumed (scene: Scene, id: string, world: string): Promise<Deployment> {
  await scene.reader.ask('DELETE', `/v1/worlds/${world}/outages`)
  await scene.reader.ask('POST', `/v1/deployments/${id}/resume`)
  return await over(scene, id)
}

/** Runs a scenario, and what is expected to make it go on. */
async function named (scene: Scene, scenario: Scenario): Promise<{ told: string, wrong: string[] }> {
  const { name, recovery } = scenario
  const world = `scenario-${name}`
  const first = await ran(scene, 'up', { world, scenario: name })
  const wrong = [...first.scenario?.asExpected ? [] : first.scenario?.differences ?? ['it was not judged']]
  const told: string[] = [first.status]
  if (recovery && first.status === 'failed') {
    const after = recovery === 'resume'
      ? await (async () => {
        await scene.reader.ask('POST', `/v1/deployments/${first.id}/resume`)
        return await over(scene, first.id)
      })()
      : await resumed(scene, first.id, world)
    told.push(`after ${recovery}: ${after.status}`)
    if (after.status !== 'succeeded') wrong.push(`${recovery}: ${after.error?.message ?? after.status}`)
  }
  await scene.reader.ask('DELETE', `/v1/worlds/${world}`)
  return { told: told.join(', '), wrong }
}

/**
 * Deploys while clouds and processes fail, until it succeeds, and destroys all of it. Resolves with
 * a line that says how it went.
 */
async function mixed (scene: Scene, { faults, processes }: RandomCase, world: string): Promise<string> {
  const disturbed = (async () => {
    for (const fault of processes) {
      await delay(fault.pause)
      await inflict(fault, scene.database, scene.services)
    }
  })()
  // Awaited below.
  disturbed.catch(() => undefined)
  let deployment = await ran(scene, 'up', { world, faults }, 3)
  await disturbed
  let resumes = 0
  while (deployment.status === 'failed' && resumes < mostResumes) {
    resumes++
    deployment = await resumed(scene, deployment.id, world)
  }
  assert.equal(
    deployment.status,
    'succeeded',
    `${JSON.stringify(faults)}: ${JSON.stringify(deployment.error)}`
  )
  const destroyed = await ran(scene, 'destroy', { world }, 3)
  assert.equal(destroyed.status, 'succeeded', JSON.stringify(destroyed.error))
  const { items } = await scene.reader.ask<{ items: Stack[] }>(
    'GET',
    `/v1/federations/nautilus/stacks?world=${world}&limit=1000`
  )
  assert.deepEqual(items, [], 'stacks are left after a destroy')
  await scene.reader.ask('DELETE', `/v1/worlds/${world}`)
  return `${faults.map(({ kind }) => kind).join(', ')}; ${processes.map(({ kind }) => kind).join(', ')}; ` +
    `${resumes} resumes`
}
