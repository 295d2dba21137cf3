import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { unitBudgets } from '../../../automation/cost/unit-budget.ts'
import { type Budget } from '../../../programs/types/money.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { unitsOf } from '../../fixtures/programs/catalogued-units.ts'

const { table } = await loadPrices()
const federation = await nautilus()
const units = unitsOf(federation).map(({ id }) => id)
const primary = 'infrastructure.nautilus-primary-us-east'

const budgetsWith = (budget: Partial<Budget>) => {
  const budgets = unitBudgets({
    ...federation,
    budget: { monthly: 20_000, perPhase: {}, perCluster: {}, perUnit: {}, ...budget }
  }, table)
  assert.ok(budgets)
  return budgets
}
const sumOf = (budgets: ReturnType<typeof budgetsWith>, of: (id: string) => boolean): number =>
  [...budgets].reduce((sum, [id, { budget }]) => of(id) ? sum + budget : sum, 0)

describe("a unit's budget", () => {
  test('is more the more it is expected to cost, and something where nothing is', () => {
    const budgets = budgetsWith({})
    const of = (id: string): number => budgets.get(id)?.budget ?? NaN
    assert.deepEqual([...budgets.keys()].sort(), [...units].sort())
    assert.ok(
      of(primary) > of('infrastructure.nautilus-hub-us-west') &&
        of('infrastructure.nautilus-hub-us-west') > of('infrastructure.nautilus-dr-us-west')
    )
    assert.ok(of('validation.global') > 0 && of('validation.global') < of('mesh.nautilus-hub-us-west'))
  })

  test('is what the file gives it, and says so', () => {
    assert.deepEqual(
      budgetsWith({ perUnit: { [primary]: 12 }, perPhase: { infrastructure: 5000 } }).get(primary),
      { budget: 12, share: 'what budget.perUnit gives it' }
    )
    assert.match(
      budgetsWith({ perPhase: { infrastructure: 50 } }).get(primary)?.share ?? '',
      /50 USD .* the phase infrastructure/
    )
  })

  test('is nothing without a budget', () => {
    const { budget, ...without } = federation
    assert.equal(budget?.monthly, 20_000)
    assert.equal(unitBudgets(without, table), undefined)
  })

  test('keeps every larger budget, whatever the file says', () => {
    const part = fc.double({ min: 1, max: 5000, noNaN: true })
    fc.assert(
      fc.property(
        fc.record({
          monthly: fc.double({ min: 20_000, max: 1e6, noNaN: true }),
          perPhase: fc.dictionary(fc.constantFrom('infrastructure', 'mesh', 'validation'), part),
          perCluster: fc.dictionary(fc.constantFrom(...federation.clusters.map(({ name }) => name)), part),
          perUnit: fc.dictionary(fc.constantFrom(...units), fc.double({ min: 0.01, max: 200, noNaN: true }), {
            maxKeys: 3
          })
        }),
        (budget) => {
          const budgets = budgetsWith(budget)
          const given = (of: (id: string) => boolean): number =>
            Object.entries(budget.perUnit).reduce((sum, [id, amount]) => of(id) ? sum + amount : sum, 0)
          const keeps = (amount: number, of: (id: string) => boolean): void => {
            assert.ok(sumOf(budgets, of) <= Math.max(amount, given(of)) * (1 + 1e-9))
          }
          keeps(budget.monthly, () => true)
          for (const [phase, amount] of Object.entries(budget.perPhase)) {
            keeps(amount, (id) => id.startsWith(`${phase}.`))
          }
          for (const [cluster, amount] of Object.entries(budget.perCluster)) {
            keeps(amount, (id) => id.split('.').slice(1).join('.') === cluster)
          }
          for (const { budget: own } of budgets.values()) assert.ok(own >= 0)
        }
      ),
      { numRuns: 15 }
    )
  })
})
