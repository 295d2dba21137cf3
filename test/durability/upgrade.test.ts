import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parseFederation } from '../../automation/federation/load.ts'
import { type Pool } from '../../automation/store/postgres/database.ts'
import { catalog } from '../../programs/catalog.ts'
import { type Federation } from '../../programs/types.ts'
import { keyBefore, restoreBefore, worldBefore } from '../fixtures/automation/before-splits.ts'
import { call, ended, eventsOf, launch, until } from '../fixtures/client.ts'
import { type TestServer, startDatabase } from '../fixtures/database.ts'
import { partOfNautilus, threePairs } from '../fixtures/part-of-nautilus.ts'
import { runUnit } from '../fixtures/programs/mock-engine.ts'
import { type Service, makeDataFolder, startService } from '../fixtures/service.ts'
import { assertStatesMatchClouds, readWorld } from '../fixtures/stored-world.ts'
import { deployed, withLedgers } from '../programs/infrastructure/upstream.ts'

const vpn = [
  { from: threePairs[0], to: threePairs[2], kind: 'vpn', bandwidthGbps: 2.5 },
  { from: threePairs[2], to: threePairs[4], kind: 'vpn', bandwidthGbps: 2.5 },
  { from: threePairs[4], to: threePairs[0], kind: 'vpn', bandwidthGbps: 2.5 }
]

/** Types and names of what a unit's program registers. */
async function registeredBy (federation: Federation, unit: string): Promise<ReadonlySet<string>> {
  const phase = catalog.find(({ name }) => unit.startsWith(`${name}.`)) ?? assert.fail(unit)
  const scope = phase.units.flatMap((kind) => kind.scopes(federation)).find(({ name }) =>
    unit === `${phase.name}.${name}`
  )
  assert.ok(scope, unit)
  const { resources } = await runUnit(phase, federation, scope, {
    ...deployed(federation),
    ...withLedgers(federation),
    'prerequisites.global': { zoneId: 'Z0123456789', nameServers: [] }
  })
  return new Set(resources.map(({ type, name }) => `${type} ${name}`))
}

suite('what a version deployed before its stacks were split', { timeout: 300_000 }, () => {
  let server: TestServer
  let url: string
  let pool: Pool
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let service: Service | undefined
  let federations: string
  const start = async (): Promise<Service> => {
    service = await startService({
      dataFolder: folder.folder,
      environment: {
        DATABASE_URL: url,
        WINDLASS_FEDERATIONS: federations,
        WINDLASS_SECRETS_KEY: keyBefore.toString('base64')
      }
    })
    return service
  }
  /** Type and id of all resources in clouds that the world's stacks have. */
  const resources = async () =>
    (await readWorld(url, worldBefore)).stacks.flatMap(({ deployment }) => deployment?.resources ?? [])
      .filter(({ custom, type }) => custom && !type.startsWith('pulumi:'))
      .map(({ type, id }) => `${type} ${id}`).sort()
  const part = async (): Promise<Federation> => {
    const result = parseFederation(
      await readFile(join(federations, 'nautilus.yaml'), 'utf8'),
      'nautilus.yaml'
    )
    return 'federation' in result ? result.federation : assert.fail('the part is no federation')
  }
  const body = { federation: 'nautilus', rehearsal: { world: worldBefore } }
  before(async () => {
    server = await startDatabase()
    folder = await makeDataFolder()
    const database = await server.database()
    url = database.url
    pool = database.pool
    await restoreBefore(pool)
    federations = await partOfNautilus(folder.folder, threePairs, { links: vpn })
  })
  after(async () => {
    await service?.stop()
    await folder.remove()
    await server.close()
  })

  test('is moved into its new stacks, each resource once, kill -9 included', async () => {
    const old = await resources()
    let running = await start()
    const { orphans } = (await call<{ orphans?: unknown[] }>(
      running.url,
      'GET',
      `/v1/federations/nautilus/plan?world=${worldBefore}`
    )).body
    assert.equal(orphans, undefined)
    // It only looks, so all that it does to the stacks is the move.
    const { id } = await launch(running.url, {
      ...body,
      operation: 'drift-check',
      phases: { from: 1, to: 1 }
    })
    await until(running.url, id, ({ status }) => status !== 'queued')
    await running.kill()
    running = await start()
    const { status, error } = await until(running.url, id, ended)
    assert.equal(status, 'succeeded', error?.message)
    const told = (await eventsOf(running.url, id)).filter((event) =>
      event.type === 'diagnostic' && event.message.includes('were moved')
    )
    assert.ok(told.length > 20, `${told.length} moves`)
    assert.deepEqual(await resources(), old)
    await assertStatesMatchClouds(url, worldBefore, { older: true })
  })

  test('is registered by the programs of the units that have it now', async () => {
    const { rows } = await pool.query<{ target: string, urns: string[] }>(
      'SELECT target, urns FROM windlass.stack_moves WHERE urns <> array[]::text[]'
    )
    const moved = Map.groupBy(
      rows.flatMap(({ target, urns }) => urns.map((urn) => ({ target, urn }))),
      ({ target }) => target.slice('nautilus.'.length)
    )
    assert.ok(moved.size >= 20, `${moved.size} units`)
    const federation = await part()
    for (const [unit, resources] of moved) {
      const registered = await registeredBy(federation, unit)
      const lost = resources.map(({ urn }) => urn.split('::').slice(2)).filter(([types = '', name = '']) =>
        !registered.has(`${types.split('$').at(-1)} ${name}`)
      )
      assert.deepEqual(lost, [], unit)
    }
  })

  test('leaves nothing in the stacks of whole pairs, and no side knows a provider of the other', async () => {
    const { stacks } = await readWorld(url, worldBefore)
    const names = stacks.map(({ stack }) => stack)
    const federation = await part()
    for (const { primary, standby } of federation.disasterRecovery.pairs) {
      const pair = `nautilus.disaster-recovery.${primary}.${standby}`
      assert.ok(!names.includes(pair))
      for (const side of ['primary', 'standby'] as const) {
        const own = side === 'primary' ? primary : standby
        const resources = stacks.find(({ stack }) => stack === `${pair}-${side}`)?.deployment?.resources
        const providers = (resources ?? []).filter(({ type }) => type.startsWith('pulumi:providers:'))
        assert.deepEqual(providers.map(({ urn }) => urn.split('::').at(-1)), [`kubernetes-${own}`])
      }
    }
  })

  test('is neither made, replaced nor deleted by the units that have its gateways now', async () => {
    const { id } = await launch(service?.url ?? '', {
      ...body,
      operation: 'up',
      phases: { from: 2, to: 2 },
      clusters: threePairs
    })
    const { status, error } = await until(service?.url ?? '', id, ended)
    assert.equal(status, 'succeeded', error?.message)
    const changed = (await eventsOf(service?.url ?? '', id)).flatMap((event) =>
      event.type === 'resource.succeeded' && !['same', 'update', 'read'].includes(event.op)
        ? [`${event.op} ${event.urn.split('::').slice(2).join(' ')}`]
        : []
    )
    assert.deepEqual(changed.filter((line) => /transit|VpnGateway|NetworkGateway|PublicIP/i.test(line)), [])
  })

  test('is looked at once', async () => {
    const { rows } = await pool.query('SELECT unit FROM windlass.deployed_units WHERE moves')
    assert.deepEqual(rows, [])
  })
})
