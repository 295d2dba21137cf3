import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { CostWatch } from '../../../automation/stacks/cost-watch.ts'
import { unitCost } from '../../../pricing/change.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const prices = await loadPrices()
const federation = await nautilus()
const scope = {
  kind: 'cluster' as const,
  name: 'nautilus-primary-us-east',
  clusters: ['nautilus-primary-us-east']
}
/** Hours in a month, as prices count them. */
const month = 730

type Step = {
  op: string
  name: string
  old?: Record<string, unknown>
  new?: Record<string, unknown>
  type?: string
  fails?: boolean
  external?: boolean
}

/** The events of a step as the engine tells them. */
function events (
  { op, name, old, new: state, type = 'aws:ec2/instance:Instance', fails, external }: Step
): EngineEvent[] {
  const urn = `urn:pulumi:s::windlass::${type}::${name}`
  const side = (inputs: Record<string, unknown> | undefined) =>
    inputs && { urn, type, id: name, inputs, ...(external && { external }) }
  const metadata = { op, urn, type, old: side(old), new: side(state) }
  return [
    { resourcePreEvent: { metadata } },
    ...fails ? [{ resOpFailedEvent: { metadata } }] : [{ resOutputsEvent: { metadata } }]
  ] as unknown as EngineEvent[]
}

function costOf (...steps: Step[]) {
  const watch = new CostWatch({ federation, scope }, prices)
  for (const event of steps.flatMap(events)) watch.observe(event)
  const record = watch.record()
  return record && unitCost(record)
}
const machine = (instanceType: string) => ({ instanceType })
const near = (actual: number | undefined, expected: number): void => {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 0.01, `${actual} is not ${expected}`)
}
const small = 0.17 * month
const large = 0.34 * month

describe('the cost of an operation', () => {
  test('is what it makes, with what is there already on both sides', () => {
    const cost = costOf({ op: 'same', name: 'a', old: machine('c6i.xlarge'), new: machine('c6i.xlarge') }, {
      op: 'create',
      name: 'b',
      new: machine('c6i.2xlarge')
    })
    near(cost?.difference, large + 20 * 0.08)
    near(cost?.before, small + 20 * 0.08)
    assert.deepEqual(cost?.changes.map(({ meter, before }) => [meter, before > 0]), [[
      'instance/c6i.2xlarge',
      false
    ], ['disk/gp3', true]])
    assert.equal(cost?.perCluster[0]?.cluster, 'nautilus-primary-us-east')
  })

  test('is the difference of an update and of a replacement, and less after a delete', () => {
    near(
      costOf({ op: 'update', name: 'a', old: machine('c6i.xlarge'), new: machine('c6i.2xlarge') })
        ?.difference,
      large - small
    )
    near(
      costOf(
        { op: 'create-replacement', name: 'a', old: machine('c6i.xlarge'), new: machine('c6i.2xlarge') },
        { op: 'replace', name: 'a', old: machine('c6i.xlarge'), new: machine('c6i.2xlarge') },
        { op: 'delete-replaced', name: 'a', old: machine('c6i.xlarge') }
      )?.difference,
      large - small
    )
    const gone = costOf({ op: 'delete', name: 'a', old: machine('c6i.xlarge') })
    near(gone?.monthly, 0)
    near(gone?.difference, -small - 20 * 0.08)
  })

  test('counts nothing that failed, and nothing that is only read', () => {
    near(
      costOf({ op: 'same', name: 'a', old: machine('c6i.xlarge'), new: machine('c6i.xlarge') }, {
        op: 'create',
        name: 'b',
        new: machine('c6i.2xlarge'),
        fails: true
      }, { op: 'delete', name: 'a', old: machine('c6i.xlarge'), fails: true })?.difference,
      0
    )
    assert.equal(costOf({ op: 'read', name: 'a', new: machine('c6i.xlarge'), external: true }), undefined)
    assert.equal(costOf(), undefined)
  })

  test('says what a preview does not know yet instead of counting it as nothing', () => {
    const cost = costOf({
      op: 'create',
      name: 'a',
      new: { instanceType: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' }
    })
    assert.deepEqual(cost?.unpriced.map(({ count }) => count), [1])
  })
})
