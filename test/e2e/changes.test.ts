/**
 * Effects of a second deployment on what is there: none when nothing changed, else what the file's
 * edit asks for otherwise. Two clusters in each cloud.
 */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { ofType } from '../../contract/event.ts'
import { eventsOf, succeeds, unitsOf } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { partOfNautilus, threePairs } from '../fixtures/part-of-nautilus.ts'
import type { Service } from '../fixtures/service.ts'
import { assertStatesMatchClouds, readWorld } from '../fixtures/stored-world.ts'

interface PartFile {
  clusters: { name: string, nodePools: { max: number }[] }[]
}

const up = { federation: 'nautilus', operation: 'up' }
/** One cluster in each cloud, its network, and the one that it moves to. */
const moves = [
  ['nautilus-primary-us-east', '10.1.0.0/16', '10.41.0.0/16'],
  ['nautilus-primary-eu-west', '10.3.0.0/16', '10.43.0.0/16'],
  ['nautilus-primary-asia-northeast', '10.5.0.0/16', '10.45.0.0/16']
] as const
const nothing = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }

suite('deployed again', { timeout: 600_000 }, () => {
  let installation: Installation
  let service: Service
  let file: string
  let database: string

  before(async () => {
    installation = await makeInstallation({
      environment: async (folder) => {
        const federations = await partOfNautilus(folder, threePairs)
        file = join(federations, 'nautilus.yaml')
        return { WINDLASS_FEDERATIONS: federations }
      }
    })
    service = await installation.start()
    database = await installation.databaseUrl()
    await succeeds(service.url, up)
  })
  after(async () => {
    await installation?.close()
  })

  test('the same again, of later phases alone, changes nothing but the Jobs that measure', async () => {
    // In each cluster four of its own and two of the federation's, two a pair, and five that ask
    // public names.
    const measured = { ...nothing, replace: 6 * threePairs.length + 2 * 3 + 5 }
    // The preview says so, too. What will be measured it does not know, nor the reports of it.
    const again = { ...up, phases: { from: 8, to: 8 } }
    const preview = await succeeds(service.url, { ...again, operation: 'preview' })
    const reports = threePairs.length + 1
    assert.deepEqual({ ...preview.resourceChanges, same: 0 }, { ...measured, update: reports })
    // Phases 1 to 4 are deployed again below, with one cluster edited.
    const { phases, resourceChanges } = await succeeds(service.url, { ...up, phases: { from: 5, to: 8 } })
    assert.deepEqual(phases.map((phase) => phase.number), [5, 6, 7, 8])
    assert.deepEqual({ ...resourceChanges, same: 0 }, measured)
    assert.ok(resourceChanges.same > 300, `${resourceChanges.same} the same`)
  })

  test('a refresh finds no drift, and a preview changes no state', async () => {
    const before = await readWorld(database)
    const refresh = await succeeds(service.url, { ...up, operation: 'refresh' })
    assert.deepEqual({ ...refresh.resourceChanges, same: 0 }, nothing)
    // Four phases and one cluster in each cloud are enough: a preview does the same in all.
    const preview = await succeeds(service.url, {
      ...up,
      operation: 'preview',
      phases: { from: 1, to: 4 },
      clusters: moves.map(([cluster]) => cluster)
    })
    assert.deepEqual({ ...preview.resourceChanges, same: 0 }, nothing)
    const resources = (world: typeof before): unknown =>
      world.stacks.map((
        stack
      ) => [stack.stack, stack.deployment?.resources?.map((resource) => [resource.urn, resource.id])])
    assert.deepEqual(resources(await readWorld(database)), resources(before))
  })

  test('an edited node count changes only that cluster', async () => {
    const scaled = 'nautilus-primary-us-east'
    const { clusters, ...rest } = parse(await readFile(file, 'utf8')) as PartFile
    await writeFile(
      file,
      stringify({
        ...rest,
        clusters: clusters.map((cluster) => ({
          ...cluster,
          nodePools: cluster.nodePools.map((pool) =>
            cluster.name === scaled ? { ...pool, max: pool.max - 1 } : pool
          )
        }))
      })
    )
    const deployment = await succeeds(service.url, { ...up, phases: { from: 1, to: 4 } })
    const changed = (await unitsOf(service.url, deployment.id)).filter((unit) =>
      unit.resourceChanges.update + unit.resourceChanges.create + unit.resourceChanges.replace +
          unit.resourceChanges.delete > 0
    )
    assert.ok(
      changed.some((unit) => unit.id === `infrastructure.${scaled}`),
      JSON.stringify(changed.map((unit) => unit.id))
    )
    assert.ok(deployment.resourceChanges.update >= 1)
    assert.deepEqual(
      changed.filter((unit) => !unit.clusters.includes(scaled)).map((unit) => unit.id),
      []
    )
  })

  test('an edited network moves a cluster and what depends on it, and leaves nothing behind', async () => {
    let text = await readFile(file, 'utf8')
    for (const [, from, to] of moves) {
      assert.ok(text.includes(`cidr: ${from}`))
      text = text.replace(`cidr: ${from}`, `cidr: ${to}`)
    }
    await writeFile(file, text)
    const deployment = await succeeds(service.url, up)
    assert.deepEqual(deployment.phases.map((phase) => phase.status), Array(8).fill('succeeded'))
    await assertStatesMatchClouds(database)
    const { stacks } = await readWorld(database)
    const replacedAndThere = stacks.flatMap(({ deployment: state }) => state?.resources ?? []).filter((
      resource
    ) => resource.delete)
    assert.deepEqual(replacedAndThere, [])
    for (const [, from, to] of moves) {
      assert.deepEqual(
        stacks.filter(({ deployment: state }) => JSON.stringify(state).includes(`"${from}"`)).map((
          { stack }
        ) => stack),
        []
      )
      assert.ok(stacks.some(({ deployment: state }) => JSON.stringify(state).includes(`"${to}"`)))
    }
    // Other clusters learn the new ranges, but none of them is replaced.
    const units = await unitsOf(service.url, deployment.id)
    const moved = new Set<string>(moves.map(([cluster]) => cluster))
    assert.deepEqual(
      units.filter((unit) => unit.phase === 2 && unit.resourceChanges.replace > 0).map((unit) => unit.scope)
        .sort(),
      [...moved].sort()
    )
    // Events name what phase 3 still held of the old networks, and by now it is gone.
    const left = ofType(await eventsOf(service.url, deployment.id), 'unit.succeeded').filter((
      { leftovers }
    ) => leftovers)
      .map(({ unit }) => unit)
    assert.ok(left.includes('infrastructure.nautilus-primary-us-east'), JSON.stringify(left))
    assert.deepEqual(units.filter((unit) => unit.leftovers), [])
  })
})
