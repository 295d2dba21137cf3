/** The pure part of the page, without a browser. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Deployment, type Unit } from '../../contract/deployment.ts'
import { type DriftFinding } from '../../contract/drift.ts'
import { shownDrift } from '../../dashboard/src/model/drift.ts'
import { count, money, moneyChange } from '../../dashboard/src/model/figures.ts'
import { graphOf, nodeHeight, nodeWidth } from '../../dashboard/src/model/graph.ts'
import { gridRows, neighbour } from '../../dashboard/src/model/grid.ts'
import { bodyOf, draftOf, launchAgain, planQuery } from '../../dashboard/src/model/launch-draft.ts'
import { clusterState, unitStates, worldsOf } from '../../dashboard/src/model/place.ts'
import { changeList, changeSign } from '../../dashboard/src/model/resource-changes.ts'
import { urnParts } from '../../dashboard/src/model/resource-names.ts'
import { ago, duration, elapsed, shortDuration } from '../../dashboard/src/model/time.ts'
import { decisiveChain, ticks, timelineOf } from '../../dashboard/src/model/timeline.ts'
import { valueText } from '../../dashboard/src/model/values.ts'

const none = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
const unit = (id: string, fields: Partial<Unit> = {}): Unit => {
  const [phase = '', ...scope] = id.split('.')
  const number = ['prerequisites', 'infrastructure', 'networking', 'mesh'].indexOf(phase) + 1
  return {
    id,
    phase: number,
    scope: scope.join('.'),
    clusters: scope,
    stack: `n.${id}`,
    status: 'succeeded',
    attempt: 1,
    startedAt: null,
    finishedAt: null,
    dependsOn: [],
    resourceChanges: none,
    outputs: {},
    ...fields
  }
}
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
const ran = (id: string, from: number, to: number, dependsOn: string[] = []) =>
  unit(id, { startedAt: at(from), finishedAt: at(to), dependsOn })

test('a grid has a row for each scope, clusters first, in the order of the plan', () => {
  const units = [
    unit('prerequisites.global', { clusters: [] }),
    unit('networking.b.a', { clusters: ['b', 'a'] }),
    unit('prerequisites.a', { cloud: 'gcp' }),
    unit('prerequisites.b', { cloud: 'aws' }),
    unit('prerequisites.aws', { cloud: 'aws', clusters: ['b'] }),
    unit('infrastructure.b')
  ]
  const rows = gridRows(units, ['prerequisites.b', 'prerequisites.a', 'infrastructure.b'])
  assert.deepEqual(rows.map(({ key, kind }) => [key, kind]), [
    ['b', 'cluster'],
    ['a', 'cluster'],
    ['aws', 'cloud'],
    ['b.a', 'link'],
    ['global', 'global']
  ])
  assert.deepEqual([...rows[0]?.cells.keys() ?? []], [1, 2])
})

test('an arrow key leads to the nearest cell in its direction, and never to a hole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter'),
      fc.nat(5),
      fc.nat(2),
      (cells, key, row, column) => {
        const present = (r: number, c: number) => cells[r]?.[c] === true
        const to = neighbour(present, { rows: cells.length, columns: 3 }, { row, column }, key)
        if (to === undefined) return
        assert.ok(present(to.row, to.column))
        assert.ok(
          key.endsWith('Up')
            ? to.row < row && to.column === column
            : key.endsWith('Down')
            ? to.row > row && to.column === column
            : key.endsWith('Left')
            ? to.column < column && to.row === row
            : to.column > column && to.row === row
        )
      }
    )
  )
})

test('the decisive chain follows dependencies, and in phases the phase before too', () => {
  const units = [
    ran('prerequisites.a', 0, 10),
    ran('prerequisites.b', 0, 4),
    ran('infrastructure.b', 10, 20, ['prerequisites.b']),
    ran('infrastructure.a', 10, 12, ['prerequisites.a'])
  ]
  assert.deepEqual([...decisiveChain(units, true)], ['infrastructure.b', 'prerequisites.a'])
  assert.deepEqual([...decisiveChain(units, false)], ['infrastructure.b', 'prerequisites.b'])
  assert.deepEqual([...decisiveChain([unit('mesh.a', { status: 'running', startedAt: at(1) })], true)], [])
})

test('a timeline begins with the deployment, and bars of running units end now', () => {
  const units = [
    ran('prerequisites.a', 5, 10),
    unit('infrastructure.a', { status: 'running', startedAt: at(10), dependsOn: ['prerequisites.a'] }),
    unit('mesh.a', { status: 'waiting' })
  ]
  const { rows, actualEnd } = timelineOf({ units, startedAt: at(5), now: Date.parse(at(25)), phased: true })
  assert.deepEqual(rows.map(({ actual }) => actual), [{ start: 0, end: 5 }, { start: 5, end: 20 }, undefined])
  assert.equal(actualEnd, 20)
})

test('marks of an axis rise, stay within it and are no more than fit', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (end, most) => {
        const marks = ticks(end, most)
        assert.ok(
          marks.length <= most + 1 &&
            marks.every((mark, index) =>
              mark <= end * (1 + 1e-9) && (index === 0 || mark > (marks[index - 1] ?? 0))
            ),
          marks.join(' ')
        )
      }
    )
  )
})

test('clusters do not overlap, and links to clusters elsewhere are left out', () => {
  const areas = ['us', 'eu', 'asia']
  const roles = ['primary', 'hub', 'dr', 'analytics'] as const
  fc.assert(
    fc.property(
      fc.array(fc.record({ role: fc.constantFrom(...roles), area: fc.constantFrom(...areas) }), {
        minLength: 1,
        maxLength: 24
      }),
      (list) => {
        const clusters = list.map(({ role, area }, index) => ({
          name: `c${index}`,
          role,
          area,
          cloud: 'aws' as const,
          region: 'r',
          cidr: '10.0.0.0/16'
        }))
        const { nodes, edges, width, height } = graphOf({
          clusters,
          links: [
            { from: 'c0', to: 'elsewhere', kind: 'vpn', bandwidthGbps: 1 },
            ...(clusters.length > 1 ? [{ from: 'c0', to: 'c1', kind: 'vpn', bandwidthGbps: 1 }] : [])
          ]
        })
        assert.equal(nodes.length, clusters.length)
        assert.equal(edges.length, clusters.length > 1 ? 1 : 0)
        for (const [index, a] of nodes.entries()) {
          assert.ok(a.x >= 0 && a.y >= 0 && a.x + nodeWidth <= width && a.y + nodeHeight <= height)
          for (const b of nodes.slice(index + 1)) {
            assert.ok(
              Math.abs(a.x - b.x) >= nodeWidth || Math.abs(a.y - b.y) >= nodeHeight,
              `${a.cluster.name} and ${b.cluster.name} overlap`
            )
          }
        }
      }
    )
  )
})

test("a cluster's state comes from its stacks and from trouble of the last deployment", () => {
  const stacks = [{ stack: 'n.prerequisites.a', unit: 'prerequisites.a', resources: 3, updatedAt: at(0) }, {
    stack: 'n.infrastructure.a',
    unit: 'infrastructure.a',
    resources: 0,
    updatedAt: at(0)
  }]
  assert.equal(clusterState('a', unitStates(stacks, undefined)).state, 'pending')
  assert.equal(clusterState('a', unitStates(stacks, undefined)).deployed, 1)
  assert.equal(
    clusterState('a', unitStates(stacks, [unit('prerequisites.a', { status: 'failed' })])).state,
    'failed'
  )
  assert.equal(clusterState('b', unitStates(stacks, [])).state, 'absent')
})

test('drift is sorted by kind, what needs work first, and ignored findings are hidden', () => {
  const finding = (number: number, kind: 'changed' | 'output' | 'missing', ignored?: string) =>
    ({ number, kind, ...(ignored !== undefined && { ignored }) }) as DriftFinding
  const list = [
    finding(1, 'output'),
    finding(2, 'missing'),
    finding(3, 'changed'),
    finding(4, 'changed', 'owned')
  ]
  assert.deepEqual(shownDrift(list, { ignored: false }).map(({ number }) => number), [3, 2, 1])
  assert.deepEqual(shownDrift(list, { kind: 'changed', ignored: true }).map(({ number }) => number), [3, 4])
  assert.deepEqual([valueText(undefined), valueText('a'), valueText(false), valueText({ a: 1 })], [
    '–',
    'a',
    'false',
    '{"a":1}'
  ])
})

test('a launch is written into an address and read back; fresh worlds are not offered', () => {
  const request: Deployment['request'] = {
    federation: 'n',
    operation: 'destroy',
    mode: 'rehearsal',
    phases: { from: 2, to: 5 },
    clusters: ['a', 'b'],
    orphaned: true,
    ordering: 'pipelined',
    approvals: 'each-phase',
    parallelism: 3,
    rehearsal: { world: 'w', timeScale: 0.5, seed: 7, faults: [{ kind: 'fail', cluster: 'a', times: 1 }] }
  }
  const address = launchAgain({ request } as Deployment)
  assert.deepEqual(bodyOf(draftOf(new URL(address, 'http://x').searchParams)), request)
  const draft = draftOf(new URL(address, 'http://x').searchParams)
  const { orphaned, world } = planQuery(draft) ?? {}
  assert.deepEqual([orphaned, world], ['true', 'w'])
  assert.equal(planQuery({ ...draft, operation: 'up' })?.orphaned, undefined)
  assert.equal(draftOf(new URLSearchParams('mode=everything&operation=explode&faults={')).mode, 'rehearsal')
  const live = bodyOf({ ...draftOf(new URLSearchParams('federation=n&mode=live')), parallelism: 'many' })
  assert.equal(live.rehearsal, undefined)
  assert.equal(live.parallelism, 'many', 'the service says what is wrong with it')
  const item = (world: string, asked: string) =>
    ({ federation: 'n', world, request: { rehearsal: { world: asked } } }) as Deployment
  assert.deepEqual(
    worldsOf([item('fresh-1', 'fresh'), item('w', 'w'), item('default', 'default'), item('w', 'w')], 'n'),
    ['w', 'default']
  )
})

test('times, money and changes are written shortly', () => {
  assert.deepEqual([0, 0.44, 9.99, 17.2, 60, 124, 3600, 9593, 100_000].map(duration), [
    '0 s',
    '0.4 s',
    '9.9 s',
    '17 s',
    '1 min',
    '2 min 04 s',
    '1 h',
    '2 h 40 min',
    '1 d 3 h'
  ])
  assert.deepEqual([0.44, 17, 124, 9593].map(shortDuration), ['0.4s', '17s', '2m04', '2h40'])
  assert.deepEqual([1000, 42_000, 300_000, 7_200_000, 200_000_000].map(ago), [
    'just now',
    '42 s ago',
    '5 min ago',
    '2 h ago',
    '2 d ago'
  ])
  assert.equal(elapsed(null, null, 0), undefined)
  assert.equal(elapsed(at(0), at(3), 0), 3)
  assert.deepEqual([0, 3.5, 13_518.26, -4].map(money), ['$0', '$3.50', '$13,518', '−$4.00'])
  assert.deepEqual([0.001, 12, -12].map(moneyChange), ['±$0', '+$12', '−$12'])
  assert.deepEqual([count(1, 'unit'), count(2000, 'unit')], ['1 unit', '2,000 units'])
  assert.deepEqual(changeList({ ...none, create: 2, same: 3 }, { preview: true }).map(({ words }) => words), [
    '2 to create'
  ])
  assert.deepEqual(['replace', 'same', 'create-replacement'].map(changeSign), ['±', undefined, undefined])
  assert.deepEqual(urnParts('urn:pulumi:s::p::windlass:net:Vpc$aws:ec2/vpc:Vpc::main::x'), {
    type: 'aws:ec2/vpc:Vpc',
    name: 'main::x'
  })
})
