/**
 * The main job as users run it: Nautilus through its eight phases, over HTTP, on a real service
 * with the rehearsal engine and simulated clouds. This is the only test that deploys the whole of
 * it; suites that only read a deployed Nautilus read this one.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { deviations } from '../../cli/view/virtual.ts'
import { type Deployment } from '../../contract/deployment.ts'
import { type Plan } from '../../contract/federation.ts'
import { costSuite } from '../automation/cost/plan-cost.ts'
import { statementsSuite } from '../federations/nautilus/suite.ts'
import { all, call, eventsOf, succeeds, unitsOf } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import { type DeployedWorld, readDeployedWorld } from '../fixtures/programs/deployed-world.ts'
import { schemaValidator } from '../fixtures/programs/mock-engine.ts'
import { readClouds } from '../fixtures/programs/stored-clouds.ts'
import type { Service } from '../fixtures/service.ts'
import { assertStatesMatchClouds, readWorld, tablesWith } from '../fixtures/stored-world.ts'
import { validationSuite } from '../programs/validation/suite.ts'
import { dutiesSuite } from '../rehearsal/clouds/duties/suite.ts'
import { validitySuite } from '../validity/suite.ts'

const schemas = await schemaValidator()

const up = { federation: 'nautilus', operation: 'up' }

suite('nautilus in rehearsal', { timeout: 600_000 }, () => {
  let installation: Installation
  let service: Service
  let database: string

  before(async () => {
    installation = await makeInstallation({ database: 'embedded' })
    service = await installation.start()
    database = await installation.databaseUrl()
  })
  after(async () => {
    await installation?.close()
  })

  test('a plan of eight phases has every cluster in each of them and names the critical path', async () => {
    const { body: plan } = await call<Plan>(service.url, 'GET', '/v1/federations/nautilus/plan')
    assert.ok(plan.units.length >= 80 && plan.units.length <= 120, `${plan.units.length} units`)
    assert.equal(new Set(plan.units.map((unit) => unit.phase)).size, 8)
    assert.equal(plan.targetSeconds, 1800)
    assert.equal(plan.meetsTarget, plan.makespanSeconds <= 1800)
    const path = plan.criticalPath.map((id) => plan.units.find((unit) => unit.id === id))
    assert.equal(path.at(-1)?.predicted.end, plan.makespanSeconds)
  })

  test('a phase whose earlier phases are not deployed is refused with what is missing', async () => {
    const answer = await call(service.url, 'POST', '/v1/deployments', { ...up, phases: { from: 3, to: 4 } })
    assert.equal(answer.status, 409)
    assert.equal(answer.body['code'], 'prerequisites-missing')
    assert.match(JSON.stringify(answer.body), /infrastructure\.nautilus-primary-us-east/)
  })

  test('every unit of phases 1 to 8 succeeds, and what the clouds hold is what the states say', async () => {
    const deployment = await succeeds(service.url, up)
    const units = await unitsOf(service.url, deployment.id)
    assert.deepEqual([...new Set(units.map((unit) => unit.status))], ['succeeded'])
    assert.deepEqual(deviations(units), [], 'units that would not take as long live as their plans predict')
    assert.deepEqual(deployment.phases.map((phase) => phase.status), Array(8).fill('succeeded'))
    await assertStatesMatchClouds(database)
    const events = await eventsOf(service.url, deployment.id)
    assert.deepEqual(events.map((event) => event.seq), events.map((_, index) => index + 1))
    assert.equal(events.at(-1)?.type, 'deployment.succeeded')
    assert.equal(deployment.lastEvent, events.length)
    const { status, body } = await call(service.url, 'GET', `/v1/deployments/${deployment.id}/validation`)
    assert.equal(status, 200)
    assert.equal(body['passed'], true, JSON.stringify(body['counts']))
    assert.equal((body['units'] as unknown[]).length, 11)
  })

  test('no key that the programs made is in clear anywhere in the database', async () => {
    assert.deepEqual(await tablesWith(database, 'PRIVATE KEY'), [])
    // The search does find text that is there.
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

  suite('is deployed as it should be', () => {
    let world: DeployedWorld
    before(async () => {
      const secretsKey = await installation.secretsKey()
      world = await readDeployedWorld({ databaseUrl: database, secretsKey, federation: await nautilus() })
    })
    const deployed = (): DeployedWorld => world

    dutiesSuite(async () =>
      await readClouds({ databaseUrl: database, secretsKey: await installation.secretsKey() })
    )
    validationSuite(deployed)
    validitySuite(deployed)
    costSuite(deployed)
    statementsSuite(deployed)
  })

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
    const deployment = await succeeds(service.url, { ...up, operation: 'destroy' })
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
