/** Events as the page shows them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Event, type EventType } from '../../contract/event.ts'
import { kindOf, levelOf, textOf, type Kind, type Level } from '../../dashboard/src/live/event-text.ts'
import { sampleEvents } from './sample-events.ts'

const expected: Record<EventType, [Kind, Level, text: string]> = {
  'deployment.queued': ['steps', 'info', 'up, rehearsal, default, 97 units'],
  'deployment.started': ['steps', 'info', ''],
  'deployment.waiting': ['steps', 'info', 'phase 2 · freeze year-end until 2027-01-04T00:00:00Z'],
  'deployment.approval': ['steps', 'info', 'phase 2 · looks right'],
  'deployment.approved': ['steps', 'info', 'phase 2 · looks right'],
  'deployment.rejected': ['steps', 'warning', 'phase 2 · expired'],
  'deployment.canceling': ['steps', 'warning', ''],
  'deployment.resumed': ['steps', 'info', ''],
  'deployment.continued': ['steps', 'info', 'phase 2 · looks right'],
  'deployment.drift': ['steps', 'warning', '347 resources, 2 changed, 1 missing'],
  'deployment.findings': ['steps', 'warning', '0 mandatory, 4 advisory'],
  'deployment.succeeded': ['steps', 'info', ''],
  'deployment.failed': ['steps', 'error', 'no more'],
  'deployment.canceled': ['steps', 'warning', ''],
  'phase.started': ['steps', 'info', 'phase 2 · infrastructure'],
  'phase.succeeded': ['steps', 'info', 'phase 2'],
  'phase.failed': ['steps', 'error', 'phase 2'],
  'phase.canceled': ['steps', 'info', 'phase 2'],
  'unit.started': ['units', 'info', ''],
  'unit.retrying': ['units', 'warning', 'attempt 2 · 3 create, 1 delete · no more'],
  'unit.interrupted': ['units', 'warning', 'service-died'],
  'unit.succeeded': ['units', 'info', 'attempt 2 · 3 create, 1 delete'],
  'unit.failed': ['units', 'error', 'attempt 2 · 3 create, 1 delete · no more'],
  'unit.skipped': ['units', 'warning', 'infrastructure.b failed'],
  'unit.canceled': ['units', 'warning', 'canceled by anna'],
  'resource.started': ['resources', 'info', 'create · aws:ec2/vpc:Vpc main'],
  'resource.succeeded': ['resources', 'info', 'create · aws:ec2/vpc:Vpc main'],
  'resource.failed': ['resources', 'error', 'create · aws:ec2/vpc:Vpc main · no more'],
  'policy.violated': ['policies', 'warning', 'aws-encryption · aws:ec2/vpc:Vpc main · encrypt it'],
  'drift.found': ['resources', 'warning', 'changed · aws:ec2/vpc:Vpc main · tags.owner'],
  diagnostic: ['diagnostics', 'warning', 'aws:ec2/vpc:Vpc main · slow']
}

test('every type of event has a kind, a level and a line that says what happened', () => {
  const shown = Object.values(sampleEvents).map((event) => [
    event.type,
    [kindOf(event.type), levelOf(event), textOf(event)]
  ])
  assert.deepEqual(Object.fromEntries(shown), expected)
})

test('mandatory violations and errors of the engine are errors', () => {
  assert.equal(levelOf({ ...sampleEvents['policy.violated'], enforcement: 'mandatory' }), 'error')
  assert.equal(levelOf({ ...sampleEvents.diagnostic, severity: 'error' }), 'error')
  assert.equal(levelOf({ ...sampleEvents.diagnostic, severity: 'info' }), 'info')
})

test('an event of a type that the page does not know has an empty line', () => {
  const unknown = { ...sampleEvents.diagnostic, type: 'deployment.paused' } as unknown as Event
  assert.deepEqual([kindOf(unknown.type), levelOf(unknown), textOf(unknown)], ['steps', 'info', ''])
})
