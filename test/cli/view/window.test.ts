import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineOf } from '../../../cli/view/lines.ts'
import { initialState, reduce } from '../../../cli/view/state.ts'
import { reportLines, windowLines } from '../../../cli/view/window.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Event } from '../../../contract/event.ts'

const window = { phase: 2, because: 'window', names: ['nights'], opens: '2026-11-23T21:00:00.000Z' } as const
const deployment = {
  id: 'd-1',
  federation: 'nautilus',
  operation: 'up',
  mode: 'live',
  status: 'queued',
  createdAt: '',
  phases: []
} as unknown as Deployment
const event = (seq: number, type: string, more: object = {}) =>
  ({ seq, time: '2026-11-21T12:00:00.000Z', type, deployment: 'd-1', phase: 2, ...more }) as Event

test('the wait for a window, its override and the warnings of the launch are shown', () => {
  assert.deepEqual(
    windowLines({ ...deployment, status: 'waiting', window: { ...window, names: [...window.names] } }),
    ['phase 2 waits for the maintenance window nights, until 2026-11-23T21:00:00.000Z']
  )
  assert.deepEqual(
    windowLines({
      ...deployment,
      status: 'running',
      windowOverride: { actor: { subject: 's', name: 'Ada', kind: 'person' }, reason: 'it burns', time: '' }
    }),
    ['continues outside its windows, by Ada: it burns']
  )
  assert.deepEqual(
    windowLines({ ...deployment, warnings: [{ code: 'window-closed', message: 'it waits' }] }),
    ['warning: it waits']
  )
})

test('a report says what is open, closed and upcoming', () => {
  assert.match(reportLines({ items: [], open: true })[0] ?? '', /at any time/)
  const text = reportLines({
    items: [{ name: 'nights', kind: 'window', open: false, next: '2026-11-23T21:00:00.000Z' }, {
      name: 'year-end',
      kind: 'freeze',
      open: false,
      until: '2027-01-03T23:00:00.000Z',
      next: '2026-12-18T17:00:00.000Z',
      reason: 'holidays',
      clusters: ['a']
    }],
    open: false,
    because: 'window',
    names: ['nights'],
    opens: '2026-11-23T21:00:00.000Z'
  }).join('\n')
  for (
    const wanted of [
      /^window +nights +closed +2026-11-23T21:00:00\.000Z +all$/m,
      /^freeze +year-end +upcoming .* a: holidays$/m,
      /closed nights, next at 2026-11-23T21:00:00\.000Z$/
    ]
  ) assert.match(text, wanted)
})

test('lines and the live view distinguish a wait for a window from one for people', () => {
  assert.equal(
    lineOf(event(1, 'deployment.waiting', { window }), { verbose: false }),
    '12:00:00 deployment waiting with phase 2 infrastructure for the maintenance window nights, until ' +
      '2026-11-23T21:00:00.000Z'
  )
  assert.equal(
    lineOf(event(1, 'deployment.waiting'), { verbose: false }),
    '12:00:00 deployment waiting for the approval of phase 2 infrastructure'
  )
  assert.equal(
    lineOf(event(2, 'deployment.continued', { comment: 'it burns' }), { verbose: false }),
    '12:00:00 deployment continued with phase 2 infrastructure: it burns'
  )
  const waiting = reduce(initialState(deployment), event(1, 'deployment.waiting', { window }))
  assert.equal(
    waiting.waitingFor,
    'phase 2 for the maintenance window nights, until 2026-11-23T21:00:00.000Z'
  )
  const on = reduce(waiting, event(2, 'deployment.continued'))
  assert.deepEqual([on.status, on.waitingPhase, on.waitingFor], ['running', undefined, undefined])
})
