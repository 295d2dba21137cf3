import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PriceError } from '../../../automation/cost/errors.ts'
import { loadPrices, parsePrices } from '../../../automation/cost/prices.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const { table } = await loadPrices()
const good = `currency: USD
sources:
  list: { name: a list, url: "https://example.com", date: 2026-11-21, evidence: list }
meters:
  aws:
    key: { unit: month, source: list, prices: { "*": 1 } }
  gcp: {}
  azure: {}
free:
  - { why: a name, types: ["aws:kms/alias:Alias"] }
charts: {}
`

/** Places and codes of the problems of an edited table. */
function problemsOf (from: string, to: string): string[] {
  assert.ok(good.includes(from))
  const parsed = parsePrices(good.replace(from, to), 'prices.yaml')
  return 'problems' in parsed
    ? parsed.problems.map(({ line, column, path, code }) => `${line}:${column} ${code} ${path}`)
    : []
}

describe('the price table', () => {
  test('is well-formed, and every figure that was only remembered says so', () => {
    assert.ok('table' in parsePrices(good, 'prices.yaml'))
    const used = new Set(
      Object.values(table.meters).flatMap((meters) =>
        Object.values(meters).flatMap((
          { source, regionSources = {} }
        ) => [source, ...Object.values(regionSources)])
      )
    )
    assert.deepEqual(
      Object.keys(table.sources).filter((key) => !used.has(key)),
      [],
      'sources that nothing names'
    )
    for (const [key, { evidence }] of Object.entries(table.sources)) {
      assert.equal(evidence === 'memory', /memory|scaled/.test(key), key)
    }
  })

  test('prices the nodes of Nautilus where they run', async () => {
    for (const { cloud, region, nodePools } of (await nautilus()).clusters) {
      for (const { instanceType, spot } of nodePools) {
        assert.ok(
          (table.meters[cloud][`${spot ? 'spot' : 'instance'}/${instanceType}`]?.prices[region] ?? 0) > 0,
          `${instanceType} in ${region}`
        )
      }
    }
  })

  test('a mistake is told with its line, column and path', () => {
    assert.deepEqual(problemsOf('prices: { "*": 1 }', 'prices: { "*": -1 }'), [
      '6:54 PRICE_SHAPE meters.aws.key.prices.*'
    ])
    assert.deepEqual(problemsOf('source: list, ', ''), ['6:5 PRICE_SHAPE meters.aws.key.source'])
    assert.deepEqual(problemsOf('source: list,', 'source: page,'), [
      '6:33 PRICE_SOURCE meters.aws.key.source'
    ])
    assert.deepEqual(problemsOf('source: list,', 'source: list, regionSources: { us-east-1: list },'), [
      '6:67 PRICE_REGION_SOURCE meters.aws.key.regionSources.us-east-1'
    ])
    assert.deepEqual(
      problemsOf('types: ["aws:kms/alias:Alias"]', 'types: ["aws:kms/alias:Alias", "aws:kms/alias:Alias"]'),
      ['10:51 PRICE_FREE_TWICE free[0].types[1]']
    )
    assert.deepEqual(problemsOf('unit: month', 'unit: year'), ['6:18 PRICE_SHAPE meters.aws.key.unit'])
    assert.deepEqual(problemsOf('charts: {}', 'charts: {}\nnotes: {}'), ['12:1 PRICE_SHAPE notes'])
    assert.deepEqual(problemsOf('charts: {}', 'charts: {'), ['12:1 FED_SYNTAX '])
  })

  test('one that is missing can be tried again, one that is wrong not', async () => {
    await assert.rejects(
      loadPrices('/nowhere/prices.yaml'),
      (error) => error instanceof PriceError && error.code === 'PRICE_UNREADABLE' && error.retryable
    )
    await assert.rejects(
      loadPrices(new URL('../../../federations/tables/durations.yaml', import.meta.url).pathname),
      (error) =>
        error instanceof PriceError && error.code === 'PRICE_INVALID' && !error.retryable &&
        error.details.problems.length > 1
    )
  })
})
