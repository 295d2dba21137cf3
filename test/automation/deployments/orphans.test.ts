import assert from 'node:assert/strict'
import { after, afterEach, before, suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type Operation } from '../../../contract/words.ts'
import { ended, request, unitsOf, until } from '../../fixtures/automation/harness.ts'
import { failed, type Run, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { Edited, place, rehearsal } from './edited-federation.ts'

const [east, west, eu] = [
  'nautilus-primary-us-east',
  'nautilus-hub-us-west',
  'nautilus-primary-eu-west'
] as const
const standby = 'nautilus-dr-us-west'
const renamed = 'nautilus-hub-us-pacific'

interface File {
  clusters: { name: string, role: string }[]
  links: object[]
  disasterRecovery: { pairs: object[] }
}

/** An edit of the file that takes something out of it, and what has to be found. */
interface Removal {
  readonly what: string
  readonly clusters: readonly string[]
  /** Other fields of the file that is deployed. */
  readonly changes?: Record<string, unknown>
  /** Clusters that stay, or another edit of the text. */
  readonly edit: readonly string[] | ((text: string) => string)
  /** Patterns of all orphans. */
  readonly orphans: RegExp
  /** Names that the warning has to spell. */
  readonly told?: readonly string[]
  /** The last phase that is deployed; 3 when absent. */
  readonly to?: number
}

function changed (change: (file: File) => Partial<File>): (text: string) => string {
  return (text) => {
    const file = parse(text) as File
    return stringify({ ...file, ...change(file) })
  }
}

const removals: readonly Removal[] = [
  {
    what: 'a removed cluster',
    clusters: [east, west],
    edit: [east],
    orphans: new RegExp(`^[a-z-]+\\.${west}(-platform)?$`),
    told: [west]
  },
  {
    what: 'a renamed cluster',
    clusters: [east, west],
    edit: (text) => text.replaceAll(west, renamed),
    orphans: new RegExp(`^[a-z-]+\\.${west}(-platform)?$`),
    told: [west, renamed]
  },
  {
    what: 'a removed link',
    clusters: [east, eu],
    changes: { links: [{ from: east, to: eu, kind: 'vpn', bandwidthGbps: 2.5 }] },
    edit: changed(() => ({ links: [] })),
    orphans: new RegExp(`^networking\\.${east}\\.${eu}$`)
  },
  {
    what: 'a phase with fewer units',
    clusters: [east, standby],
    edit: changed((file) => ({
      clusters: file.clusters.map((one) => one.name === standby ? { ...one, role: 'hub' } : one),
      disasterRecovery: { ...file.disasterRecovery, pairs: [] }
    })),
    orphans: new RegExp(`^disaster-recovery\\.(${east}\\.${standby}-(primary|standby)|global)$`),
    to: 7
  },
  {
    what: 'a cloud without clusters',
    clusters: [east, eu],
    edit: [east],
    orphans: new RegExp(`^([a-z-]+\\.${eu}(-platform)?|[a-z]+\\.gcp|networking\\.${east}\\.${eu})$`),
    told: [eu]
  }
]

const ids = (runs: readonly Run[]) => runs.map(({ unit }) => unit.unit).sort()

/** Asserts that no unit was destroyed before those that read it had ended. */
function assertInOrder (runs: readonly Run[]): void {
  for (const [index, { unit }] of runs.entries()) {
    for (const read of Object.keys(unit.upstream)) {
      const other = runs.findIndex((run) => run.unit.unit === read)
      assert.ok(other === -1 || other > index, `${read} was destroyed before ${unit.unit}, which reads it`)
    }
  }
}

suite('what is deployed and no longer in the file', () => {
  let server: TestServer
  let edited: Edited
  const opened: { close(): Promise<void> }[] = []
  before(async () => {
    server = await startDatabase()
    opened.unshift(server)
    edited = await Edited.open((await server.database()).url)
    opened.unshift(edited)
  })
  afterEach(() => {
    edited.runner.script = succeeded
  })
  after(async () => {
    for (const one of opened) await one.close()
  })

  for (const { what, clusters, changes, edit, orphans, told = [], to = 3 } of removals) {
    test(`${what} is named and looked at, and destroyed alone or with everything`, async () => {
      const [world, other, phases] = [
        `alone-${what.replaceAll(' ', '-')}`,
        `all-${what.replaceAll(' ', '-')}`,
        { from: 1, to }
      ]
      await edited.write(clusters, changes)
      const first = await edited.launch('up', world, { phases })
      assert.deepEqual([first.deployment.status, first.deployment.warnings], ['succeeded', undefined])
      await edited.launch('up', other, { phases })
      const expected = (await edited.deployed(world)).filter((unit) => orphans.test(unit))
      assert.ok(expected.length > 0)
      assert.deepEqual(await edited.orphans(world), [])

      await edited.write(edit)
      const plan = await edited.plan('up', world)
      assert.deepEqual(plan.orphans?.map(({ unit }) => unit).sort(), expected)
      assert.ok(plan.units.every(({ orphaned }) => !orphaned))
      const [warning] = plan.launchWarnings ?? []
      assert.equal(warning?.code, 'orphaned')
      for (const name of told) assert.ok(warning.message.includes(name), name)
      assert.ok(warning.message.includes(`windlass destroy nautilus --world ${world} --orphaned`))
      // A world in which nothing is deployed has none.
      assert.deepEqual(await edited.orphans('empty'), [])

      const again = await edited.launch('up', world, { phases })
      assert.equal(again.deployment.status, 'succeeded')
      assert.deepEqual(again.deployment.warnings?.[0]?.units?.toSorted(), expected)
      assert.deepEqual(ids(again.runs).filter((unit) => expected.includes(unit)), [])
      for (const operation of ['drift-check', 'refresh'] as const) {
        const { deployment, runs } = await edited.launch(operation, world, { phases })
        assert.equal(deployment.status, 'succeeded', operation)
        const units = [...(await unitsOf(edited.automation, deployment.id)).values()]
        assert.deepEqual(units.filter(({ orphaned }) => orphaned).map(({ id }) => id).sort(), expected)
        // Each is looked at under the text that declares it.
        const looked = runs.map(({ unit }) => unit).filter(({ unit }) => expected.includes(unit))
        assert.deepEqual(looked.map(({ unit }) => unit).sort(), expected)
        for (const { scope, federation } of looked) {
          assert.ok(scope.clusters.every((name) => federation.clusters.some((one) => one.name === name)))
        }
      }

      const planned = await edited.plan('destroy', world, { orphaned: true })
      assert.deepEqual(planned.units.map(({ id }) => id).sort(), expected)
      assert.ok(planned.makespanSeconds > 0 && planned.units.every(({ orphaned }) => orphaned))
      const alone = await edited.launch('destroy', world, { orphaned: true })
      assert.equal(alone.deployment.status, 'succeeded')
      assert.deepEqual(ids(alone.runs), expected)
      assertInOrder(alone.runs)
      assert.deepEqual(await edited.orphans(world), [])
      await assert.rejects(edited.launch('destroy', world, { orphaned: true }), { code: 'plan-empty' })

      const whole = await edited.launch('destroy', other)
      assert.equal(whole.deployment.status, 'succeeded')
      assert.match(whole.deployment.warnings?.[0]?.message ?? '', /This destroy removes all of that/)
      assertInOrder(whole.runs)
      assert.deepEqual(await edited.deployed(other), [])
      assert.deepEqual(await edited.automation.outputs('nautilus', place(other)), {})
    })
  }

  test('a cluster that the file has lost is selected where no program runs, and nowhere else', async () => {
    await edited.write([east, west])
    const phases = { from: 1, to: 2 }
    await edited.launch('up', 'selected', { phases })
    await edited.write([east])
    for (const operation of ['up', 'preview'] as const) {
      await assert.rejects(edited.launch(operation, 'selected', { clusters: [west] }), {
        code: 'request-invalid',
        message: /deployed and no longer in its file: nautilus-hub-us-west, which refresh, destroy/
      })
    }
    await assert.rejects(edited.launch('destroy', 'selected', { clusters: ['nautilus-nowhere'] }), {
      code: 'request-invalid',
      message: /nautilus-nowhere, which the federation does not have; it has .*nautilus-hub-us-west/
    })
    // Phase 1 alone carries the deployed phase 2.
    await assert.rejects(
      edited.launch('destroy', 'selected', { orphaned: true, phases: { from: 1, to: 1 } }),
      { code: 'dependants-deployed', details: { dependants: [`infrastructure.${west}`] } }
    )
    const second = await edited.launch('destroy', 'selected', {
      clusters: [west],
      phases: { from: 2, to: 2 }
    })
    assert.deepEqual(ids(second.runs), [`infrastructure.${west}`])
    assert.deepEqual(await edited.orphans('selected'), [`prerequisites.${west}`])
    const first = await edited.launch('destroy', 'selected', { clusters: [west] })
    assert.deepEqual(ids(first.runs), [`prerequisites.${west}`])
  })

  test('units that read it keep a destroy from it until an up takes them off it', async () => {
    await edited.write([east, west])
    const phases = { from: 1, to: 3 }
    await edited.launch('up', 'read', { phases })
    await edited.write([east])
    await assert.rejects(edited.launch('destroy', 'read', { orphaned: true }), {
      code: 'dependants-deployed',
      message: /networking\.aws; bring them up with the federation file as it is now, which takes them off/
    })
    await edited.launch('up', 'read', { phases })
    const { deployment } = await edited.launch('destroy', 'read', { orphaned: true })
    assert.equal(deployment.status, 'succeeded')
  })

  test('a cluster that comes back is no orphan; one that is half destroyed stays one', async () => {
    await edited.write([east, west])
    const broken = `infrastructure.${west}`
    edited.runner.script = (unit) => unit.unit === broken ? failed(false) : succeeded(unit)
    const up = await edited.launch('up', 'half', { phases: { from: 1, to: 2 } })
    assert.equal(up.deployment.status, 'failed')
    await edited.write([east])
    const orphans = [`prerequisites.${west}`, broken]
    assert.deepEqual(await edited.orphans('half'), orphans)
    const { deployment: { id, status, lastEvent } } = await edited.launch('destroy', 'half', {
      orphaned: true
    })
    assert.equal(status, 'failed')
    assert.deepEqual(await edited.orphans('half'), orphans)
    edited.runner.script = succeeded
    await edited.write([east, west])
    assert.deepEqual(await edited.orphans('half'), [])
    // A resume goes on with the orphans of its launch.
    await edited.automation.resume(id)
    assert.equal((await ended(edited.automation, id, lastEvent)).deployment.status, 'succeeded')
    await edited.write([east])
    assert.deepEqual(await edited.orphans('half'), [])
  })

  test('a destroy takes along what an up ahead of it in the queue is about to deploy', async () => {
    await edited.write([east, west])
    const held = Promise.withResolvers<void>()
    edited.runner.script = async (unit) => {
      if (unit.operation === 'up') await held.promise
      return succeeded(unit)
    }
    const phases = { from: 1, to: 2 }
    const launch = async (operation: Operation) =>
      (await edited.automation.launch(request({ phases, operation, rehearsal: rehearsal('queued') })))
        .deployment.id
    const up = await launch('up')
    await edited.write([east])
    const destroy = await launch('destroy')
    held.resolve()
    await ended(edited.automation, up)
    assert.equal((await ended(edited.automation, destroy)).deployment.status, 'succeeded')
    assert.deepEqual(await edited.deployed('queued'), [])
  })

  test('a federation whose file is gone is destroyed under the text of its last up', async () => {
    await edited.write([east, west])
    const phases = { from: 1, to: 2 }
    await edited.launch('up', 'gone', { phases })
    await edited.write([east])
    await edited.launch('up', 'gone', { phases })
    const deployed = await edited.deployed('gone')
    await edited.remove()
    for (const operation of ['up', 'preview'] as const) {
      await assert.rejects(edited.launch(operation, 'gone'), { code: 'federation-not-found' })
    }
    // Nothing was deployed there.
    await assert.rejects(edited.launch('destroy', 'empty'), { code: 'federation-not-found' })
    const plan = await edited.plan('destroy', 'gone')
    assert.deepEqual(plan.units.map(({ id }) => id).sort(), deployed)
    assert.match(plan.launchWarnings?.[0]?.message ?? '', /There is no file of that name any more/)
    const check = await edited.launch('drift-check', 'gone', { clusters: [west] })
    assert.deepEqual(ids(check.runs), [`infrastructure.${west}`, `prerequisites.${west}`])
    const { deployment, runs } = await edited.launch('destroy', 'gone')
    assert.equal(deployment.status, 'succeeded')
    assertInOrder(runs)
    assert.deepEqual(await edited.deployed('gone'), [])
    await assert.rejects(edited.plan('destroy', 'gone'), { code: 'federation-not-found' })
  })

  test('a live destroy of it waits for a second person and for the freeze of the file as it is', async () => {
    const [alice, bob] = ['alice', 'bob'].map((name) => ({
      subject: `corp:${name}`,
      name,
      kind: 'person' as const
    }))
    assert.ok(alice && bob)
    const { automation } = edited
    const launch = async (change: Partial<Launch>): Promise<Deployment> => {
      const { rehearsal: _none, ...body } = request({ mode: 'live', phases: { from: 1, to: 2 }, ...change })
      return (await automation.launch(body, { actor: alice })).deployment
    }
    await edited.write([east, west])
    await ended(automation, (await launch({ operation: 'up' })).id)
    await edited.write([east])
    await edited.write((text) =>
      `${text}\nfreezes:\n  - { name: quiet, from: "2026-11-20", to: "2026-11-23", timeZone: UTC, ` +
      `reason: auditors look }\n`
    )
    const { id, warnings, request: asked } = await launch({ operation: 'destroy', orphaned: true })
    assert.equal(asked.orphaned, true)
    assert.deepEqual(warnings?.map(({ code }) => code), ['orphaned', 'window-closed'])
    const gate = await until(automation, id, 'deployment.waiting')
    assert.deepEqual([gate.phase, gate.window], [2, undefined])
    await assert.rejects(automation.approve(id, { phase: 2 }, { actor: alice }), { code: 'approval-refused' })
    await automation.approve(id, { phase: 2 }, { actor: bob })
    const wait = await until(automation, id, 'deployment.waiting', { after: gate.seq })
    assert.equal(wait.window?.because, 'freeze')
    await automation.overrideWindow(id, { reason: 'it is gone anyway' }, { actor: alice })
    assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
    const plan = await automation.plan('nautilus', {
      operation: 'up',
      from: 1,
      to: 8,
      place: { mode: 'live' }
    })
    assert.equal(plan.orphans, undefined)
  })
})
