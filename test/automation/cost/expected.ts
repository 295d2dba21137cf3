/**
 * What Nautilus costs by what its programs register, and by its file alone. A suite of the test
 * that deploys Nautilus, so that it is deployed once for all who look at it.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { planCost } from '../../../automation/cost/plan-cost.ts'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { policyConfig } from '../../../automation/stacks/policy-config.ts'
import { packSource } from '../../../automation/stacks/policy-pack.ts'
import { estimateResources } from '../../../pricing/estimate.ts'
import { locate } from '../../../pricing/locate.ts'
import { type PriceTable } from '../../../pricing/model.ts'
import { addSummaries, type CostSummary, summarize } from '../../../pricing/summary.ts'
import { catalog } from '../../../programs/catalog.ts'
import { type Federation } from '../../../programs/types.ts'
import { type AnalyzedStackResource } from '../../../rehearsal/analyzer.ts'
import { unitsOf } from '../../fixtures/programs/catalogued-units.ts'
import { type StateResource } from '../../fixtures/programs/deployed-world.ts'
import { type DeployedWorld } from '../../fixtures/programs/deployed-world.ts'

/**
 * How far what the file lets expect may be from what programs register, of the whole and of a phase
 * that costs more than a twentieth of it.
 */
const tolerance = { whole: 0.1, phase: 0.2 }

/**
 * Secrets are wrapped otherwise in a state than where a pack reads them; no price depends on one.
 */
function shown (value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(
      value,
      (_, node: unknown) =>
        typeof node === 'object' && node !== null && ('plaintext' in node || 'ciphertext' in node)
          ? 'a secret'
          : node
    )
  )
}

/** A resource of a stack's state as a policy pack gets it at the end of an operation. */
function finished ({ urn, type, outputs, inputs, provider }: StateResource): AnalyzedStackResource {
  const reference = provider?.slice(0, provider.lastIndexOf('::'))
  return {
    urn,
    type,
    name: urn.slice(urn.lastIndexOf('::') + 2),
    properties: shown(outputs ?? inputs ?? {}) as AnalyzedStackResource['properties'],
    dependencies: [],
    propertyDependencies: {},
    options: {
      protect: false,
      ignoreChanges: [],
      deleteBeforeReplace: undefined,
      additionalSecretOutputs: [],
      aliases: [],
      customTimeouts: {},
      parent: ''
    },
    provider: reference === undefined
      ? undefined
      : { urn: reference, type: '', name: reference.slice(reference.lastIndexOf('::') + 2), properties: {} }
  }
}

/**
 * Registers the suite; `deployed` gives the world once all units of Nautilus are deployed in it.
 */
export function costSuite (deployed: () => DeployedWorld): void {
  suite("Nautilus' cost", () => {
    let federation: Federation
    let table: PriceTable
    let registered: Map<string, CostSummary>
    let planned: { id: string, phase: number, phaseName: string }[]
    before(async () => {
      const world = deployed()
      federation = world.federation
      table = (await loadPrices()).table
      const units = unitsOf(federation)
      registered = new Map(units.map((unit) => [
        unit.id,
        summarize(
          estimateResources(
            locate(
              (world.states[unit.id] ?? []).filter(({ external }) => !external).map((resource) => ({
                ...resource,
                inputs: resource.inputs ?? {}
              })),
              { clusters: unit.scope.clusters, all: federation.clusters }
            ),
            table,
            federation.volumes
          ),
          table
        )
      ]))
      planned = units.map(({ id, phase }) => ({
        id,
        phase: catalog.find(({ name }) => name === phase)?.number ?? 0,
        phaseName: phase
      }))
    })

    test('is known for every resource that its programs register', () => {
      assert.deepEqual(
        addSummaries([...registered.values()]).unpriced.map(({ type, reason }) => `${type}: ${reason}`),
        []
      )
    })

    test('is a sum of clusters and what is shared, and of phases', () => {
      const { monthly, perCluster, perPhase, perUnit } = planCost(federation, planned, registered, table)
      for (const parts of [perCluster, perPhase, perUnit]) {
        assert.ok(Math.abs(parts.reduce((sum, part) => sum + part.monthly, 0) - monthly) < 1e-6 * monthly)
      }
      assert.deepEqual(
        federation.clusters.filter(({ name }) => !perCluster.some(({ cluster }) => cluster === name)),
        []
      )
      assert.ok(perUnit.every(({ basis }) => basis === 'resources'))
    })

    test('is expected from the file alone near to what the programs register', () => {
      const real = planCost(federation, planned, registered, table)
      const expected = planCost(federation, planned, new Map(), table)
      const apart = (a: number, b: number): number => Math.abs(a - b) / b
      assert.ok(
        apart(expected.monthly, real.monthly) < tolerance.whole,
        `expected ${expected.monthly}, registered ${real.monthly}: ${JSON.stringify(expected.perPhase)} ` +
          `${JSON.stringify(real.perPhase)}`
      )
      for (const { phase, name, monthly } of real.perPhase.filter((one) => one.monthly > real.monthly / 20)) {
        const other = expected.perPhase.find((one) => one.phase === phase)?.monthly ?? 0
        assert.ok(
          apart(other, monthly) < tolerance.phase,
          `${name}: expected ${other}, registered ${monthly}`
        )
      }
    })

    test('is within the budget that the file sets, and a smaller budget is exceeded by name', () => {
      assert.equal(planCost(federation, planned, registered, table).budget?.within, true)
      const small = {
        ...federation,
        budget: {
          monthly: 1e9,
          perPhase: { infrastructure: 1 },
          perCluster: { 'nautilus-dr-us-west': 1 },
          perUnit: {}
        }
      }
      assert.deepEqual(planCost(small, planned, registered, table).budget?.exceeded.map(({ part }) => part), [
        'infrastructure',
        'nautilus-dr-us-west'
      ])
    })

    test(
      'is within the budget of every unit, as the policy pack judges it; a unit above its own is told with ' +
        'what is dearest',
      async () => {
        const policy = 'cost-unit-under-budget'
        const pack = await packSource.open(fileURLToPath(new URL('../../../policies', import.meta.url)))
        assert.ok(pack)
        const said = async (
          of: Federation,
          judged = (id: string): boolean => id !== ''
        ): Promise<string[]> => {
          const messages: string[] = []
          for (const unit of unitsOf(of).filter(({ id }) => judged(id))) {
            const config = policyConfig(of, { phase: unit.phase, scope: unit.scope }, '2026-11-21', table) ??
              {}
            await pack.configure(
              Object.fromEntries(
                Object.entries(config).map((
                  [name, { enforcementLevel, ...properties }]
                ) => [name, { level: name === policy ? enforcementLevel : 'disabled' as const, properties }])
              )
            )
            const { diagnostics } = await pack.analyzeStack((deployed().states[unit.id] ?? []).map(finished))
            messages.push(...diagnostics.map(({ message }) => message))
          }
          return messages
        }
        assert.deepEqual(await said(federation), [])
        const [message, ...others] = await said({
          ...federation,
          budget: {
            monthly: 20_000,
            perPhase: {},
            perCluster: {},
            perUnit: { 'infrastructure.nautilus-hub-eu-central': 500 }
          }
        }, (id) => id.startsWith('infrastructure.'))
        assert.match(
          message ?? '',
          /\ninfrastructure\.nautilus-hub-eu-central costs 915 USD a month at list prices, above its 500 USD \(what budget\.perUnit gives it\); the dearest are \S*hub \(gcp:container\/nodePool:NodePool, \d+ USD\), /
        )
        assert.deepEqual(others, [])
      }
    )
  })
}
