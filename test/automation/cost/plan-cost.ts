/**
 * The cost of Nautilus by what its programs register, and by the plans of its phases. A suite of
 * the test that deploys Nautilus, so that it is deployed once for all who look at it.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { planCost } from '../../../automation/cost/plan-cost.ts'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { policyConfig } from '../../../automation/stacks/policy-config.ts'
import { packSource } from '../../../automation/stacks/policy-pack.ts'
import { type PlanCost } from '../../../contract/cost.ts'
import { estimateResources } from '../../../pricing/estimate.ts'
import { locate } from '../../../pricing/locate.ts'
import { type PriceTable } from '../../../pricing/model.ts'
import { addSummaries, type CostSummary, summarize } from '../../../pricing/summary.ts'
import { catalog } from '../../../programs/catalog.ts'
import { type Federation } from '../../../programs/types.ts'
import { type AnalyzedStackResource } from '../../../rehearsal/analyzer.ts'
import { type CataloguedUnit, unitsOf } from '../../fixtures/programs/catalogued-units.ts'
import { type DeployedWorld, type StateResource } from '../../fixtures/programs/deployed-world.ts'

/**
 * Share by which plan and programs may differ, of the whole and of a unit. Units differ by cents,
 * but for the peerings of Azure: a plan prices each end in its cluster's region, and what is
 * registered names only the region of the provider.
 */
const tolerance = { whole: 0.005, unit: 0.15 }

/** Hides secrets, which a state wraps in another way than a pack; no price depends on one. */
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

/** Costs of Nautilus, once it is deployed. */
interface Costs {
  readonly federation: Federation
  readonly table: PriceTable
  /** Costs by unit, as registered. */
  readonly registered: ReadonlyMap<string, CostSummary>
  readonly states: DeployedWorld['states']
}

/** The cost of everything that a unit registered. */
function registeredCost (
  { federation, states }: DeployedWorld,
  unit: CataloguedUnit,
  table: PriceTable
): CostSummary {
  const resources = (states[unit.id] ?? []).filter(({ external }) => !external).map((resource) => ({
    ...resource,
    inputs: resource.inputs ?? {}
  }))
  const located = locate(resources, { clusters: unit.scope.clusters, all: federation.clusters })
  return summarize(estimateResources(located, table, federation.volumes), table)
}

async function costsOf (world: DeployedWorld): Promise<Costs> {
  const { federation, states } = world
  const { table } = await loadPrices()
  const registered = new Map(
    unitsOf(federation).map((unit) => [unit.id, registeredCost(world, unit, table)])
  )
  return { federation, table, registered, states }
}

function costOf (
  { table }: Costs,
  federation: Federation,
  known: ReadonlyMap<string, CostSummary>
): PlanCost {
  const units = unitsOf(federation).map(({ id, phase }) => ({
    id,
    phase: catalog.find(({ name }) => name === phase)?.number ?? 0,
    phaseName: phase
  }))
  return planCost({ federation, units, known, table, catalog })
}

function partsAddUp (costs: Costs): void {
  const { federation, registered } = costs
  const { monthly, perCluster, perPhase, perUnit } = costOf(costs, federation, registered)
  for (const parts of [perCluster, perPhase, perUnit]) {
    assert.ok(Math.abs(parts.reduce((sum, part) => sum + part.monthly, 0) - monthly) < 1e-6 * monthly)
  }
  assert.deepEqual(
    federation.clusters.filter(({ name }) => !perCluster.some(({ cluster }) => cluster === name)),
    []
  )
  assert.ok(perUnit.every(({ basis }) => basis === 'resources'))
}

function plannedAsRegistered (costs: Costs): void {
  const real = costOf(costs, costs.federation, costs.registered)
  const plan = costOf(costs, costs.federation, new Map())
  assert.ok(Math.abs(plan.monthly - real.monthly) <= tolerance.whole * real.monthly)
  for (const { unit, monthly } of real.perUnit) {
    const planned = plan.perUnit.find((one) => one.unit === unit)?.monthly ?? NaN
    assert.ok(
      Math.abs(planned - monthly) <= tolerance.unit * monthly + 0.01,
      `${unit}: planned ${planned}, registered ${monthly}`
    )
  }
}

function exceedsSmallBudgetByName (costs: Costs): void {
  const { federation, registered } = costs
  assert.equal(costOf(costs, federation, registered).budget?.within, true)
  const small = {
    ...federation,
    budget: {
      monthly: 1e9,
      perPhase: { infrastructure: 1 },
      perCluster: { 'nautilus-dr-us-west': 1 },
      perUnit: {}
    }
  }
  assert.deepEqual(costOf(costs, small, registered).budget?.exceeded.map(({ part }) => part), [
    'infrastructure',
    'nautilus-dr-us-west'
  ])
}

/** Asks the pack about units' costs at the end of their operations. */
async function packMessages (
  { table, states }: Costs,
  federation: Federation,
  judged: (id: string) => boolean
): Promise<string[]> {
  const policy = 'cost-unit-under-budget'
  const pack = await packSource.open(fileURLToPath(new URL('../../../policies', import.meta.url)))
  assert.ok(pack)
  const messages: string[] = []
  for (const unit of unitsOf(federation).filter(({ id }) => judged(id))) {
    const config = policyConfig(federation, { phase: unit.phase, scope: unit.scope }, '2026-11-21', table) ??
      {}
    const settings = Object.entries(config).map(([name, { enforcementLevel, ...properties }]) =>
      [name, { level: name === policy ? enforcementLevel : 'disabled', properties }] as const
    )
    await pack.configure(Object.fromEntries(settings))
    const { diagnostics } = await pack.analyzeStack((states[unit.id] ?? []).map(finished))
    messages.push(...diagnostics.map(({ message }) => message))
  }
  return messages
}

async function judgedByPack (costs: Costs): Promise<void> {
  const { federation } = costs
  assert.deepEqual(await packMessages(costs, federation, () => true), [])
  const small = {
    ...federation,
    budget: {
      monthly: 20_000,
      perPhase: {},
      perCluster: {},
      perUnit: { 'infrastructure.nautilus-hub-eu-central': 500 }
    }
  }
  const [message, ...others] = await packMessages(costs, small, (id) => id.startsWith('infrastructure.'))
  assert.match(
    message ?? '',
    /\ninfrastructure\.nautilus-hub-eu-central costs 919 USD a month at list prices, above its 500 USD \(what budget\.perUnit gives it\); the dearest are \S*hub \(gcp:container\/nodePool:NodePool, \d+ USD\), /
  )
  assert.deepEqual(others, [])
}

/**
 * Registers the suite. `deployed` gives the world once all units of Nautilus are deployed in it.
 */
export function costSuite (deployed: () => DeployedWorld): void {
  suite("Nautilus' cost", () => {
    let costs: Costs
    before(async () => {
      costs = await costsOf(deployed())
    })

    test('is known for every resource that its programs register', () => {
      const { unpriced } = addSummaries([...costs.registered.values()])
      assert.deepEqual(unpriced.map(({ type, reason }) => `${type}: ${reason}`), [])
    })

    test('is a sum of clusters and what is shared, and of phases', () => {
      partsAddUp(costs)
    })

    test('is planned, unit by unit, as the programs register it', () => {
      plannedAsRegistered(costs)
    })

    test('is within the budget that the file sets, and a smaller budget is exceeded by name', () => {
      exceedsSmallBudgetByName(costs)
    })

    test("is within every unit's budget, as the pack judges it; one above it is told why", async () => {
      await judgedByPack(costs)
    })
  })
}
