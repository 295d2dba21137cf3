/** One event of each type, with all of its fields. */
import { type EventOf, type EventType } from '../../contract/event.ts'

const common = { seq: 1, time: '2026-01-01T00:00:00Z', deployment: 'd' }
const unit = { phase: 2, unit: 'infrastructure.a' }
const urn = 'urn:pulumi:s::windlass::aws:ec2/vpc:Vpc::main'
const resource = { ...unit, urn, resource: { type: 'aws:ec2/vpc:Vpc', name: 'main' } }
const operated = { ...resource, op: 'create', emittedAt: common.time }
const resourceChanges = { create: 3, update: 0, delete: 1, replace: 0, same: 0 }
const attempted = { ...unit, attempt: 2, resourceChanges }
const error = { code: 'program-failed', message: 'no\n  more', retryable: false }
const drift = {
  resources: 347,
  changed: 2,
  output: 0,
  missing: 1,
  ignored: { changed: 1, output: 0, missing: 0 }
}
const comment = 'looks right'

export const sampleEvents: { [T in EventType]: EventOf<T> } = {
  'deployment.queued': {
    ...common,
    type: 'deployment.queued',
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    world: 'default',
    units: 97
  },
  'deployment.started': { ...common, type: 'deployment.started', run: 1 },
  'deployment.waiting': {
    ...common,
    type: 'deployment.waiting',
    phase: 2,
    window: { phase: 2, because: 'freeze', names: ['year-end'], opens: '2027-01-04T00:00:00Z' }
  },
  'deployment.approval': {
    ...common,
    type: 'deployment.approval',
    phase: 2,
    comment,
    missing: 1,
    from: 'anna'
  },
  'deployment.approved': { ...common, type: 'deployment.approved', phase: 2, comment },
  'deployment.rejected': { ...common, type: 'deployment.rejected', phase: 2, reason: 'expired' },
  'deployment.canceling': { ...common, type: 'deployment.canceling' },
  'deployment.resumed': { ...common, type: 'deployment.resumed', run: 2 },
  'deployment.continued': { ...common, type: 'deployment.continued', phase: 2, comment },
  'deployment.drift': { ...common, type: 'deployment.drift', drift, units: 2, types: [] },
  'deployment.findings': { ...common, type: 'deployment.findings', mandatory: 0, advisory: 4, policies: [] },
  'deployment.succeeded': { ...common, type: 'deployment.succeeded' },
  'deployment.failed': { ...common, type: 'deployment.failed', error },
  'deployment.canceled': { ...common, type: 'deployment.canceled' },
  'phase.started': { ...common, type: 'phase.started', phase: 2, name: 'infrastructure' },
  'phase.succeeded': { ...common, type: 'phase.succeeded', phase: 2 },
  'phase.failed': { ...common, type: 'phase.failed', phase: 2 },
  'phase.canceled': { ...common, type: 'phase.canceled', phase: 2 },
  'unit.started': { ...common, type: 'unit.started', ...unit, attempt: 1 },
  'unit.retrying': { ...common, type: 'unit.retrying', ...attempted, error, delaySeconds: 1 },
  'unit.interrupted': {
    ...common,
    type: 'unit.interrupted',
    ...unit,
    attempt: 1,
    reason: 'service-died',
    detail: 'the service ended'
  },
  'unit.succeeded': { ...common, type: 'unit.succeeded', ...attempted },
  'unit.failed': { ...common, type: 'unit.failed', ...attempted, error },
  'unit.skipped': { ...common, type: 'unit.skipped', ...unit, reason: 'infrastructure.b failed' },
  'unit.canceled': { ...common, type: 'unit.canceled', ...unit, reason: 'canceled by anna' },
  'resource.started': { ...common, type: 'resource.started', ...operated },
  'resource.succeeded': { ...common, type: 'resource.succeeded', ...operated },
  'resource.failed': { ...common, type: 'resource.failed', ...operated, message: error.message },
  'policy.violated': {
    ...common,
    type: 'policy.violated',
    ...unit,
    policy: 'aws-encryption',
    pack: 'windlass',
    enforcement: 'advisory',
    message: 'encrypt it',
    urn
  },
  'drift.found': { ...common, type: 'drift.found', ...resource, kind: 'changed', paths: ['tags.owner'] },
  diagnostic: { ...common, type: 'diagnostic', ...unit, severity: 'warning', message: 'slow', urn }
}
