import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadDurations, operationSeconds, parseDurations } from '../../../automation/plan/durations.ts'
import { PlanError } from '../../../automation/plan/errors.ts'
import { catalog } from '../../../programs/catalog.ts'
import { nautilus } from './fixtures.ts'

const table = await loadDurations()
const good = 'defaults: { aws: { create: 5, update: 5, delete: 5 } }\ntypes: {}\n'

describe('the duration table', () => {
  test('has a source for every figure', () => {
    for (const [type, entry] of Object.entries(table.types)) {
      assert.match(entry.source, /log|tests|estimated|documentation/, type)
    }
  })

  test('an EKS control plane takes about ten minutes, an Azure VPN gateway half an hour', () => {
    assert.ok(Math.abs(operationSeconds(table, 'aws:eks/cluster:Cluster', 'create') - 600) <= 120)
    assert.ok(operationSeconds(table, 'azure-native:network:VirtualNetworkGateway', 'create') >= 1800)
  })

  test('knows the package of every type that phases estimate', () => {
    for (const phase of catalog) {
      for (const unit of phase.units) {
        for (const scope of unit.scopes(nautilus)) {
          for (const { type } of unit.estimate(nautilus, scope)) {
            assert.ok(Object.hasOwn(table.defaults, type.split(':')[0] ?? ''), type)
          }
        }
      }
    }
  })

  test("an unlisted type takes its package's default, an unknown package has none", () => {
    assert.equal(operationSeconds(table, 'aws:sns/topic:Topic', 'create'), table.defaults.aws?.create)
    assert.equal(operationSeconds(table, 'windlass:network:AwsNetwork', 'create'), 0)
    assert.equal(operationSeconds(table, 'toString:x:Y', 'create'), 0)
  })

  for (
    const [title, text] of [
      ['is no YAML', 'defaults: {'],
      ['has an unknown field', `${good}more: 1\n`],
      ['has a negative figure', good.replace('create: 5', 'create: -5')],
      [
        'has a type without a source',
        `${good.replace('types: {}', '')}types: { aws:x/y:Z: { create: 1, update: 1, delete: 1 } }`
      ],
      [
        'has a type of a package without defaults',
        `${good.replace('types: {}', '')}types: { gcp:x/y:Z: { create: 1, update: 1, delete: 1, source: s } }`
      ]
    ] as const
  ) {
    test(`is refused when it ${title}`, () => {
      assert.throws(
        () => parseDurations(text, 'table.yaml'),
        (error) =>
          error instanceof PlanError && error.code === 'PLAN_DURATIONS_INVALID' &&
          error.message.includes('table.yaml')
      )
    })
  }

  test('that is not there is reported', async () => {
    await assert.rejects(
      loadDurations('/nowhere/table.yaml'),
      (error) => error instanceof PlanError && error.code === 'PLAN_DURATIONS_UNREADABLE'
    )
  })
})
