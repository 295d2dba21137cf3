/**
 * The main job, as its users run it: Nautilus through its eight phases over HTTP on a real service,
 * engine and clouds.
 */
import assert from 'node:assert/strict'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Deployment } from '../../contract/deployment.ts'
import { type Plan } from '../../contract/federation.ts'
import { all, call, eventsOf, run, unitsOf } from '../fixtures/client.ts'
import { schemaValidator } from '../fixtures/programs/mock-engine.ts'
import { type Service, makeDataFolder, repository, startService } from '../fixtures/service.ts'
import { databaseOf, readWorld, tablesWith } from '../fixtures/stored-world.ts'

const schemas = await schemaValidator()

// Four minutes on two free cores; the bound is for what hangs, not for what is slow.
suite('nautilus in rehearsal', { timeout: 1_200_000 }, () => {
  let service: Service
  let data: Awaited<ReturnType<typeof makeDataFolder>>
  let file: string
  let database: string

  before(async () => {
    data = await makeDataFolder()
    const federations = join(data.folder, 'federations')
    await mkdir(federations)
    file = join(federations, 'nautilus.yaml')
    await cp(join(repository, 'federations', 'nautilus.yaml'), file)
    service = await startService({
      dataFolder: data.folder,
      environment: { WINDLASS_FEDERATIONS: federations }
    })
    database = await databaseOf(data.folder)
  })
  after(async () => {
    await service?.stop()
    await data?.remove()
  })

  const up = { federation: 'nautilus', operation: 'up' }
  const failures = async (deployment: Deployment): Promise<string> =>
    JSON.stringify(
      {
        error: deployment.error,
        units: (await unitsOf(service.url, deployment.id)).filter((unit) => unit.error).map((
          unit
        ) => [unit.id, unit.error])
      },
      null,
      1
    ).slice(0, 4_000)
  const succeeds = async (body: Record<string, unknown>): Promise<Deployment> => {
    const deployment = await run(service.url, body)
    assert.equal(deployment.status, 'succeeded', await failures(deployment))
    return deployment
  }

  test('a plan of all eight phases has every cluster in every phase and names the critical path', async () => {
    const { body: plan } = await call<Plan>(service.url, 'GET', '/v1/federations/nautilus/plan')
    assert.ok(plan.units.length >= 80 && plan.units.length <= 110, `${plan.units.length} units`)
    assert.equal(new Set(plan.units.map((unit) => unit.phase)).size, 8)
    assert.equal(plan.targetSeconds, 1800)
    assert.equal(plan.meetsTarget, plan.makespanSeconds <= 1800)
    const path = plan.criticalPath.map((id) => plan.units.find((unit) => unit.id === id))
    assert.equal(path.at(-1)?.predicted.end, plan.makespanSeconds)
  })

  test('launching a phase whose earlier phases are not deployed is refused with what is missing', async () => {
    const answer = await call(service.url, 'POST', '/v1/deployments', { ...up, phases: { from: 3, to: 4 } })
    assert.equal(answer.status, 409)
    assert.equal(answer.body['code'], 'prerequisites-missing')
    assert.match(JSON.stringify(answer.body), /infrastructure\.nautilus-primary-us-east/)
  })

  test('every unit of phases 1 to 8 succeeds, and what the clouds hold is what the states say', async () => {
    const deployment = await succeeds(up)
    const units = await unitsOf(service.url, deployment.id)
    assert.deepEqual([...new Set(units.map((unit) => unit.status))], ['succeeded'])
    assert.deepEqual(deployment.phases.map((phase) => phase.status), Array(8).fill('succeeded'))
    await statesMatchClouds()
    const events = await eventsOf(service.url, deployment.id)
    assert.deepEqual(events.map((event) => event.seq), events.map((_, index) => index + 1))
    assert.equal(events.at(-1)?.type, 'deployment.succeeded')
    assert.equal(deployment.lastEvent, events.length)
    const { status, body } = await call(service.url, 'GET', `/v1/deployments/${deployment.id}/validation`)
    assert.equal(status, 200)
    assert.equal(body['passed'], true, JSON.stringify(body['counts']))
    assert.equal((body['units'] as unknown[]).length, 11)
  })

  async function statesMatchClouds (): Promise<void> {
    const world = await readWorld(database)
    const owned = world.stacks.flatMap((stack) => stack.deployment?.resources ?? []).filter((resource) =>
      resource.custom && !resource.external && !/^(pulumi|tls|random):/.test(resource.type)
    )
    assert.deepEqual(
      owned.map((resource) => resource.urn).sort(),
      world.records.map((record) => record.token).sort()
    )
    assert.deepEqual(
      world.stacks.filter((stack) => stack.locked || (stack.deployment?.pending_operations?.length ?? 0) > 0),
      []
    )
  }

  test('no key that the programs made is in clear anywhere in the database', async () => {
    assert.deepEqual(await tablesWith(database, 'PRIVATE KEY'), [])
    // The search itself finds what is there.
    assert.ok((await tablesWith(database, 'nautilus.mesh.global')).length > 0)
  })

  test('no secret that the programs made is shown by the API', async () => {
    const { body: outputs } = await call<Record<string, Record<string, unknown>>>(
      service.url,
      'GET',
      '/v1/federations/nautilus/outputs'
    )
    assert.deepEqual(outputs['infrastructure.nautilus-primary-us-east']?.['kubeconfig'], { secret: true })
    assert.deepEqual(outputs['mesh.global']?.['rootKey'], { secret: true })
    const { items: deployments } =
      (await call<{ items: Deployment[] }>(service.url, 'GET', '/v1/deployments')).body
    const told = JSON.stringify([
      outputs,
      ...await Promise.all(
        deployments.map(async ({ id }) => [await eventsOf(service.url, id), await unitsOf(service.url, id)])
      )
    ])
    assert.doesNotMatch(told, /PRIVATE KEY/)
    for (const { stack } of await all<{ stack: string }>(service.url, '/v1/federations/nautilus/stacks')) {
      const { status, body } = await call(
        service.url,
        'GET',
        `/v1/federations/nautilus/stacks/${stack}/state`
      )
      assert.equal(status, 200)
      assert.equal(body['version'], 3)
      assert.doesNotMatch(JSON.stringify(body), /PRIVATE KEY/)
    }
  })

  test('every stack holds only what the real providers take', {
    skip: schemas ? false : 'the provider schemas are not beside this checkout'
  }, async () => {
    for (const { stack } of await all<{ stack: string }>(service.url, '/v1/federations/nautilus/stacks')) {
      const { body } = await call<
        {
          deployment: {
            resources: { type: string, urn: string, custom: boolean, inputs: Record<string, unknown> }[]
          }
        }
      >(service.url, 'GET', `/v1/federations/nautilus/stacks/${stack}/state`)
      assert.deepEqual(
        schemas?.(
          body.deployment.resources.map((resource) => ({
            ...resource,
            inputs: resource.inputs ?? {},
            name: resource.urn
          }))
        ),
        [],
        stack
      )
    }
  })

  test('the same again changes nothing', async () => {
    // The other phases are up again below, with one cluster edited.
    const { resourceChanges } = await succeeds({ ...up, phases: { from: 5, to: 8 } })
    assert.deepEqual({ ...resourceChanges, same: 0 }, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 0
    })
    assert.ok(resourceChanges.same > 500)
  })

  test('a refresh finds no drift, and a preview changes no state', async () => {
    const before = await readWorld(database)
    const refresh = await succeeds({ ...up, operation: 'refresh' })
    assert.deepEqual({ ...refresh.resourceChanges, same: 0 }, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 0
    })
    // The first half of the phases: what a preview does is the same in all of them.
    const preview = await succeeds({ ...up, operation: 'preview', phases: { from: 1, to: 4 } })
    assert.deepEqual({ ...preview.resourceChanges, same: 0 }, {
      create: 0,
      update: 0,
      delete: 0,
      replace: 0,
      same: 0
    })
    const resources = (world: typeof before): unknown =>
      world.stacks.map((
        stack
      ) => [stack.stack, stack.deployment?.resources?.map((resource) => [resource.urn, resource.id])])
    assert.deepEqual(resources(await readWorld(database)), resources(before))
  })

  test('a launch of phases 3 to 4 works on its own', async () => {
    const deployment = await succeeds({ ...up, phases: { from: 3, to: 4 } })
    assert.deepEqual(deployment.phases.map((phase) => phase.number), [3, 4])
  })

  test('an edited node count changes only that cluster', async () => {
    const text = await readFile(file, 'utf8')
    // The analytics cluster's upper bound, 20, occurs once.
    const edited = text.replace(/(\bmax:\s*)20\b/, '$119')
    assert.notEqual(edited, text)
    await writeFile(file, edited)
    const deployment = await succeeds({ ...up, phases: { from: 1, to: 4 } })
    const changed = (await unitsOf(service.url, deployment.id)).filter((unit) =>
      unit.resourceChanges.update + unit.resourceChanges.create + unit.resourceChanges.replace +
          unit.resourceChanges.delete > 0
    )
    assert.ok(
      changed.some((unit) => unit.id === 'infrastructure.nautilus-analytics-us'),
      JSON.stringify(changed.map((unit) => unit.id))
    )
    assert.ok(deployment.resourceChanges.update >= 1)
    assert.deepEqual(
      changed.filter((unit) => !unit.clusters.includes('nautilus-analytics-us')).map((unit) => unit.id),
      []
    )
  })

  test(
    'an edited network of one cluster in each cloud moves the cluster and all that stands on it, and ' +
      'leaves nothing of the old one',
    async () => {
      const moves = [['nautilus-primary-us-east', '10.1.0.0/16', '10.41.0.0/16'], [
        'nautilus-primary-eu-west',
        '10.3.0.0/16',
        '10.43.0.0/16'
      ], ['nautilus-primary-asia-northeast', '10.5.0.0/16', '10.45.0.0/16']] as const
      let text = await readFile(file, 'utf8')
      for (const [, from, to] of moves) {
        assert.ok(text.includes(`cidr: ${from}`))
        text = text.replace(`cidr: ${from}`, `cidr: ${to}`)
      }
      await writeFile(file, text)
      const deployment = await succeeds(up)
      assert.deepEqual(deployment.phases.map((phase) => phase.status), Array(8).fill('succeeded'))
      await statesMatchClouds()
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
      // Other clusters learn the new ranges; none of them is made anew.
      const units = await unitsOf(service.url, deployment.id)
      const moved = new Set<string>(moves.map(([cluster]) => cluster))
      assert.deepEqual(
        units.filter((unit) => unit.phase === 2 && unit.resourceChanges.replace > 0).map((unit) => unit.scope)
          .sort(),
        [...moved].sort()
      )
      // What phase 3 still held of the old networks was told, and is gone.
      const left = (await eventsOf(service.url, deployment.id)).filter((event) => event['leftovers']).map((
        event
      ) => event.unit)
      assert.ok(left.includes('infrastructure.nautilus-primary-us-east'), JSON.stringify(left))
      assert.deepEqual(units.filter((unit) => unit.leftovers), [])
    }
  )

  test('destroying a phase that later phases stand on is refused with their list', async () => {
    const answer = await call(service.url, 'POST', '/v1/deployments', {
      ...up,
      operation: 'destroy',
      phases: { from: 2, to: 2 }
    })
    assert.equal(answer.status, 409)
    assert.equal(answer.body['code'], 'dependants-deployed')
  })

  test('destroy leaves no resource in any cloud and no stack', async () => {
    const deployment = await succeeds({ ...up, operation: 'destroy' })
    assert.ok(deployment.resourceChanges.delete > 500)
    const world = await readWorld(database)
    assert.deepEqual(
      [world.records.map((record) => record.token), world.stacks.map((stack) => stack.stack)],
      [[], []]
    )
    const { body: outputs } = await call(service.url, 'GET', '/v1/federations/nautilus/outputs')
    assert.deepEqual(outputs, {})
  })
})
