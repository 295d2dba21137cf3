import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estimateResources } from '../../pricing/estimate.ts'
import { type PriceTable, type Resource } from '../../pricing/model.ts'

const table: PriceTable = {
  currency: 'USD',
  sources: { list: { name: 'list', url: 'https://example.com', date: '2026-11-21', evidence: 'list' } },
  meters: {
    aws: {
      'nat-gateway': { unit: 'hour', source: 'list', prices: { 'us-east-1': 0.045 } },
      'nat-data': { unit: 'GB', source: 'list', prices: { '*': 0.05 } }
    },
    gcp: {},
    azure: {}
  },
  free: [{ why: 'a name', types: ['aws:ec2/vpc:Vpc', 'pulumi:*'] }],
  charts: {}
}
const resource = (type: string, name: string, more: Partial<Resource> = {}): Resource => ({
  urn: `urn:pulumi:s::p::${type}::${name}`,
  type,
  inputs: {},
  region: 'us-east-1',
  cluster: 'one',
  ...more
})
const nat = (name: string, more: Partial<Resource> = {}) =>
  resource('aws:ec2/natGateway:NatGateway', name, more)
const volumes = { clusters: { one: { natGb: 300 } }, shared: {} }

test('a fixed price counts 730 hours, and a volume is shared by those that carry it', () => {
  const { monthly, items, unpriced } = estimateResources([nat('a'), nat('b'), nat('c')], table, volumes)
  assert.deepEqual(unpriced, [])
  assert.equal(items.filter((item) => item.kind === 'usage').length, 3)
  assert.ok(
    items.every((item) =>
      item.kind === 'fixed' ? item.monthly === 0.045 * 730 : Math.abs(item.monthly - 5) < 1e-9
    )
  )
  assert.ok(Math.abs(monthly - (3 * 0.045 * 730 + 300 * 0.05)) < 1e-9)
})

test('what is not known is listed with its reason and never counted', () => {
  const { monthly, unpriced } = estimateResources(
    [
      resource('aws:ec2/vpc:Vpc', 'free'),
      resource('pulumi:pulumi:Stack', 'free'),
      resource('aws:made/up:Thing', 'thing'),
      nat('far', { region: 'eu-west-9', cluster: 'two' })
    ],
    table,
    volumes
  )
  assert.equal(monthly, 0)
  assert.deepEqual(unpriced.map(({ reason }) => reason), [
    'its type is not in the price table',
    'nat-gateway has no price in eu-west-9',
    'the federation file gives no volume natGb'
  ])
})
