import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { createTopology } from '../../../automation/deployments/topology.ts'
import { AutomationError } from '../../../automation/errors.ts'
import { clusters, durations, kind, nautilus, phase } from '../plan/fixtures.ts'

suite('federations and plans are refused by code', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-topology-'))
    await writeFile(join(folder, 'broken.yaml'), 'name: broken\n')
  })
  after(() => rm(folder, { recursive: true }))

  /** Units of two clusters that wait for each other. */
  const [a = '', b = ''] = nautilus.clusters.map(({ name }) => name)
  const circle = phase(
    1,
    kind(
      'cluster',
      clusters,
      ({ name }) => name === a || name === b ? [{ phase: 'prerequisites', scope: name === a ? b : a }] : []
    )
  )
  const topology = async (federations: string) => {
    const { table: prices } = await loadPrices()
    return createTopology({
      folder: federations,
      prices,
      durations,
      knownCosts: async () => new Map(),
      deployed: () => ({ units: async () => [], sources: async () => new Map() }),
      lastSource: async () => undefined,
      deployedPlaces: async () => [],
      perCloud: 4,
      workers: 4,
      because: 'the test',
      catalog: [circle]
    })
  }

  test('with every mistake of the file', async () => {
    await assert.rejects((await topology(folder)).get('broken'), (error: unknown) => {
      assert.ok(error instanceof AutomationError && error.code === 'federation-invalid')
      const { errors } = error.details
      assert.ok(errors.length > 1 && errors.every(({ file }) => file === 'broken.yaml'))
      return true
    })
  })

  test('with the units that wait for each other', async () => {
    const federations = join(import.meta.dirname, '../../../federations')
    const plan = (await topology(federations)).plan('nautilus', {
      operation: 'up',
      from: 1,
      to: 1,
      place: { mode: 'rehearsal' }
    })
    await assert.rejects(plan, (error: unknown) => {
      assert.ok(error instanceof AutomationError && error.code === 'plan-cycle')
      assert.deepEqual(error.details.units, [`prerequisites.${a}`, `prerequisites.${b}`])
      return true
    })
  })
})
